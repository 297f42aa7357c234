package io.github.polverdict.live.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends a packet for each flow and says what came of it. Flows of one source run in one command,
 * all at once. Pods that reach themselves through a Service come last: after such a call Cilium
 * 1.20.2 lets one connection pass an ingress deny (measured), which would spoil the others.
 */
final class Probes {
  private static final String OPEN = "OPEN";

  private final Lab lab;
  private final Map<String, String> addresses = new HashMap<>(); // of pods and Services
  private final Map<String, String> backends = new HashMap<>(); // addresses of a Service's backends

  Probes(Lab lab) {
    this.lab = lab;
    String pods =
        "{range .items[*]}{.metadata.namespace}/{.metadata.name} {.status.podIP}{\"\\n\"}{end}";
    lab.kubectl("get", "pods", "-A", "-o", "jsonpath=" + pods)
        .lines()
        .forEach(l -> put(addresses, "", l));
    String services =
        "{range .items[*]}{.metadata.namespace}/{.metadata.name} {.spec.clusterIP}{\"\\n\"}{end}";
    lab.kubectl("get", "services", "-A", "-o", "jsonpath=" + services)
        .lines()
        .forEach(l -> put(addresses, "svc/", l));
    String slices =
        "{range .items[*]}{.metadata.namespace}/{.metadata.labels.kubernetes\\.io/service-name} "
            + "{.endpoints[*].addresses}{\"\\n\"}{end}";
    lab.kubectl("get", "endpointslices", "-A", "-o", "jsonpath=" + slices)
        .lines()
        .forEach(l -> put(backends, "svc/", l));
  }

  private static void put(Map<String, String> map, String prefix, String line) {
    String[] words = line.split(" ", 2);
    map.put(prefix + words[0], words.length < 2 ? "" : words[1].strip());
  }

  /** {@code OPEN}, {@code TIMEOUT}, {@code REFUSED} or another word of agnhost's, for each flow. */
  Map<LabFlow, String> send(List<LabFlow> flows) {
    Map<LabFlow, String> found = new HashMap<>();
    found.putAll(wave(flows.stream().filter(f -> !reachesItself(f)).toList()));
    found.putAll(wave(flows.stream().filter(this::reachesItself).toList()));
    Map<LabFlow, String> out = new LinkedHashMap<>();
    flows.forEach(f -> out.put(f, found.getOrDefault(f, "NO RESULT")));
    return out;
  }

  private boolean reachesItself(LabFlow flow) {
    String own = addresses.get(flow.from());
    return own != null && backends.getOrDefault(flow.target(), "").contains("\"" + own + "\"");
  }

  private Map<LabFlow, String> wave(List<LabFlow> flows) {
    Map<String, List<LabFlow>> bySource = new LinkedHashMap<>();
    flows.forEach(f -> bySource.computeIfAbsent(f.from(), _ -> new ArrayList<>()).add(f));
    Map<LabFlow, String> out = new HashMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<Map<LabFlow, String>>> futures = new ArrayList<>();
      bySource.values().forEach(source -> futures.add(pool.submit(() -> probe(source))));
      for (Future<Map<LabFlow, String>> future : futures) {
        out.putAll(future.get());
      }
      return out;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * All flows of one source in one shell, each in the background; {@code @number code words} for
   * each.
   */
  private Map<LabFlow, String> probe(List<LabFlow> flows) {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < flows.size(); i++) {
      script.append(
          "( o=$(%s 2>&1); echo \"@%d $? $o\" | head -n 1 ) &\n"
              .formatted(command(flows.get(i)), i));
    }
    String said = lab.shell(flows.getFirst(), script.append("wait\n").toString());
    Map<LabFlow, String> out = new HashMap<>();
    for (String line : said.lines().filter(l -> l.startsWith("@")).toList()) {
      String[] words = line.substring(1).split(" ", 3);
      String result = words[1].equals("0") ? OPEN : words[2].split(":")[0].strip();
      out.put(flows.get(Integer.parseInt(words[0])), result);
    }
    return out;
  }

  private String command(LabFlow flow) {
    boolean inPod = !flow.fromNode() && !flow.fromOutside();
    String address = addresses.getOrDefault(flow.target(), flow.target());
    if (flow.target().startsWith("node/")) {
      address = "10.77.0.1";
    }
    if (flow.protocol().equals("icmp")) {
      String busybox = inPod ? "/bin/busybox" : "busybox";
      return "%s ping -c 1 -W 2 %s >/dev/null 2>&1 || { echo TIMEOUT; false; }"
          .formatted(busybox, address);
    }
    String agnhost = inPod ? "/agnhost" : Lab.home() + "/bin/agnhost";
    return "%s connect %s:%s --timeout=2s --protocol=%s"
        .formatted(agnhost, address, flow.port(), flow.protocol());
  }
}
