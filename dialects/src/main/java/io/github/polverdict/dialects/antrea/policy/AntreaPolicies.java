package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.antrea.policy.Groups.Members;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.api.Standing.Degree;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Antrea's NetworkPolicies and ClusterNetworkPolicies: refused, or made into blocks. */
public final class AntreaPolicies {
  public static final String LOCAL = "NetworkPolicy.crd.antrea.io";
  public static final String CLUSTER = "ClusterNetworkPolicy.crd.antrea.io";

  /** The kinds that are read here. */
  public static final Set<PolicyKind> KINDS =
      Set.of(
          PolicyKind.deciding(LOCAL),
          PolicyKind.deciding(CLUSTER).ofNodesToo(),
          PolicyKind.supporting(Tiers.TYPE),
          PolicyKind.supporting(Groups.CLUSTER),
          PolicyKind.supporting(Groups.LOCAL),
          PolicyKind.supporting(Entities.TYPE));

  private final Snapshot snapshot;
  private final Context context;
  private final Tiers tiers;
  private final Ranks ranks;
  private final Groups groups;
  private final Homes homes;
  private final Names names;

  /** The names of the tiers of the frame, before and after NetworkPolicies. */
  public record Names(String before, String after) {}

  public AntreaPolicies(Snapshot snapshot, Context context, Tiers tiers, Ranks ranks, Names names) {
    this.snapshot = snapshot;
    this.context = context;
    this.tiers = tiers;
    this.ranks = ranks;
    this.names = names;
    this.groups = new Groups(snapshot, context.active("antrea.group-of-nodes"));
    this.homes = new Homes(snapshot);
  }

  /** Whether a document is of one of the kinds that hold rules. */
  public static boolean is(Document document) {
    return Set.of(LOCAL, CLUSTER).contains(document.id().type());
  }

  /** The namespace that a policy is about; empty for one of the cluster. */
  private static String home(Document policy) {
    boolean cluster = policy.id().type().equals(CLUSTER);
    String said = policy.id().namespace();
    return cluster ? "" : said.isEmpty() ? "default" : said;
  }

  /** Tells the ranks of the priorities of all policies that can be read. */
  public static void rank(Snapshot snapshot, Tiers tiers, Ranks.Builder ranks) {
    for (Document policy : snapshot.ofKinds(Set.of(LOCAL, CLUSTER))) {
      OptionalInt tier = tiers.priority(policy);
      if (tier.isPresent() && new PolicyChecks(policy).check(policy).isEmpty()) {
        int rules =
            Math.max(
                policy.at("spec", "ingress").items().size(),
                policy.at("spec", "egress").items().size());
        ranks.add(tier.getAsInt(), priority(policy), rules);
      }
    }
  }

  private static double priority(Document policy) {
    return Double.parseDouble(policy.at("spec", "priority").text(""));
  }

  public Compiled<List<Placed>> compile(Document policy) {
    List<Finding> refusals = refusals(policy);
    List<Finding> findings = new ArrayList<>(tiers.findings());
    findings.addAll(groups.findings());
    findings.addAll(refusals);
    Optional<Doubt> unclear =
        refusals.stream()
            .findFirst()
            .<Doubt>map(f -> new Doubt.NotReadable(policy.id().text(), f.message(), f.origin()))
            .or(() -> tiers.priority(policy).isEmpty() ? tiers.unread() : Optional.empty());
    if (unclear.isPresent()) {
      return new Compiled<>(anything(policy, unclear.get()), findings);
    }
    int tier = tiers.priority(policy).orElseThrow();
    boolean ofNodes = !context.active("antrea.node-policies-off");
    String namespace = home(policy);
    PolicyBlocks blocks =
        new PolicyBlocks(
            policy,
            homes,
            new Subjects(groups, namespace, ofNodes),
            new Peers(snapshot, groups, context, namespace),
            rule -> ranks.of(tier, priority(policy), rule));
    String name = tier >= Tiers.BASELINE ? names.after() : names.before();
    List<Placed> placed =
        Stream.of(Direction.values())
            .flatMap(d -> blocks.of(d).stream())
            .map(b -> new Placed(name, b))
            .toList();
    List<Standing> standings = standings(policy, ofNodes);
    standings.stream()
        .filter(s -> s.degree() == Degree.INERT)
        .map(AntreaPolicies::inert)
        .forEach(findings::add);
    return new Compiled<>(placed, findings, standings);
  }

  /** The versions of their kinds came in 1.13 and went in 2.0. */
  private List<Finding> unserved(Document policy) {
    String version = policy.id().apiVersion();
    boolean gone = version.endsWith("/v1alpha1") && context.active("antrea.v1alpha1-gone");
    boolean later = version.endsWith("/v1beta1") && context.active("antrea.v1beta1-not-yet");
    FieldChecks checks = new FieldChecks(PolicyChecks.CODE);
    if (gone || later) {
      checks.refuse(
          policy.at("apiVersion"),
          "no matches for kind \"" + policy.id().kind() + "\" in version \"" + version + "\"",
          "this version of Antrea serves crd.antrea.io/" + (gone ? "v1beta1" : "v1alpha1"));
    }
    return checks.findings();
  }

  private List<Finding> refusals(Document policy) {
    List<Finding> unserved = unserved(policy);
    if (!unserved.isEmpty()) {
      return unserved;
    }
    List<Finding> shape = context.refusals(policy, () -> new PolicyChecks(policy).check(policy));
    return shape.isEmpty()
        ? new Admission(tiers, !context.active("antrea.l7-off")).check(policy)
        : shape;
  }

  /** A policy that nobody takes: what it was meant to do is not known, only for whom perhaps. */
  private List<Placed> anything(Document policy, Doubt doubt) {
    String namespace = home(policy);
    List<Field> ofPolicy = policy.at("spec", "appliedTo").items();
    boolean readable = new PolicyChecks(policy).check(policy).isEmpty();
    List<Selector> meant =
        readable
            ? new Subjects(groups, namespace, true)
                .of(ofPolicy).stream().map(Subjects.Subject::who).toList()
            : List.of();
    boolean ofNodes = ofPolicy.stream().anyMatch(a -> a.get("nodeSelector").present());
    Selector kinds =
        ofNodes ? new Selector.OfKind(Set.of(Kind.POD, Kind.NODE, Kind.HOST_POD)) : Selector.pods();
    Selector all =
        namespace.isEmpty() ? kinds : Selector.and(kinds, new Selector.InNamespace(namespace));
    Selector subject = meant.isEmpty() ? all : Subjects.any(meant);
    return PolicyCompiler.anything(policy.id().text(), subject, doubt).stream()
        .map(b -> new Placed(names.before(), b))
        .toList();
  }

  private static Finding inert(Standing standing) {
    return new Finding(
        "PV104",
        Severity.WARNING,
        standing.object() + " is not enforced at all: " + standing.says(),
        "switch the feature on in the ConfigMap antrea-config, or leave the policy out",
        standing.origin());
  }

  private List<Standing> standings(Document policy, boolean ofNodes) {
    List<Standing> out = new ArrayList<>();
    List<Field> ofPolicy = policy.at("spec", "appliedTo").items();
    boolean forNodes = ofPolicy.stream().anyMatch(a -> a.get("nodeSelector").present());
    if (forNodes && !ofNodes) {
      out.add(Standing.of(policy, Degree.INERT, context.origin("antrea.node-policies-off")));
    }
    for (String section : List.of("ingress", "egress")) {
      for (Field rule : policy.at("spec", section).items()) {
        Stream.of("appliedTo", "from", "to")
            .flatMap(k -> rule.get(k).items().stream())
            .forEach(e -> lost(policy, e, out));
        if (Stream.of("from", "to", "toServices").allMatch(k -> rule.get(k).items().isEmpty())) {
          ignored(policy, rule, out);
        }
      }
    }
    ofPolicy.forEach(e -> lost(policy, e, out));
    return out;
  }

  private void ignored(Document policy, Field rule, List<Standing> out) {
    if (home(policy).isEmpty() && context.active("antrea.no-peers-ignored")) {
      Origin.BuiltIn row = context.origin("antrea.no-peers-ignored");
      out.add(
          new Standing(
              policy.id().text(),
              Degree.PARTLY,
              "a rule that names no peers is ignored",
              new Origin.Bent(rule.origin(), row)));
    }
  }

  /** A group that is not there has nobody in it. */
  private void lost(Document policy, Field entry, List<Standing> out) {
    Field group = entry.get("group");
    if (!group.present()) {
      return;
    }
    Members members = groups.of(home(policy), group.text(""));
    if (!members.found() && members.open().isEmpty()) {
      Origin.BuiltIn row = context.origin("antrea.group-not-found");
      out.add(
          new Standing(
              policy.id().text(),
              Degree.PARTLY,
              "there is no group " + group.text("") + ", so nobody is in it",
              new Origin.Bent(group.origin(), row)));
    }
  }
}
