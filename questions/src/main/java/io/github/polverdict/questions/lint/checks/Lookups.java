package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Decision;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.lint.checks.Manifests.Allow;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PV301, PV302, PV304, PV305 and PV306: looking up names. */
final class Lookups implements Check {
  private static final int DNS = 53;
  private static final TrafficSet PORTS =
      TrafficSet.of(Protocol.UDP, DNS, DNS).or(TrafficSet.of(Protocol.TCP, DNS, DNS));

  /** What may be a lookup when the port of the DNS pods is not known. */
  private static final TrafficSet SOMEHOW = PORTS.or(TrafficSet.all(Protocol.UDP));

  @Override
  public void look(Ground ground, Sink out) {
    List<Need> lookups =
        ground.surroundings().needs().stream().filter(n -> n.kind() == Need.Kind.NAMES).toList();
    for (Need need : lookups) {
      switch (need.called()) {
        case Called.ServicePort called -> service(need, called, ground, out);
        case Called.AddressPort _ -> address(need, ground, out);
        case Called.EndpointPort _, Called.Untold _ -> {}
      }
    }
    ground.surroundings().needs().stream()
        .filter(n -> n.kind() == Need.Kind.NAMES_ON_NODE)
        .forEach(n -> cache(n, lookups, ground, out));
    boolean known = lookups.stream().anyMatch(n -> n.called() instanceof Called.ServicePort);
    if (!known && !ground.podsMayBeMissing("")) {
      nowhere(ground, out);
    }
  }

  private static void service(Need need, Called.ServicePort called, Ground ground, Sink out) {
    for (Denied denied : Denied.of(need, ground)) {
      List<Endpoint> callers =
          denied.callers().stream().filter(e -> callsSomebody(e, ground)).toList();
      if (denied.gate().gate() == Direction.INGRESS) {
        servers(denied, out);
      } else if (!callers.isEmpty()) {
        if (called.protocol() == Protocol.UDP) {
          pods(denied, callers, called, ground, out);
        } else {
          tcp(denied, callers, called, ground, out);
        }
      }
    }
  }

  private static void servers(Denied denied, Sink out) {
    Endpoint server = denied.gate().subject();
    Optional<String> labels = Manifests.common(List.of(server));
    out.add(
        "PV305",
        denied.place(server.origin()),
        "%s cannot ask the DNS server %s: %s"
            .formatted(Wording.list(denied.callers()), server.shownAs(), denied.because()),
        Remedy.add(
            "allow UDP and TCP port 53 from everybody into the DNS pods",
            labels.map(l ->
                new Allow(
                        "allow-dns",
                        server.namespace(),
                        l,
                        Direction.INGRESS,
                        "",
                        listening(denied))
                    .yaml())));
  }

  private static TrafficSet listening(Denied denied) {
    int port = denied.verdict().paths().getFirst().path().port();
    return TrafficSet.of(Protocol.UDP, port, port).or(TrafficSet.of(Protocol.TCP, port, port));
  }

  private static void pods(
      Denied denied, List<Endpoint> callers, Called.ServicePort called, Ground ground, Sink out) {
    int port = denied.verdict().paths().isEmpty() ? DNS : listeningOn(denied);
    Remedy remedy = allow(denied, callers, called, ground);
    if (port != called.port() && opens(callers.getFirst(), called.port(), ground)) {
      out.add(
          "PV306",
          denied.place(callers.getFirst().origin()),
          "%s may use port %d only, but the DNS pods listen on %d: lookups fail"
              .formatted(Wording.list(callers), called.port(), port),
          remedy);
    } else {
      out.add(
          "PV301",
          denied.place(callers.getFirst().origin()),
          "%s cannot look up names: %s, and UDP port %d to %s is not allowed"
              .formatted(Wording.list(callers), denied.because(), port, called.service()),
          remedy);
    }
  }

  private static int listeningOn(Denied denied) {
    return denied.verdict().paths().getFirst().path().port();
  }

  private static void tcp(
      Denied denied, List<Endpoint> callers, Called.ServicePort called, Ground ground, Sink out) {
    Called udp = new Called.ServicePort(called.service(), Protocol.UDP, called.port());
    List<Endpoint> half =
        callers.stream()
            .filter(c ->
                Denied.judge(c, udp, ground).stream().anyMatch(v -> v.outcome() == Outcome.ALLOWED))
            .toList();
    if (!half.isEmpty()) {
      out.add(
          "PV302",
          denied.place(half.getFirst().origin()),
          "%s may look up names over UDP, but not over TCP: %s"
              .formatted(Wording.list(half), denied.because()),
          allow(denied, half, called, ground));
    }
  }

  /** The allow for exactly the pods that the denying policy isolates. */
  private static Remedy allow(
      Denied denied, List<Endpoint> callers, Called.ServicePort called, Ground ground) {
    String says = "allow UDP and TCP port 53 to the DNS pods";
    Optional<Service> service = ground.service(called.service());
    List<Endpoint> servers =
        service.stream()
            .flatMap(s -> s.ports().stream())
            .flatMap(p -> p.backends().stream())
            .flatMap(b -> ground.bench().universe().endpoint(b.endpoint()).stream())
            .distinct()
            .toList();
    Optional<String> peer =
        Manifests.common(servers)
            .flatMap(labels -> service.map(s -> Manifests.pods(s.namespace(), labels)));
    Optional<Block> isolating = isolating(denied);
    Optional<String> subject = isolating.flatMap(b -> Manifests.labelSelector(b.subject()));
    String namespace = callers.getFirst().namespace();
    TrafficSet ports = denied.verdict().paths().isEmpty() ? PORTS : listening(denied);
    return Remedy.add(
        says,
        peer.flatMap(p ->
            subject.map(s ->
                new Allow(
                        ground.freeName(namespace, "allow-dns"),
                        namespace,
                        s,
                        Direction.EGRESS,
                        p,
                        ports)
                    .yaml())));
  }

  private static Optional<Block> isolating(Denied denied) {
    return denied.gate().decision() instanceof Decision.ByIsolation(var _, List<Block> blocks)
        ? blocks.stream().findFirst()
        : Optional.empty();
  }

  private static void address(Need need, Ground ground, Sink out) {
    for (Denied denied : Denied.of(need, ground)) {
      List<Endpoint> callers =
          denied.callers().stream().filter(e -> callsSomebody(e, ground)).toList();
      if (!callers.isEmpty()) {
        out.add(
            "PV304",
            denied.place(need.origin()),
            "%s cannot ask %s: %s".formatted(Wording.list(callers), need.what(), denied.because()),
            Remedy.of("allow UDP and TCP port 53 to that address"));
      }
    }
  }

  /** Without a DNS Service in the input: pods that may ask nobody at all. */
  private static void nowhere(Ground ground, Sink out) {
    Map<String, Denied> deaf = new LinkedHashMap<>();
    for (Endpoint pod : ground.pods()) {
      if (callsSomebody(pod, ground) && asksNobody(pod, ground)) {
        for (Endpoint server : ground.outside().stream().limit(1).toList()) {
          ground
              .judge(pod, server, new Sample(Protocol.UDP, DNS))
              .ifPresent(verdict ->
                  Denied.gate(verdict).ifPresent(gate -> join(deaf, pod, gate, verdict)));
        }
      }
    }
    deaf.values()
        .forEach(denied ->
            out.add(
                "PV301",
                denied.place(denied.callers().getFirst().origin()),
                "%s cannot look up names: %s, neither for UDP nor for TCP port 53"
                    .formatted(Wording.list(denied.callers()), denied.because()),
                Remedy.add(
                    "allow UDP and TCP port 53 to the DNS pods", toUsualServers(denied, ground))));
  }

  private static void join(
      Map<String, Denied> deaf, Endpoint pod, GateVerdict gate, Verdict verdict) {
    Denied one = new Denied(gate, verdict, List.of(pod));
    String key = pod.namespace() + " " + one.place(pod.origin()).text();
    Denied before = deaf.get(key);
    List<Endpoint> all = new ArrayList<>(before == null ? List.of() : before.callers());
    all.add(pod);
    deaf.put(key, before == null ? one : new Denied(before.gate(), before.verdict(), all));
  }

  private static Optional<String> toUsualServers(Denied denied, Ground ground) {
    String namespace = denied.callers().getFirst().namespace();
    String peer = Manifests.pods("kube-system", "{matchLabels: {k8s-app: kube-dns}}");
    return isolating(denied)
        .flatMap(b -> Manifests.labelSelector(b.subject()))
        .map(subject ->
            new Allow(
                    ground.freeName(namespace, "allow-dns"),
                    namespace,
                    subject,
                    Direction.EGRESS,
                    peer,
                    PORTS)
                .yaml());
  }

  /** Whether lookups are denied wherever they may go, also to pods that are not in the input. */
  private static boolean asksNobody(Endpoint pod, Ground ground) {
    for (Placed placed : ground.blocks()) {
      boolean takesPart = placed.block().direction() == Direction.EGRESS && placed.maySelect(pod);
      if (takesPart
          && placed.block().rules().stream()
              .anyMatch(r -> r.action() != Action.DENY && mayBeLookup(r))) {
        return false;
      }
    }
    return ground.inside().stream().filter(e -> !e.equals(pod)).allMatch(e -> deaf(pod, e, ground))
        && ground.outside().stream().allMatch(e -> deaf(pod, e, ground));
  }

  /** Whether neither UDP nor TCP port 53 passes: DNS pods may listen on any UDP port. */
  private static boolean deaf(Endpoint pod, Endpoint other, Ground ground) {
    return ground.possible(pod, other).and(SOMEHOW).isEmpty();
  }

  private static boolean mayBeLookup(Rule rule) {
    return rule.traffic().stream()
        .anyMatch(
            t -> !(t instanceof TrafficSpec.Numeric(TrafficSet n)) || !n.and(SOMEHOW).isEmpty());
  }

  /** Pods that may ask the DNS Service, but neither the cache's address nor their own node. */
  private static void cache(Need need, List<Need> lookups, Ground ground, Sink out) {
    for (Denied denied : Denied.of(need, ground)) {
      List<Endpoint> callers =
          denied.callers().stream()
              .filter(c -> lookups.stream().anyMatch(n -> passes(c, n.called(), ground)))
              .filter(c -> !mayReachNode(c, ground))
              .toList();
      if (!callers.isEmpty()) {
        out.add(
            "PV303",
            denied.place(need.origin()),
            "%s may ask the DNS pods, but not %s: %s"
                .formatted(Wording.list(callers), need.what(), denied.because()),
            Remedy.of("allow UDP and TCP port 53 to the cache's address"));
      }
    }
  }

  private static boolean passes(Endpoint caller, Called called, Ground ground) {
    return Denied.judge(caller, called, ground).stream()
        .anyMatch(v -> v.outcome() == Outcome.ALLOWED);
  }

  private static boolean mayReachNode(Endpoint pod, Ground ground) {
    return ground.inside().stream()
        .filter(e -> e.kind() == Kind.NODE)
        .filter(e -> pod.node().isEmpty() || pod.node().equals(e.node()))
        .anyMatch(e -> ground.possible(pod, e).contains(Protocol.UDP, DNS));
  }

  /** Whether some rule lets a pod call somebody on something else than a lookup's port. */
  private static boolean callsSomebody(Endpoint pod, Ground ground) {
    return ground.over(pod, Direction.EGRESS).stream()
        .flatMap(b -> b.block().rules().stream())
        .filter(r -> r.action() == Action.ALLOW && !r.peers().isEmpty())
        .flatMap(r -> r.traffic().stream())
        .anyMatch(
            t -> !(t instanceof TrafficSpec.Numeric(TrafficSet n)) || !n.minus(PORTS).isEmpty());
  }

  private static boolean opens(Endpoint pod, int port, Ground ground) {
    return ground.over(pod, Direction.EGRESS).stream()
        .flatMap(b -> b.block().rules().stream())
        .filter(r -> r.action() == Action.ALLOW && !r.peers().isEmpty())
        .flatMap(r -> r.traffic().stream())
        .anyMatch(t ->
            t instanceof TrafficSpec.Numeric(TrafficSet n)
                && !n.equals(TrafficSet.ALL)
                && n.contains(Protocol.UDP, port));
  }
}
