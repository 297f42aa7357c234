package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.api.Standing.Degree;
import io.github.polverdict.dialects.aws.policy.ClusterWideReader.Policy;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All policies of a snapshot as the controller resolves them and the agent serves them. */
public final class AwsPolicies implements Policies {
  /** What a policy for one direction opens in the other, before what comes after policies. */
  public static final String OTHER_DIRECTION = "policies of the other direction";

  static final String BY_NAME = "aws-vpc-cni.domain-names";
  static final String NAMES_SKIPPED = "aws-vpc-cni.domain-names-skipped";

  private final Context context;
  private final Cluster cluster;
  private final Specs specs;
  private final ServicePorts services;
  private final Table table;
  private final RangeDoubts doubts;
  private final ClusterWide clusterWide;
  private final Resolved resolved;
  private final List<NetworkPolicySpec> all;
  private final boolean opensOther;

  public AwsPolicies(Snapshot snapshot, Context context) {
    this.context = context;
    this.cluster = new Cluster(snapshot, context);
    this.specs = new Specs(cluster, context);
    this.resolved = new Resolved(snapshot, cluster);
    this.services = new ServicePorts(cluster, context, resolved);
    this.all = specs.all(snapshot);
    this.table = new Table(all, cluster, context);
    this.doubts = new RangeDoubts(snapshot, all, cluster, context);
    this.clusterWide = new ClusterWide(cluster, services, doubts, context);
    this.opensOther =
        context.active("aws-vpc-cni.strict-mode")
            || clusterWide.all(snapshot).stream().anyMatch(p -> !p.admin());
  }

  /** The kinds that the agent and the controller know in some version. */
  public static Set<PolicyKind> kinds(boolean clusterWide) {
    Set<PolicyKind> out = new LinkedHashSet<>(NetworkPolicies.KINDS);
    out.add(PolicyKind.allowing(ApplicationPolicies.KIND));
    out.add(PolicyKind.supporting(Resolved.KIND));
    if (clusterWide) {
      out.add(PolicyKind.deciding(ClusterWide.KIND));
    }
    return out;
  }

  /** The tiers that policies are placed in, the first to be judged first. */
  public List<TierFrame> tiers() {
    List<TierFrame> out = new ArrayList<>();
    out.add(new TierFrame(ClusterWide.ADMIN, List.of(), Action.PASS));
    out.addAll(table.tiers());
    out.add(new TierFrame(Reading.TIER, List.of(), Action.DENY));
    out.add(new TierFrame(OTHER_DIRECTION, List.of(), Action.PASS));
    out.add(new TierFrame(ClusterWide.BASELINE, List.of(), Action.PASS));
    return out;
  }

  /** Traffic of which tables do not surely say what the policies do. */
  public List<Passage> uncertain(Snapshot snapshot) {
    List<Passage> out = new ArrayList<>();
    List<Policy> wide = clusterWide.all(snapshot);
    out.addAll(SharedPods.passages(snapshot, context, pod -> selecting(pod, wide)));
    out.addAll(new PortLimit(all, cluster, context).passages());
    out.addAll(new ClusterLimit(wide, cluster, context).passages());
    out.addAll(clusterWide.ownNodes(wide));
    return out;
  }

  private Set<String> selecting(Document pod, List<Policy> wide) {
    Map<String, String> labels = pod.at("metadata", "labels").strings();
    Set<String> out = new TreeSet<>();
    for (NetworkPolicySpec spec : all) {
      if (spec.namespace().equals(pod.id().namespace()) && spec.subject().matches(labels)) {
        out.add(spec.name());
      }
    }
    for (Policy policy : wide) {
      if (policy.pods().matches(labels)
          && cluster.namespaces(policy.namespaces()).contains(pod.id().namespace())) {
        out.add(policy.document().id().text());
      }
    }
    return out;
  }

  /** The pods whose tables have an entry for their own node: those that some policy selects. */
  public Selector withOwnNode(Snapshot snapshot) {
    List<Selector> out = new ArrayList<>();
    all.stream()
        .filter(s -> !s.isolates().isEmpty())
        .forEach(s -> out.add(Cluster.subject(s.namespace(), s.subject())));
    if (!context.active("aws-vpc-cni.cnp-without-own-node")) {
      clusterWide.all(snapshot).forEach(p -> out.add(p.subject()));
    }
    return new Selector.Or(out);
  }

  @Override
  public Compiled<List<Placed>> compile(Document document) {
    if (context.active("aws-vpc-cni.controller-off")) {
      Origin.BuiltIn off = context.origin("aws-vpc-cni.controller-off");
      return new Compiled<>(
          List.of(), List.of(), List.of(Standing.of(document, Degree.INERT, off)));
    }
    return switch (document.id().type()) {
      case ApplicationPolicies.KIND -> application(document);
      case ClusterWide.KIND -> clusterWide.compile(document);
      case String _ -> network(document);
    };
  }

  private Compiled<List<Placed>> network(Document document) {
    List<NetworkPolicySpec> read = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        specs.read(
            document,
            spec -> {
              read.add(spec);
              return Optional.of(spec);
            });
    if (read.isEmpty()) {
      return compiled;
    }
    NetworkPolicySpec spec = read.getFirst();
    List<Finding> findings = new ArrayList<>(compiled.findings());
    findings.addAll(resolved.disagreements(spec));
    return new Compiled<>(placed(spec, compiled.value()), findings);
  }

  private Compiled<List<Placed>> application(Document document) {
    ApplicationPolicies.Read read = ApplicationPolicies.read(document, context);
    if (read.policy().isEmpty()) {
      return unreadable(document, read.findings());
    }
    ApplicationPolicies.Policy policy = read.policy().get();
    List<Standing> standings = new ArrayList<>();
    if (!policy.byName().isEmpty() && context.active(NAMES_SKIPPED)) {
      Origin.BuiltIn row = context.origin(NAMES_SKIPPED);
      standings.add(Standing.of(document, Degree.PARTLY, row));
    }
    NetworkPolicySpec spec = specs.bent(policy);
    Reading reading = Reading.specification().names(cluster.names());
    List<Placed> placed = new ArrayList<>(NetworkPolicies.placed(spec, reading));
    placed.replaceAll(p -> withNames(p, policy));
    return new Compiled<>(placed(spec, placed), read.findings(), standings);
  }

  /** The rules to domain names: of which only the agent of Auto Mode makes anything. */
  private Placed withNames(Placed placed, ApplicationPolicies.Policy policy) {
    Block block = placed.block();
    if (block.direction() != Direction.EGRESS || !context.active(BY_NAME)) {
      return placed;
    }
    List<Rule> rules = new ArrayList<>(block.rules());
    for (ApplicationPolicies.ByName rule : policy.byName()) {
      rules.add(toNames(rule.names(), rule.place(), Cluster.numbers(rule.rule()), context));
    }
    return new Placed(placed.tier(), block.withRules(rules));
  }

  /** A rule to the addresses that names stand for, which only the agent knows. */
  static Rule toNames(List<String> names, Field place, TrafficSet traffic, Context context) {
    Origin origin = new Origin.Bent(place.origin(), context.origin(BY_NAME));
    Doubt doubt = new Doubt.KnownAtRuntime("the addresses of " + String.join(", ", names), origin);
    PeerSpec who = new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, doubt);
    return Rule.allow(List.of(who), List.of(new TrafficSpec.Numeric(traffic)), origin);
  }

  /** A policy of which only the namespace is known: it may isolate and allow there. */
  private static Compiled<List<Placed>> unreadable(Document document, List<Finding> findings) {
    Finding because = findings.getFirst();
    Doubt doubt = new Doubt.NotReadable(document.id().text(), because.message(), because.origin());
    List<Placed> placed =
        PolicyCompiler.unsure(
                document.id().text(),
                Cluster.subject(document.id().namespace(), Cluster.everything(document)),
                doubt)
            .stream()
            .map(b -> new Placed(Reading.TIER, b))
            .toList();
    return new Compiled<>(placed, findings);
  }

  /** The blocks of a policy with what the controller adds, in the tiers of the agent's table. */
  private List<Placed> placed(NetworkPolicySpec spec, List<Placed> compiled) {
    if (all.stream().filter(s -> isTwin(s, spec)).count() > 1) {
      Doubt which = Doubt.Unverified.of(context.origin("aws-vpc-cni.anp-named-as-a-policy"));
      return NetworkPolicies.unsure(spec, which, Reading.specification());
    }
    List<Placed> out = new ArrayList<>();
    for (Placed each : compiled) {
      Block block = each.block();
      Direction direction = block.direction();
      List<Rule> more = new ArrayList<>();
      for (RuleEntry rule : spec.rules(direction)) {
        more.addAll(cluster.hosts(spec, rule));
        more.addAll(direction == Direction.EGRESS ? services.rules(spec, rule) : List.of());
      }
      List<Rule> rules = block.rules().stream().map(r -> doubts.of(r, spec, direction)).toList();
      out.addAll(table.placed(spec, block.withRules(rules), more));
    }
    out.addAll(otherDirection(spec, compiled));
    return out;
  }

  private static boolean isTwin(NetworkPolicySpec one, NetworkPolicySpec other) {
    return one.namespace().equals(other.namespace())
        && one.document().id().name().equals(other.document().id().name());
  }

  /** A policy for one direction opens the other: the agent adds an entry for everything. */
  private List<Placed> otherDirection(NetworkPolicySpec spec, List<Placed> compiled) {
    if (!opensOther || compiled.isEmpty()) {
      return List.of();
    }
    Origin.BuiltIn row = context.origin("aws-vpc-cni.one-direction-opens-other");
    Origin origin = new Origin.Bent(spec.document().at("spec").origin(), row);
    List<Placed> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (!spec.isolates().contains(direction)) {
        Rule allow = Rule.allow(List.of(PeerSpec.ANYONE), List.of(TrafficSpec.ALL), origin);
        Block of = compiled.getFirst().block();
        out.add(
            new Placed(
                OTHER_DIRECTION,
                new Block(
                    of.name(), of.subject(), direction, false, List.of(allow), List.of(), origin)));
      }
    }
    return out;
  }
}
