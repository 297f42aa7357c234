package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.Surroundings.Credentials;
import io.github.polverdict.questions.baseline.Dependency.Rule;
import io.github.polverdict.questions.baseline.Dependency.Target;
import io.github.polverdict.questions.inspect.Strangers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The calls that a baseline wants to pass or not, for the namespaces of a cluster. */
final class Dependencies {
  private static final int DNS = 53;
  private static final List<Protocol> LOOKUPS = List.of(Protocol.UDP, Protocol.TCP);
  private static final String KUBERNETES = "svc/default/kubernetes";
  private static final Origin SAID = new Origin.Said("controlPlane of the baseline");
  private static final Map<String, String> USUAL_RESOLVER = Map.of("k8s-app", "kube-dns");

  private final Bench bench;
  private final Baseline.Known known;
  private final Map<String, List<Endpoint>> pods = new TreeMap<>();
  private final Map<String, Endpoint> newcomers = new TreeMap<>();
  private final Map<String, Endpoint> newcomersOnNodes = new TreeMap<>();
  private final Strangers strangers;
  private final List<Dependency> all = new ArrayList<>();

  private Dependencies(Bench bench, Baseline.Known known, Demands demands) {
    this.bench = bench;
    this.known = known;
    this.strangers = new Strangers(bench);
    demands
        .all()
        .forEach((namespace, wanted) -> {
          pods.put(namespace, new ArrayList<>());
          newcomers.put(namespace, strangers.newcomer(namespace, wanted.labels()));
          newcomersOnNodes.put(namespace, strangers.newcomerOnNode(namespace, wanted.labels()));
        });
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (endpoint.kind() == Kind.POD && pods.containsKey(endpoint.namespace())) {
        pods.get(endpoint.namespace()).add(endpoint);
      }
    }
  }

  /** Those of the namespaces that something is demanded of. */
  static List<Dependency> of(Bench bench, Baseline.Known known, Demands demands) {
    Dependencies out = new Dependencies(bench, known, demands);
    boolean resolver = false;
    for (Need need : bench.surroundings().needs()) {
      out.add(need);
      resolver |= isResolver(need) || need.kind() == Need.Kind.NAMES_ON_NODE;
    }
    for (IpAddress address : known.resolvers()) {
      out.everybodyAsks(address);
    }
    if (!resolver && known.resolvers().isEmpty()) {
      out.supposedResolver();
    }
    out.metadata();
    return List.copyOf(out.all);
  }

  /** Whether it is what pods ask that say nothing of their own. */
  private static boolean isResolver(Need need) {
    return need.kind() == Need.Kind.NAMES && need.what().startsWith("svc/");
  }

  private void add(Need need) {
    switch (need.kind()) {
      case NAMES ->
          byCaller(Item.DNS, need, need.called(), isResolver(need) ? newcomers : Map.of());
      case NAMES_ON_NODE -> onNode(need);
      case API_SERVER -> apiServer(need);
      case ADMISSION, AGGREGATION ->
          byCalled(Item.WEBHOOKS, need, controlPlane(need), Rule.SOMEONE);
      case PROBE -> byCalled(Item.PROBES, need, callers(need), Rule.EVERY);
      case SCRAPE -> byCalled(Item.SCRAPE, need, callers(need), Rule.ONE);
      case ROUTE -> {
        List<Endpoint> controllers = controllers();
        if (controllers.isEmpty()) {
          byCalled(Item.INGRESS_PATH, need, callers(need), Rule.SOMEONE);
        } else {
          byCalled(Item.INGRESS_PATH, need, controllers, Rule.ONE);
        }
      }
    }
  }

  private void apiServer(Need need) {
    boolean shown = bench.universe().services().stream().anyMatch(s -> s.id().equals(KUBERNETES));
    if (shown || known.apiServers().isEmpty()) {
      byCaller(Item.API_SERVER, need, need.called(), Map.of());
      return;
    }
    known
        .apiServers()
        .forEach(l ->
            byCaller(
                Item.API_SERVER,
                need,
                new Called.AddressPort(l.address(), Protocol.TCP, l.port()),
                Map.of()));
  }

  private List<Endpoint> callers(Need need) {
    return need.callers().stream().flatMap(id -> bench.universe().endpoint(id).stream()).toList();
  }

  private void byCaller(Item item, Need need, Called called, Map<String, Endpoint> newcomersToo) {
    boolean onNode = need.kind() == Need.Kind.NAMES_ON_NODE;
    Map<String, List<Endpoint>> callers = new TreeMap<>();
    newcomersToo.forEach((ns, e) -> callers.computeIfAbsent(ns, _ -> new ArrayList<>()).add(e));
    for (Endpoint known : callers(need)) {
      Endpoint caller = onNode ? strangers.onNode(known) : known;
      callers.computeIfAbsent(caller.namespace(), _ -> new ArrayList<>()).add(caller);
    }
    callers.forEach((namespace, some) ->
        all.add(new Dependency(item, namespace, some, new Target.Shown(called), Rule.EVERY)));
  }

  private void onNode(Need need) {
    if (need.called() instanceof Called.AddressPort(IpAddress address, Protocol _, int port)) {
      LOOKUPS.forEach(protocol ->
          byCaller(
              Item.DNS, need, new Called.AddressPort(address, protocol, port), newcomersOnNodes));
    } else {
      byCaller(Item.DNS, need, need.called(), newcomersOnNodes);
    }
  }

  private void everybodyAsks(IpAddress address) {
    everybody(Item.DNS, LOOKUPS.stream().map(p -> shown(address, p, DNS)).toList());
  }

  private static Target shown(IpAddress address, Protocol protocol, int port) {
    return new Target.Shown(new Called.AddressPort(address, protocol, port));
  }

  private void supposedResolver() {
    Endpoint pod = strangers.labelled("kube-system", "(the DNS pods)", USUAL_RESOLVER);
    everybody(
        Item.DNS, LOOKUPS.stream().map(p -> (Target) new Target.Supposed(pod, p, DNS)).toList());
  }

  private void everybody(Item item, List<Target> targets) {
    pods.forEach((namespace, own) -> {
      List<Endpoint> callers =
          Stream.concat(Stream.of(Objects.requireNonNull(newcomers.get(namespace))), own.stream())
              .toList();
      targets.forEach(t -> all.add(new Dependency(item, namespace, callers, t, Rule.EVERY)));
    });
  }

  private void metadata() {
    for (Credentials credentials : bench.surroundings().credentials()) {
      IpAddress.parse(credentials.address())
          .filter(a -> bench.families().contains(a.family()))
          .ifPresent(
              a -> everybody(Item.METADATA, List.of(shown(a, Protocol.TCP, credentials.port()))));
    }
  }

  private void byCalled(Item item, Need need, List<Endpoint> callers, Rule rule) {
    namespace(need.called())
        .ifPresent(namespace ->
            all.add(
                new Dependency(item, namespace, callers, new Target.Shown(need.called()), rule)));
  }

  private Optional<String> namespace(Called called) {
    return switch (called) {
      case Called.ServicePort(String service, Protocol _, int _) ->
          Optional.of(service.split("/", -1)[1]);
      case Called.EndpointPort(String id, Protocol _, int _) ->
          bench.universe().endpoint(id).map(Endpoint::namespace);
      case Called.AddressPort _, Called.Untold _ -> Optional.empty();
    };
  }

  /** Those at the addresses that the user says; else as the need has it. */
  private List<Endpoint> controlPlane(Need need) {
    IpSet said =
        IpSet.union(known.controlPlane().stream().flatMap(c -> IpSet.cidr(c).stream()).toList());
    List<Endpoint> out = new ArrayList<>();
    for (Endpoint endpoint : bench.universe().endpoints()) {
      IpSet among = endpoint.addresses().set().and(said);
      if (endpoint.kind() == Kind.NODE && !among.isEmpty()) {
        out.add(endpoint);
      } else if (endpoint.kind() == Kind.EXTERNAL && !among.isEmpty()) {
        out.add(outside(among));
      }
    }
    return out.isEmpty() ? callers(need) : out;
  }

  /** Some addresses of the outside, which no rule tells apart. */
  private static Endpoint outside(IpSet some) {
    String name =
        some.ranges().stream().map(IpSet.Range::toString).collect(Collectors.joining(", "));
    return new Endpoint(
        name,
        Kind.EXTERNAL,
        new Endpoint.Owner("External", name),
        Endpoint.Facts.NONE,
        Addresses.exactly(some),
        List.of(),
        Optional.empty(),
        SAID);
  }

  private List<Endpoint> controllers() {
    return bench.universe().endpoints().stream()
        .filter(e -> known.controllers().stream().anyMatch(c -> Choices.isOf(c, e)))
        .toList();
  }
}
