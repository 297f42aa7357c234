package io.github.polverdict.live.probe;

import static java.util.Objects.requireNonNull;

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
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a matrix of probes costs: all pairs of the pods of namespaces x, y and z on two ports, by
 * one exec for each probe with cyclonus' own code ({@code bench/cyclonus}), and by {@link Prober}.
 * Run by {@code bench/probe} in the network of a live cluster; its arguments are a kubeconfig, the
 * program with cyclonus' code, and how often each way is gone.
 */
final class ProbeCost {
  private static final List<Integer> PORTS = List.of(80, 81);

  private final ClusterWrites writes;
  private final String kubeconfig;
  private final String cyclonus;
  private final CountingProxy proxy;

  private ProbeCost(ClusterWrites writes, String kubeconfig, String cyclonus, CountingProxy proxy) {
    this.writes = writes;
    this.kubeconfig = kubeconfig;
    this.cyclonus = cyclonus;
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
        new ProbeCost(writes, mine.toString(), arguments[1], proxy)
            .compare(Integer.parseInt(arguments[2]));
      } finally {
        Files.delete(mine);
      }
    }
  }

  /** A way to try all trials; gives the ids of those that got through. */
  private interface Way {
    Set<String> tried(List<Trial> trials) throws Exception;
  }

  /** What going a way once took. */
  private record Cost(double seconds, long calls, long bytes) {}

  private void compare(int times) throws Exception {
    List<Trial> trials = trials();
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("cyclonus, its defaults", all -> byCyclonus(all, 10)); // --job-timeout-seconds
    ways.put("cyclonus, timeout 1 s", all -> byCyclonus(all, 1));
    ways.put("one stream per source", this::byProber);
    Set<String> open = untilSteady(trials);
    Map<String, List<Cost>> costs = new LinkedHashMap<>();
    for (int i = 0; i < times; i++) {
      for (var way : ways.entrySet()) {
        costs
            .computeIfAbsent(way.getKey(), _ -> new ArrayList<>())
            .add(cost(way.getKey(), () -> way.getValue().tried(trials).equals(open)));
      }
    }
    System.out.printf("%d of %d got through, by every way%n", open.size(), trials.size());
    System.out.printf(
        "%-24s %15s %9s %9s %11s%n",
        "way, median of " + times, "seconds", "probes/s", "API calls", "bytes/probe");
    costs.forEach((way, each) -> print(way, each, trials.size()));
    double ours = median(requireNonNull(costs.get("one stream per source")), Cost::seconds);
    costs.forEach((way, each) ->
        System.out.printf("%-24s %.1f times as long%n", way, median(each, Cost::seconds) / ours));
  }

  private Cost cost(String way, Callable<Boolean> agrees) throws Exception {
    long calls = podCalls();
    long bytes = proxy.bytes();
    long start = System.nanoTime();
    if (!agrees.call()) {
      throw new IllegalStateException(way + " has other answers");
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long passed = proxy.bytes() - bytes; // before asking for what was counted, which takes some
    return new Cost(seconds, podCalls() - calls, passed);
  }

  private static void print(String way, List<Cost> costs, int trials) {
    DoubleSummaryStatistics range = costs.stream().mapToDouble(Cost::seconds).summaryStatistics();
    double seconds = median(costs, Cost::seconds);
    System.out.printf(
        "%-24s %5.2f %4.1f-%4.1f %9.1f %9.0f %11.0f%n",
        way,
        seconds,
        range.getMin(),
        range.getMax(),
        trials / seconds,
        median(costs, Cost::calls),
        median(costs, Cost::bytes) / trials);
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
    return costs.stream().mapToDouble(of).sorted().toArray()[costs.size() / 2];
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
  private Set<String> untilSteady(List<Trial> trials) {
    Set<String> last = Set.of();
    for (int same = 0; same < 3; ) {
      Set<String> now = byProber(trials);
      same = now.equals(last) ? same + 1 : 0;
      last = now;
    }
    return last;
  }

  private Set<String> byProber(List<Trial> trials) {
    try (Prober prober = new Prober(writes, ProbeSettings.USUAL)) {
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

  private Set<String> byCyclonus(List<Trial> trials, int seconds) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(cyclonus, "" + seconds);
    builder.environment().put("KUBECONFIG", kubeconfig);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (Writer in = process.outputWriter()) {
      for (Trial trial : trials) {
        PodRef from = PodRef.of(trial.flow().from()).orElseThrow();
        in.write(
            "%s %s %s app %s %d%n"
                .formatted(
                    trial.id(), from.namespace(), from.name(), trial.at(), trial.flow().port()));
      }
    }
    List<String> lines = process.inputReader().readAllLines();
    if (process.waitFor() != 0 || lines.stream().anyMatch(l -> l.endsWith("checkfailed"))) {
      throw new IllegalStateException("cyclonus failed: " + lines);
    }
    return lines.stream()
        .filter(l -> l.endsWith(" allowed"))
        .map(l -> l.substring(0, l.indexOf(' ')))
        .collect(Collectors.toSet());
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
