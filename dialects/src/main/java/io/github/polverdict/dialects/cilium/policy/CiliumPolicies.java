package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.cilium.policy.EndpointQuery.Scoping;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * CiliumNetworkPolicies and CiliumClusterwideNetworkPolicies (cilium.io/v2): each of {@code spec}
 * and {@code specs} is a rule of its own (pkg/k8s/apis/cilium.io/v2, pkg/policy/api).
 */
public final class CiliumPolicies {
  static final String GROUP = "CiliumCIDRGroup.cilium.io";
  private static final String LOCAL = "CiliumNetworkPolicy.cilium.io";
  private static final String CLUSTER = "CiliumClusterwideNetworkPolicy.cilium.io";

  /** The rows about rules that need a proxy where there is none. */
  private static final String HELD = "cilium.cnp-tls-without-proxy";

  private static final String UNPROXIED = "cilium.cnp-without-proxy";

  /** What the operator calls not valid, and agents take all the same (checkMutalAuthUsage). */
  private static final String WARNING = "mutual auth feature is disabled but an ";

  /** The kinds that are read here. */
  public static final Set<PolicyKind> KINDS =
      Set.of(
          PolicyKind.deciding(LOCAL),
          PolicyKind.deciding(CLUSTER).ofNodesToo(),
          PolicyKind.supporting(GROUP));

  private final Snapshot snapshot;
  private final Context context;
  private final Peers.Cidrs cidrs;
  private final Resolution egressNames;
  private final Derived derived;
  private final NarrowerRanges narrower;

  /**
   * @param ranges the kinds of endpoint inside the cluster that a range matches, and those that a
   *     whole family matches
   * @param egressNames how an egress rule's port names become numbers
   * @param derived the labels that agents give endpoints
   */
  public CiliumPolicies(
      Snapshot snapshot,
      Context context,
      List<Set<Kind>> ranges,
      Resolution egressNames,
      Derived derived) {
    this.snapshot = snapshot;
    this.context = context;
    this.cidrs =
        new Peers.Cidrs(ranges.getFirst(), ranges.getLast(), Families.of(snapshot, context));
    this.egressNames = egressNames;
    this.derived = derived;
    this.narrower = NarrowerRanges.of(snapshot, context);
  }

  /** Whether a document is of one of the kinds that hold rules. */
  public static boolean is(Document document) {
    return Set.of(LOCAL, CLUSTER).contains(document.id().type());
  }

  /** Whether a policy is for what arrives at nodes. */
  public static boolean guardNodes(Snapshot snapshot, Context context) {
    return rules(CLUSTER, snapshot, context)
        .filter(r -> r.get("nodeSelector").present())
        .anyMatch(r -> r.get("ingress").present() || r.get("ingressDeny").present());
  }

  /** The row by which no policy of a document's kind is read, if there is any. */
  public static Optional<String> switchedOff(Document document, Context context) {
    Stream<String> rows =
        document.id().type().equals(CLUSTER)
            ? Stream.of("cilium.ccnp-disabled")
            : Stream.of("cilium.cnp-disabled", "cilium.gke-no-cnp");
    return rows.filter(context::active).findFirst();
  }

  /** The rules of all policies that are read at all. */
  static Stream<Field> allRules(Snapshot snapshot, Context context) {
    return Stream.of(LOCAL, CLUSTER).flatMap(kind -> rules(kind, snapshot, context));
  }

  private static Stream<Field> rules(String kind, Snapshot snapshot, Context context) {
    return snapshot.ofKind(kind).stream()
        .filter(d -> switchedOff(d, context).isEmpty())
        .flatMap(d -> rules(d).stream());
  }

  private static List<Field> rules(Document document) {
    List<Field> out = new ArrayList<>(document.at("specs").items());
    if (document.at("spec").present()) {
      out.addFirst(document.at("spec"));
    }
    return out;
  }

  /** What the rules of one document mean. */
  public Compiled<List<Placed>> compile(Document document) {
    List<Finding> findings = new ArrayList<>(context.refusals(document));
    Optional<Finding> refusal =
        findings.stream().filter(f -> f.severity() == Severity.ERROR).findFirst();
    if (refusal.isPresent()) {
      return new Compiled<>(refused(document, notReadable(document, refusal.get())), findings);
    }
    List<Field> rules = rules(document);
    List<Placed> placed = new ArrayList<>();
    boolean clusterwide = document.id().type().equals(CLUSTER);
    Sanity.Allows allows =
        new Sanity.Allows(
            context.setting("enable-node-selector-labels").equals("true"),
            !context.active("cilium.cnp-services-without-ports"),
            !context.active("cilium.cnp-requires-removed"),
            context.setting("enable-l7-proxy").equals("true"),
            context.active("cilium.extended-protocols"),
            !context.active("cilium.cnp-nothing-rejected"));
    Optional<Finding> rejection = Optional.empty();
    for (Field rule : rules) {
      List<Finding> refusals = Sanity.refusals(rule, allows);
      if (!refusals.isEmpty()) {
        findings.addAll(refusals);
        return new Compiled<>(
            refused(document, notReadable(document, refusals.getFirst())), findings);
      }
      rejection =
          rejection.or(() ->
              Sanity.rejects(rule, clusterwide, allows).map(w -> rejected(document, rule, w)));
    }
    if (rejection.isPresent()) { // one wrong rule and the agent takes none of the object's
      findings.add(rejection.get());
      return new Compiled<>(List.of(), findings);
    }
    Optional<Field> complaint = complaint(document);
    if (complaint.isPresent()) {
      Origin.BuiltIn row = context.origin("cilium.cnp-not-valid");
      findings.add(unrealised(document, complaint.get()));
      return new Compiled<>(refused(document, Doubt.Unverified.of(row)), findings);
    }
    rules.forEach(rule -> placed.addAll(compile(document, rule, findings)));
    return new Compiled<>(placed, findings, standings(document, rules));
  }

  /** Endpoints of Cilium's own have no namespace, so only clusterwide policies are for them. */
  private List<Standing> standings(Document document, List<Field> rules) {
    boolean own =
        document.id().type().equals(CLUSTER)
            && rules.stream()
                .map(r -> EndpointQuery.read(r.get("endpointSelector"), derived))
                .anyMatch(EndpointQuery::isOfOwnEndpoints);
    Origin.BuiltIn row = context.origin("cilium.ccnp-own-endpoints");
    return own ? List.of(Standing.of(document, Standing.Degree.ELSEWHERE, row)) : List.of();
  }

  private static Doubt notReadable(Document document, Finding first) {
    return new Doubt.NotReadable(document.id().text(), first.message(), first.origin());
  }

  /** The condition by which the operator says that it would not take the object. */
  private Optional<Field> complaint(Document document) {
    return document.at("status", "conditions").items().stream()
        .filter(_ -> context.active("cilium.cnp-not-valid"))
        .filter(c -> c.get("type").text("").equals("Valid"))
        .filter(c -> c.get("status").text("").equals("False"))
        .filter(c -> !onlyWarns(c.get("message").text("")))
        .findFirst();
  }

  private static boolean onlyWarns(String message) {
    return !message.isBlank() && message.lines().allMatch(line -> line.startsWith(WARNING));
  }

  private static Finding unrealised(Document document, Field complaint) {
    return new Finding(
        "PV111",
        Severity.WARNING,
        "the status of %s says that it is not valid: %s"
            .formatted(document.id().text(), complaint.get("message").text("(no message)")),
        "look at the agent's log for the object; correct what it names",
        complaint.origin());
  }

  /** An object of which it is not known what it does, because the API or the agent refuses it. */
  private List<Placed> refused(Document document, Doubt doubt) {
    Selector subject =
        document.id().namespace().isEmpty()
            ? Selector.pods()
            : Selector.and(Selector.pods(), new Selector.InNamespace(document.id().namespace()));
    return PolicyCompiler.anything(document.id().text(), subject, doubt).stream()
        .map(b -> new Placed(Reading.TIER, b))
        .toList();
  }

  private Finding rejected(Document document, Field rule, String why) {
    return inert(document, rule, why, context.origin("cilium.cnp-rejected"));
  }

  private static Finding inert(Document document, Field rule, String why, Origin.BuiltIn row) {
    return new Finding(
        "PV104",
        Severity.WARNING,
        document.id().text() + " is not enforced at all: the agent rejects it, " + why,
        "correct the rule; the object's status names it too",
        new Origin.Bent(rule.origin(), row));
  }

  /**
   * The nodes that a rule is for. Agents know the own node by what their label filter leaves of its
   * labels (pkg/endpoint/endpoint.go, InitWithNodeLabels): all others count as absent.
   */
  private Selector hosts(Document document, Field selector, List<Finding> findings) {
    Selector hosts = new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD));
    List<Requirement> asked = LabelQuery.read(selector).requirements();
    Optional<Requirement> unseen =
        asked.stream().filter(r -> !derived.identifies(r.key()) && !r.negative()).findFirst();
    if (unseen.isPresent()) {
      findings.add(
          new Finding(
              "PV104",
              Severity.WARNING,
              "%s holds for no node: the agent does not know nodes by the label %s"
                  .formatted(document.id().text(), unseen.get().key()),
              "give the nodes a label of your own and select by that",
              new Origin.Bent(selector.origin(), context.origin("cilium.host-labels"))));
      return new Selector.Or(List.of());
    }
    List<Requirement> seen = asked.stream().filter(r -> derived.identifies(r.key())).toList();
    return Selector.and(hosts, new LabelQuery(selector, seen).selector(Selector.Scope.NODE));
  }

  private List<Placed> compile(Document document, Field rule, List<Finding> findings) {
    boolean ofHosts = rule.get("nodeSelector").present();
    if (ofHosts && context.active("cilium.host-firewall-off")) {
      Origin.BuiltIn row = context.origin("cilium.host-firewall-off");
      findings.add(inert(document, rule, row.says(), row));
      return List.of();
    }
    String namespace = document.id().namespace();
    Selector subject =
        ofHosts
            ? hosts(document, rule.get("nodeSelector"), findings)
            : Selector.and(
                Selector.pods(),
                EndpointQuery.read(rule.get("endpointSelector"), derived).subject(namespace));
    unproxied(document, rule).ifPresent(findings::add);
    Optional<Doubt> open = open(document, rule);
    if (open.isPresent()) {
      return PolicyCompiler.anything(document.id().text(), subject, open.get()).stream()
          .map(b -> new Placed(Reading.TIER, b))
          .toList();
    }
    RuleBlocks blocks =
        new RuleBlocks(
            document.id().text(),
            subject,
            new Peers(snapshot, cidrs, scoping(namespace), cluster(), narrower),
            egressNames,
            List.copyOf(Passages.nodes(snapshot)),
            context.active("cilium.cnp-enable-default-deny")
                && !context.active("cilium.cnp-default-deny-always"),
            !context.active("cilium.cnp-endport"),
            Authentication.of(context),
            context.row(UNPROXIED).map(Doubt.Unverified::of));
    return Stream.concat(blocks.of(rule).stream(), narrowed(document, rule, subject))
        .map(b -> new Placed(Reading.TIER, b))
        .toList();
  }

  /** The first item of a rule that makes agents wait for a proxy that is not there. */
  private Optional<Field> waiting(Field rule) {
    return RequestRules.proxied(rule)
        .filter(item -> context.active(HELD) && RequestRules.waits(item))
        .findFirst();
  }

  /** What is sent to a proxy that is not there. */
  private Optional<Finding> unproxied(Document document, Field rule) {
    if (!context.active(UNPROXIED)) {
      return Optional.empty();
    }
    Optional<Field> waiting = waiting(rule);
    boolean held = waiting.isPresent();
    String what =
        held
            ? "is not enforced, and holds up all policies of its pods' nodes: agents wait for"
            : "lets nothing through on ports that it sends to";
    return waiting
        .or(() -> RequestRules.proxied(rule).findFirst())
        .map(item ->
            new Finding(
                "PV104",
                Severity.WARNING,
                "%s %s a proxy, and enable-l7-proxy is false".formatted(document.id().text(), what),
                "set enable-l7-proxy to true, or allow the ports without"
                    + " serverNames, TLS contexts and listeners",
                new Origin.Bent(item.origin(), context.origin(held ? HELD : UNPROXIED))));
  }

  /** What a rule with requirements does to others of the same pods is not worked out. */
  private Stream<Block> narrowed(Document document, Field rule, Selector subject) {
    return Stream.of(Direction.values())
        .filter(d -> Sanity.requires(rule, d).isPresent())
        .flatMap(d -> {
          Doubt doubt = Doubt.Unverified.of(context.origin("cilium.cnp-requires"));
          return PolicyCompiler.anything(document.id().text(), subject, doubt).stream()
              .filter(b -> b.direction() == d);
        });
  }

  /** Why a rule cannot be judged, if it cannot. */
  private Optional<Doubt> open(Document document, Field rule) {
    String old = "cilium.cnp-services-with-ports-old";
    if (context.active(old)
        && Stream.of("egress", "egressDeny")
            .flatMap(s -> rule.get(s).items().stream())
            .anyMatch(Sanity::namesPortsOfServices)) {
      return Optional.of(Doubt.Unverified.of(context.origin(old)));
    }
    if (waiting(rule).isPresent()) {
      return Optional.of(Doubt.Unverified.of(context.origin(HELD)));
    }
    return Sanity.beyond(rule, derived, Authentication.of(context).known())
        .map(f ->
            new Doubt.Unsupported(f.path() + " of " + document.id().text(), "cilium", f.origin()));
  }

  private Scoping scoping(String namespace) {
    return new Scoping(
        namespace,
        !context.active("cilium.cnp-namespace-labels-old"),
        context.setting("policy-default-local-cluster").equals("true"),
        context.active("cilium.negative-selector-selects-all"),
        context.active("cilium.remote-node-is-host"));
  }

  private Peers.Cluster cluster() {
    return new Peers.Cluster(
        new Groups(snapshot, !context.active("cilium.cidrgroup-whole-range")),
        context.active("cilium.cnp-no-service-is-everybody"),
        context.active("cilium.cnp-empty-lists-old"),
        new Services(snapshot, context, cidrs),
        derived);
  }
}
