package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.Pod;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.live.ClusterAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a matrix of probes costs: all pairs of the pods of namespaces x, y and z on two ports, by
 * one exec for each probe as cyclonus does it (15 workers, {@code agnhost connect --timeout=1s}),
 * through kubectl and through the API, and by {@link Prober}. Run by {@code bench/probe} in the
 * network of a live cluster; its one argument is a kubeconfig.
 */
final class ProbeCost {
  private static final int WORKERS = 15;
  private static final List<Integer> PORTS = List.of(80, 81);

  private final ClusterWrites writes;
  private final String kubeconfig;
  private final CountingProxy proxy;

  private ProbeCost(ClusterWrites writes, String kubeconfig, CountingProxy proxy) {
    this.writes = writes;
    this.kubeconfig = kubeconfig;
    this.proxy = proxy;
  }

  public static void main(String[] arguments) throws Exception {
    String text = Files.readString(Path.of(arguments[0]));
    String server = text.replaceFirst("(?s).*server: https://([0-9.:]+).*", "$1");
    try (CountingProxy proxy = new CountingProxy(server)) {
      Path mine = Files.createTempFile("cost", ".kubeconfig");
      Files.writeString(mine, text.replace(server, "127.0.0.1:" + proxy.port()));
      ClusterAccess access = new ClusterAccess(Optional.empty(), Optional.of(mine), List.of());
      Permissions exec = new Permissions(true, false, false, false, Set.of("x", "y", "z"));
      try (ClusterWrites writes = ClusterWrites.open(access, exec, false, _ -> {})) {
        new ProbeCost(writes, mine.toString(), proxy).compare();
      } finally {
        Files.delete(mine);
      }
    }
  }

  /** A way to try all trials; gives the ids of those that got through. */
  private interface Way {
    Set<String> tried(List<Trial> trials) throws Exception;
  }

  private void compare() throws Exception {
    List<Trial> trials = trials();
    untilSteady(trials);
    Map<String, Way> ways = new TreeMap<>();
    ways.put("1 one exec per probe, kubectl", all -> each(all, this::byKubectl));
    ways.put("2 one exec per probe, API", all -> each(all, this::byApi));
    ways.put("3 one stream per source", this::byProber);
    Set<String> first = null;
    double slowest = 0;
    System.out.printf(
        "%-30s %8s %9s %9s %11s %13s%n",
        "way", "seconds", "probes/s", "API calls", "bytes/probe", "got through");
    for (var way : ways.entrySet()) {
      long calls = podCalls();
      long bytes = proxy.bytes();
      long start = System.nanoTime();
      Set<String> open = way.getValue().tried(trials);
      double seconds = (System.nanoTime() - start) / 1e9;
      long used = proxy.bytes() - bytes;
      System.out.printf(
          "%-30s %8.2f %9.1f %9d %11d %6d of %d%n",
          way.getKey().substring(2),
          seconds,
          trials.size() / seconds,
          podCalls() - calls,
          used / trials.size(),
          open.size(),
          trials.size());
      if (first != null && !first.equals(open)) {
        throw new IllegalStateException(way.getKey() + " has other answers");
      }
      first = open;
      slowest = way.getKey().startsWith("2") ? seconds : slowest;
      if (way.getKey().startsWith("3")) {
        System.out.printf("the same answers, %.1f times as fast as by API%n", slowest / seconds);
      }
    }
  }

  private List<Trial> trials() {
    List<Endpoint> pods = new ArrayList<>();
    for (String namespace : List.of("x", "y", "z")) {
      writes.reader().pods().inNamespace(namespace).list().getItems().stream()
          .map(ProbeCost::endpoint)
          .forEach(pods::add);
    }
    List<Trial> out = new ArrayList<>();
    for (Endpoint from : pods) {
      for (Endpoint to : pods) {
        for (int port : PORTS) {
          Flow.Target target = new Flow.Target.ToEndpoint(to);
          Flow flow = new Flow(from, target, Protocol.TCP, port, Family.IPV4);
          IpAddress at = to.addresses().set().ranges().getFirst().first();
          out.add(new Trial("t" + out.size(), flow, at));
        }
      }
    }
    return out;
  }

  private static Endpoint endpoint(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    String name = pod.getMetadata().getName();
    IpAddress address = IpAddress.parse(pod.getStatus().getPodIP()).orElseThrow();
    return new Endpoint(
        namespace + "/" + name,
        Kind.POD,
        new Endpoint.Owner("Pod", name),
        new Endpoint.Facts(namespace, Labels.NONE, Labels.NONE, ""),
        Addresses.exactly(IpSet.of(address)),
        List.of(),
        Optional.empty(),
        new Origin.Said(name));
  }

  /** Policies take a while to be realised: until the answers are the same three times in a row. */
  private void untilSteady(List<Trial> trials) throws Exception {
    Set<String> last = Set.of();
    for (int same = 0; same < 3; ) {
      Set<String> now = byProber(trials);
      same = now.equals(last) ? same + 1 : 0;
      last = now;
    }
  }

  private Set<String> byProber(List<Trial> trials) {
    ProbeSettings settings = ProbeSettings.USUAL.limited(9, 1000);
    try (Prober prober = new Prober(writes, settings)) {
      List<Observation> observations = prober.run(trials, ProbeProgress.SILENT);
      observations.stream()
          .filter(o -> o.sign() == Sign.INCONCLUSIVE)
          .findFirst()
          .ifPresent(o -> {
            throw new IllegalStateException(o.trial() + ": " + o.detail());
          });
      return Set.copyOf(
          observations.stream()
              .filter(o -> o.sign() == Sign.CONNECTED)
              .map(o -> o.trial().id())
              .toList());
    }
  }

  private interface One {
    boolean open(Trial trial) throws Exception;
  }

  private static Set<String> each(List<Trial> trials, One one) throws Exception {
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<String>> all = new ArrayList<>();
      for (Trial trial : trials) {
        Callable<String> task = () -> one.open(trial) ? trial.id() : "";
        all.add(workers.submit(task));
      }
      List<String> open = new ArrayList<>();
      for (Future<String> each : all) {
        open.add(each.get());
      }
      open.removeIf(String::isEmpty);
      return Set.copyOf(open);
    }
  }

  private static List<String> connect(Trial trial) {
    String target = trial.at() + ":" + trial.flow().port();
    return List.of("/agnhost", "connect", target, "--timeout=1s", "--protocol=tcp");
  }

  private boolean byKubectl(Trial trial) throws Exception {
    PodRef pod = PodRef.of(trial.flow().from()).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig));
    command.addAll(List.of("exec", "-n", pod.namespace(), pod.name(), "-c", "app", "--"));
    command.addAll(connect(trial));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    int code = process.waitFor();
    if (code != 0 && !said.contains("TIMEOUT")) {
      throw new IllegalStateException("kubectl exec gave " + code + ": " + said);
    }
    return code == 0;
  }

  private boolean byApi(Trial trial) throws Exception {
    ContainerRef app = new ContainerRef(PodRef.of(trial.flow().from()).orElseThrow(), "app");
    try (ExecStream exec =
        new ExecStream(writes.reader(), app, connect(trial), _ -> {}, new LongAdder())) {
      String why = exec.end().get().why();
      if (!why.contains("ended with code 0") && !why.contains("TIMEOUT")) {
        throw new IllegalStateException(why);
      }
      return why.contains("ended with code 0");
    }
  }

  /** Requests about single pods, execs included, that the API server has counted so far. */
  private long podCalls() {
    String metrics = writes.reader().raw("/metrics");
    return metrics
        .lines()
        .filter(l -> l.startsWith("apiserver_request_total{"))
        .filter(l -> l.contains("resource=\"pods\""))
        .filter(l -> l.contains("subresource=\"exec\"") || l.contains("verb=\"GET\""))
        .mapToLong(l -> (long) Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }
}
