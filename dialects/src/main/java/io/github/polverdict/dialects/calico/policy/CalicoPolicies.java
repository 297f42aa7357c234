package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.api.Standing.Degree;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.calico.policy.Forwarded.Tunnels;
import io.github.polverdict.dialects.calico.policy.HostEndpoints.Guard;
import io.github.polverdict.dialects.calico.policy.HostPolicies.Stage;
import io.github.polverdict.dialects.calico.policy.PolicyBlocks.Ground;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Calico's NetworkPolicies and GlobalNetworkPolicies: refused, or made into blocks. */
public final class CalicoPolicies {
  static final String LOCAL = "NetworkPolicy";
  static final String CLUSTER = "GlobalNetworkPolicy";
  private static final List<String> STAGED =
      List.of("StagedNetworkPolicy", "StagedGlobalNetworkPolicy", "StagedKubernetesNetworkPolicy");
  private static final List<String> SUPPORTING =
      List.of("Tier", "NetworkSet", "GlobalNetworkSet", "HostEndpoint");

  private final Context context;
  private final Tiers tiers;
  private final PolicyOrder order;
  private final Ground ground;
  private final Snapshot snapshot;
  private final Set<ResourceId> counting = new HashSet<>();
  private final String first;
  private final HostEndpoints endpoints;
  private final HostPolicies hostPolicies;

  /**
   * @param first the tier in which nothing has been decided yet
   */
  public CalicoPolicies(Snapshot snapshot, Context context, String first) {
    this.snapshot = snapshot;
    this.context = context;
    this.first = first;
    this.tiers = new Tiers(snapshot, context);
    List<Document> enforced =
        Stream.of(LOCAL, CLUSTER).flatMap(k -> CalicoObjects.all(snapshot, k).stream()).toList();
    Stream.concat(
            enforced.stream(),
            STAGED.stream().flatMap(k -> CalicoObjects.all(snapshot, k).stream()))
        .forEach(d -> counting.add(d.id()));
    this.order =
        new PolicyOrder(
            snapshot,
            context,
            enforced.stream().filter(d -> new PolicyChecks(d).ofShape().isEmpty()).toList());
    this.ground = new Ground(new LabelledAddresses(snapshot), new Services(snapshot), context);
    this.endpoints = new HostEndpoints(snapshot);
    this.hostPolicies =
        new HostPolicies(enforced.stream().filter(this::isJudged).toList(), tiers, order, context);
  }

  /** Whether a policy is judged by its rules. */
  private boolean isJudged(Document policy) {
    return refusals(policy).isEmpty()
        && nonsense(policy).isEmpty()
        && unanswered(policy, subject(policy)).isEmpty();
  }

  /** The tiers of what nodes forward, and before them those of what is asked of nodes early. */
  public List<TierFrame> ofHosts(Tunnels tunnels) {
    List<TierFrame> out = new ArrayList<>();
    if (!endpoints.guards().isEmpty()) {
      for (Stage stage : List.of(Stage.UNTRACKED, Stage.BEFORE_DNAT)) {
        tiers
            .frames()
            .forEach(t -> out.add(new TierFrame(stage.tier(t.name()), List.of(), Action.PASS)));
      }
      List<Guard> guards = endpoints.guards();
      out.addAll(new Forwarded(snapshot, guards, hostPolicies, ground, tunnels).tiers());
    }
    return out;
  }

  /** The kinds of which only is noted what they would do. */
  public static Set<PolicyKind> rehearsed() {
    Set<PolicyKind> out = new LinkedHashSet<>();
    STAGED.forEach(
        kind -> CalicoObjects.types(kind).forEach(t -> out.add(PolicyKind.rehearsing(t))));
    return out;
  }

  /** The kinds that are read here. */
  public static Set<PolicyKind> kinds() {
    Set<PolicyKind> out = new LinkedHashSet<>();
    for (String kind : List.of(LOCAL, CLUSTER)) {
      CalicoObjects.types(kind).forEach(t -> out.add(PolicyKind.deciding(t)));
    }
    out.addAll(rehearsed());
    SUPPORTING.forEach(
        kind -> CalicoObjects.types(kind).forEach(t -> out.add(PolicyKind.supporting(t))));
    return out;
  }

  /** Whether a document is of one of the kinds that hold rules. */
  public static boolean is(Document document) {
    return Stream.concat(Stream.of(LOCAL, CLUSTER), STAGED.stream())
        .anyMatch(kind -> CalicoObjects.types(kind).contains(document.id().type()));
  }

  /** The rank of a NetworkPolicy of Kubernetes among Calico's own. */
  public int rank(Document kubernetes) {
    return order.of(kubernetes.id());
  }

  /** What one document means. */
  public Compiled<List<Placed>> compile(Document policy) {
    if (!counting.contains(policy.id())) {
      return Compiled.of(List.of()); // stored, and served as well
    }
    if (STAGED.contains(policy.id().kind())) {
      return staged(policy);
    }
    List<Finding> shape = refusals(policy);
    if (!shape.isEmpty()) {
      return new Compiled<>(anything(policy, unreadable(policy, shape.getFirst())), shape);
    }
    List<Finding> sense = nonsense(policy);
    if (!sense.isEmpty()) {
      return CalicoObjects.isServed(policy)
          ? new Compiled<>(anything(policy, unreadable(policy, sense.getFirst())), sense)
          : new Compiled<>(
              anything(policy, Doubt.Unverified.of(context.origin("calico.stored-invalid"))),
              sense);
    }
    Expression subject = subject(policy);
    Optional<String> unanswered = unanswered(policy, subject);
    if (unanswered.isPresent()) {
      Doubt doubt = new Doubt.Unsupported(unanswered.get(), "calico", policy.at("spec").origin());
      return Compiled.of(anything(policy, doubt));
    }
    String tier = Tiers.of(policy, context);
    return tiers.has(tier)
        ? new Compiled<>(blocks(policy, tier, subject), List.of(), standings(policy))
        : withoutTier(policy, subject);
  }

  private List<Finding> nonsense(Document policy) {
    PolicyChecks checks = new PolicyChecks(policy);
    List<Finding> name =
        CalicoObjects.isServed(policy) && context.active("calico.stored-tier-in-name")
            ? checks.ofName(Tiers.of(policy, context))
            : List.of();
    return name.isEmpty()
        ? checks.ofSense(context.active("calico.port-names-of-any-protocol"))
        : name;
  }

  private List<Finding> refusals(Document policy) {
    return context.refusals(policy, new PolicyChecks(policy)::ofShape);
  }

  private List<Placed> blocks(Document policy, String tier, Expression subject) {
    int rank = order.of(policy.id());
    List<Placed> out = new ArrayList<>();
    if (Stage.of(policy) == Stage.USUAL) {
      PolicyBlocks blocks =
          new PolicyBlocks(policy, InnerLabels.pods(subject), home(policy), ground);
      types(policy).forEach(d -> blocks.of(d, rank).forEach(b -> out.add(new Placed(tier, b))));
    }
    if (policy.id().kind().equals(CLUSTER)) {
      out.addAll(new HostBlocks(endpoints, hostPolicies, ground).of(policy, tier, rank));
    }
    return out;
  }

  /**
   * Absent types follow from the rules that there are: Calico's API client writes them down
   * (clientv3/networkpolicy.go). Felix takes a policy without them for one of both directions
   * (policy_sorter.go, ExtractPolicyMetadata).
   */
  static List<Direction> types(Document policy) {
    Field spec = policy.at("spec");
    Set<String> said = Expressions.texts(spec.get("types"));
    if (said.isEmpty() && !CalicoObjects.isServed(policy)) {
      return List.of(Direction.INGRESS, Direction.EGRESS);
    }
    boolean egress = !spec.get("egress").items().isEmpty();
    boolean ingress = !spec.get("ingress").items().isEmpty() || !egress;
    List<Direction> out = new ArrayList<>();
    if (said.isEmpty() ? ingress : said.contains("Ingress")) {
      out.add(Direction.INGRESS);
    }
    if (said.isEmpty() ? egress : said.contains("Egress")) {
      out.add(Direction.EGRESS);
    }
    return out;
  }

  /** The namespace that a policy is about; empty for one of the cluster. */
  private static String home(Document policy) {
    String said = policy.id().namespace();
    return policy.id().kind().equals(CLUSTER) ? "" : said.isEmpty() ? "default" : said;
  }

  /**
   * Whom a policy selects, in inner labels. Beside a selector of namespaces or of service accounts
   * every {@code all()} of one of the cluster is what is in a namespace or has an account, and so
   * no host endpoint (globalnetworkpolicyprocessor.go).
   */
  static Expression subject(Document policy) {
    Field spec = policy.at("spec");
    List<Expression> all = new ArrayList<>();
    if (Expressions.present(spec.get("selector"))) {
      all.add(Expressions.of(spec.get("selector")));
    }
    if (policy.id().kind().equals(LOCAL)) {
      all.add(Expressions.inNamespace(home(policy)));
      all.add(Expressions.ofAccounts(spec.get("serviceAccountSelector")));
      return new Expression.Every(all);
    }
    if (Expressions.present(spec.get("namespaceSelector"))) {
      all.add(Expressions.of(spec.get("namespaceSelector")).prefixed(InnerLabels.OF_NAMESPACE));
      all.replaceAll(e -> Expressions.having(e, InnerLabels.NAMESPACE));
    }
    if (Expressions.present(spec.get("serviceAccountSelector"))) {
      all.add(Expressions.ofAccounts(spec.get("serviceAccountSelector")));
      all.replaceAll(e -> Expressions.having(e, InnerLabels.ACCOUNT));
    }
    return new Expression.Every(all);
  }

  private Optional<String> unanswered(Document policy, Expression subject) {
    Entities entities = new Entities(ground.labelled(), home(policy));
    Stream<Expression> ofRules =
        Stream.of("ingress", "egress")
            .flatMap(s -> policy.at("spec", s).items().stream())
            .flatMap(r -> Stream.of(r.get("source"), r.get("destination")))
            .flatMap(e ->
                Stream.concat(
                    entities.labels(e).stream(), Stream.of(Expressions.of(e.get("notSelector")))));
    return Stream.concat(Stream.of(subject), ofRules)
        .flatMap(e -> InnerLabels.unanswered(e).stream())
        .findFirst();
  }

  private static Doubt unreadable(Document policy, Finding finding) {
    return new Doubt.NotReadable(policy.id().text(), finding.message(), finding.origin());
  }

  /** A policy of which it is not known what it does to whom. */
  private List<Placed> anything(Document policy, Doubt doubt) {
    String namespace = home(policy);
    Selector whom =
        namespace.isEmpty()
            ? everybody()
            : Selector.and(Selector.pods(), new Selector.InNamespace(namespace));
    return anything(policy, doubt, whom, first);
  }

  /** The pods that a policy selects, and the nodes whose HostEndpoint it does. */
  private Selector whom(Document policy, Expression subject) {
    List<Selector> out = new ArrayList<>(List.of(InnerLabels.pods(subject)));
    endpoints.guards().stream()
        .filter(g -> policy.id().kind().equals(CLUSTER) && g.isSelectedBy(policy))
        .forEach(g -> out.add(g.hosts()));
    return out.size() == 1 ? out.getFirst() : new Selector.Or(out);
  }

  /** Pods, and the nodes that have a HostEndpoint. */
  private Selector everybody() {
    List<Selector> out = new ArrayList<>(List.of(Selector.pods()));
    endpoints.guards().forEach(g -> out.add(g.hosts()));
    return out.size() == 1 ? out.getFirst() : new Selector.Or(out);
  }

  private static List<Placed> anything(Document policy, Doubt doubt, Selector whom, String tier) {
    return PolicyCompiler.anything(policy.id().text(), whom, doubt).stream()
        .map(b -> new Placed(tier, b))
        .toList();
  }

  private Compiled<List<Placed>> staged(Document policy) {
    Origin.BuiltIn row = context.origin("calico.staged");
    return new Compiled<>(List.of(), List.of(), List.of(Standing.of(policy, Degree.STAGED, row)));
  }

  /** A policy of a tier that is not there: asked after all that are, where tiers are known. */
  private Compiled<List<Placed>> withoutTier(Document policy, Expression subject) {
    Optional<Doubt> unread = Unread.of(snapshot, CalicoObjects.types("Tier"));
    if (unread.isPresent()) {
      return Compiled.of(anything(policy, unread.get(), whom(policy, subject), first));
    }
    boolean one = context.active("calico.one-tier");
    Origin.BuiltIn row = context.origin(one ? "calico.one-tier" : "calico.no-such-tier");
    Finding finding =
        new Finding(
            "PV104",
            Severity.WARNING,
            policy.id().text() + " may not do what it was written for: " + row.says(),
            one ? "leave out spec.tier, or upgrade Calico" : "make the Tier that it names",
            policy.at("spec", "tier").origin());
    return one
        ? new Compiled<>(
            anything(policy, Doubt.Unverified.of(row), whom(policy, subject), first),
            List.of(finding))
        : new Compiled<>(
            blocks(policy, Tiers.of(policy, context), subject),
            List.of(finding),
            standings(policy));
  }

  /** Fields that have no effect on pods. */
  private List<Standing> standings(Document policy) {
    List<Standing> out = new ArrayList<>();
    boolean untracked = Stage.of(policy) == Stage.UNTRACKED;
    if (untracked
        && endpoints.guards().stream().anyMatch(g -> g.isForAll() && g.isSelectedBy(policy))) {
      Origin.BuiltIn row = context.origin("calico.untracked-all-interfaces");
      out.add(Standing.of(policy, Degree.PARTLY, row));
    }
    for (String section : List.of("ingress", "egress")) {
      for (Field rule : policy.at("spec", section).items()) {
        if (rule.get("http").present() && context.active("calico.http-ignored")) {
          Origin.BuiltIn row = context.origin("calico.http-ignored");
          out.add(
              new Standing(
                  policy.id().text(),
                  Degree.PARTLY,
                  row.says(),
                  new Origin.Bent(rule.get("http").origin(), row)));
        }
      }
    }
    return out;
  }
}
