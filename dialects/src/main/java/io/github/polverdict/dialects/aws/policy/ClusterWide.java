package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.api.Standing.Degree;
import io.github.polverdict.dialects.aws.policy.ClusterWideReader.ByName;
import io.github.polverdict.dialects.aws.policy.ClusterWideReader.ClusterRule;
import io.github.polverdict.dialects.aws.policy.ClusterWideReader.Policy;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.dialects.kubernetes.Reading.PortNames;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * ClusterNetworkPolicies of networking.k8s.aws. The controller resolves a rule as it does one of a
 * NetworkPolicy (clusternetworkpolicy_resolver.go); for an address the agent serves the rules of
 * all policies by priority, of equal ones Deny before Accept before Pass, whatever their order
 * (evaluateClusterPolicyByLookUp in tc.v4ingress.bpf.c). Overlapping ranges inherit from each other
 * in full, so that prefixes play no part.
 */
final class ClusterWide {
  static final String KIND = "ClusterNetworkPolicy.networking.k8s.aws";
  static final String ADMIN = "Admin";
  static final String BASELINE = "Baseline";

  private static final String NAMED = "aws-vpc-cni.cnp-named-port";
  private static final String ALIKE = "aws-vpc-cni.cnp-ranges-alike";

  private final Cluster cluster;
  private final ServicePorts services;
  private final RangeDoubts doubts;
  private final Context context;

  ClusterWide(Cluster cluster, ServicePorts services, RangeDoubts doubts, Context context) {
    this.cluster = cluster;
    this.services = services;
    this.doubts = doubts;
    this.context = context;
  }

  /** Those of a snapshot that can be read and that the agent knows. */
  List<Policy> all(Snapshot snapshot) {
    return context.active("aws-vpc-cni.cnp-unknown")
        ? List.of()
        : snapshot.ofKind(KIND).stream()
            .flatMap(d -> ClusterWideReader.read(d, context).policy().stream())
            .toList();
  }

  /** Ranges of addresses that may close a pod to its own node, which has no entry of its own. */
  List<Passage> ownNodes(List<Policy> policies) {
    Origin.BuiltIn row = context.origin("aws-vpc-cni.cnp-without-own-node");
    return policies.stream()
        .filter(_ -> context.active("aws-vpc-cni.cnp-without-own-node"))
        .filter(p ->
            p.rules(Direction.EGRESS).stream()
                .anyMatch(r -> r.action() != Action.ALLOW && !r.entry().blocks().isEmpty()))
        .map(p ->
            Passages.of(new Effect.Uncertain(Direction.EGRESS), row)
                .between(new PeerSpec.Selected(p.subject()), Passages.HOSTS)
                .where(Where.SAME_NODE)
                .onlyIf(Doubt.Unverified.of(row)))
        .toList();
  }

  Compiled<List<Placed>> compile(Document document) {
    ClusterWideReader.Read read = ClusterWideReader.read(document, context);
    if (read.policy().isEmpty()) {
      Finding because = read.findings().getFirst();
      Doubt doubt =
          new Doubt.NotReadable(document.id().text(), because.message(), because.origin());
      List<Placed> placed =
          PolicyCompiler.anything(document.id().text(), Selector.pods(), doubt).stream()
              .map(b -> new Placed(ADMIN, b))
              .toList();
      return new Compiled<>(placed, read.findings());
    }
    Policy policy = read.policy().get();
    List<Standing> standings = new ArrayList<>();
    if (context.active(AwsPolicies.NAMES_SKIPPED)
        && policy.rules().stream().anyMatch(r -> !r.byName().isEmpty())) {
      Origin.BuiltIn row = context.origin(AwsPolicies.NAMES_SKIPPED);
      standings.add(Standing.of(document, Degree.PARTLY, row));
    }
    List<Placed> placed =
        Stream.of(Direction.values()).flatMap(d -> placed(policy, d).stream()).toList();
    return new Compiled<>(placed, read.findings(), standings);
  }

  private Optional<Placed> placed(Policy policy, Direction direction) {
    List<Rule> rules = new ArrayList<>();
    Map<String, String> ends = new HashMap<>();
    for (ClusterRule rule : policy.rules(direction)) {
      List<Rule> compiled = new ArrayList<>(rules(policy, rule));
      String ports = rule.entry().ports().stream().map(ClusterWide::start).toList().toString();
      String whole = rule.entry().ports().stream().map(ClusterWide::whole).toList().toString();
      String first = ends.putIfAbsent(rule.action() + ports, whole);
      if (first != null && !first.equals(whole)) {
        compiled.replaceAll(r -> r.onlyIf(Doubt.Unverified.of(context.origin(ALIKE))));
      }
      rules.addAll(compiled);
    }
    Block block =
        new Block(
            policy.document().id().text(),
            policy.subject(),
            direction,
            false,
            rules,
            List.of(),
            policy.document().at("spec").origin());
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(new Placed(policy.admin() ? ADMIN : BASELINE, block));
  }

  /** What the controller tells rules of one policy, action and address apart by. */
  private static String start(PortEntry entry) {
    return entry.protocol()
        + switch (entry.port().orElse(null)) {
          case null -> "";
          case Port.Name(String name) -> name;
          case Port.Number(int first, var _) -> String.valueOf(first);
        };
  }

  private static String whole(PortEntry entry) {
    return start(entry)
        + (entry.port().orElse(null) instanceof Port.Number(int _, var end)
            ? "-" + end.orElse(0)
            : "");
  }

  private List<Rule> rules(Policy policy, ClusterRule rule) {
    boolean ingress = rule.direction() == Direction.INGRESS;
    RuleEntry entry = rule.entry();
    NetworkPolicySpec alone =
        new NetworkPolicySpec(
            policy.document(),
            Cluster.everything(policy.document()),
            EnumSet.of(rule.direction()),
            ingress ? List.of(entry) : List.of(),
            ingress ? List.of() : List.of(entry),
            Optional.empty());
    List<Rule> out = new ArrayList<>();
    Reading reading = Reading.specification().names(names(policy));
    NetworkPolicies.placed(alone, reading).forEach(p -> out.addAll(p.block().rules()));
    out.replaceAll(r -> doubts.of(r, entry));
    out.addAll(cluster.hosts(alone, entry));
    out.addAll(ingress ? List.of() : services.rules(alone, entry));
    boolean named =
        entry.ports().stream().anyMatch(p -> p.port().orElse(null) instanceof Port.Name);
    if (named) {
      out.replaceAll(r -> r.onlyIf(Doubt.Unverified.of(context.origin(NAMED))));
    }
    rule.byName().forEach(n -> byName(n, entry).ifPresent(out::add));
    out.replaceAll(r ->
        new Rule(
            rank(policy, rule.action()),
            r.peers(),
            r.traffic(),
            rule.action(),
            r.onlyIf(),
            r.origin()));
    return out;
  }

  private Optional<Rule> byName(ByName names, RuleEntry entry) {
    if (!context.active(AwsPolicies.BY_NAME)) {
      return Optional.empty();
    }
    return Optional.of(
        AwsPolicies.toNames(names.names(), names.place(), Cluster.numbers(entry), context));
  }

  private static int rank(Policy policy, Action action) {
    int within =
        switch (action) {
          case DENY -> 0;
          case ALLOW -> 1;
          case PASS -> 2;
        };
    return 3 * policy.priority() + within;
  }

  /**
   * Names are taken for TCP; at ingress they are looked up in one namespace of the subject's, the
   * first by name (getSubjectNamespace).
   */
  private PortNames names(Policy policy) {
    return (names, use, peer) -> {
      List<PortName> tcp = names.stream().map(n -> new PortName(Protocol.TCP, n.name())).toList();
      if (use.direction() == Direction.EGRESS) {
        return peer.filter(Peer.Pods.class::isInstance).isPresent()
            ? Reading.onTheDestination(false).resolve(tcp, use, peer)
            : new TrafficSpec.Numeric(TrafficSet.NONE);
      }
      Optional<String> first = cluster.namespaces(policy.namespaces()).stream().findFirst();
      Selector within =
          first
              .<Selector>map(n -> Selector.and(policy.subject(), new Selector.InNamespace(n)))
              .orElseGet(() -> new Selector.Or(List.of()));
      return new TrafficSpec.Named(
          tcp, Resolution.UNION_OF_DECLARED, within, false, TrafficSet.NONE);
    };
  }
}
