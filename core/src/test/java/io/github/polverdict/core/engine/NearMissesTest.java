package io.github.polverdict.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.engine.NearMisses.Missed;
import io.github.polverdict.core.engine.NearMisses.NearMiss;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearMissesTest {
  private static final Origin HERE = new Origin.Said("written");
  private static final Endpoint WEB = pod("shop/web", "10.0.0.1", Map.of("app", "web"));
  private static final Endpoint DB = pod("shop/db", "10.0.0.2", Map.of("app", "db"));
  private static final Endpoint OUTSIDE =
      new Endpoint(
          "192.0.2.1",
          Kind.EXTERNAL,
          new Owner("", "192.0.2.1"),
          Facts.NONE,
          Addresses.exactly(address("192.0.2.1")),
          List.of(),
          Optional.empty(),
          HERE);
  private static final TrafficSpec POSTGRES = tcp(5432);

  private static IpSet address(String text) {
    return IpSet.of(IpAddress.parse(text).orElseThrow());
  }

  private static Endpoint pod(String id, String address, Map<String, String> labels) {
    return new Endpoint(
        id,
        Kind.POD,
        new Owner("Pod", id),
        new Facts("shop", Labels.of(labels), Labels.NONE, "default"),
        Addresses.exactly(address(address)),
        List.of(),
        Optional.of("n1"),
        HERE);
  }

  private static TrafficSpec tcp(int port) {
    return new TrafficSpec.Numeric(TrafficSet.of(Protocol.TCP, port, port));
  }

  private static Rule rule(int rank, Action action, PeerSpec peer, TrafficSpec traffic) {
    return new Rule(rank, List.of(peer), List.of(traffic), action, List.of(), HERE);
  }

  private static Rule allow(Selector selector) {
    return rule(5, Action.ALLOW, new PeerSpec.Selected(selector), POSTGRES);
  }

  private static Selector app(String... values) {
    return new Selector.LabelIn(Scope.ENDPOINT, "app", Set.of(values));
  }

  private static Tier tier(String name, Rule... rules) {
    Block block =
        new Block(
            "policy of " + name,
            Selector.pods(),
            Direction.INGRESS,
            true,
            List.of(rules),
            List.of(),
            HERE);
    return new Tier(name, List.of(block), Action.DENY);
  }

  /** What missed when {@code from} calls the database, which is denied there. */
  private static List<NearMiss> misses(Endpoint from, Tier... tiers) {
    Universe universe = new Universe(List.of(OUTSIDE, DB, WEB), List.of());
    Plane plane =
        new Plane(
            "engine",
            Optional.empty(),
            View.CLEAR,
            List.of(tiers),
            List.of(),
            Plane.Traits.USUAL,
            Action.ALLOW,
            List.of());
    Judge judge = new Judge(new PolicyModel(List.of(plane), List.of()), universe);
    PathVerdict denied =
        judge
            .judge(new Flow(from, new Flow.Target.ToEndpoint(DB), Protocol.TCP, 5432, Family.IPV4))
            .paths()
            .getFirst();
    assertThat(denied.outcome()).isEqualTo(Outcome.DENIED);
    GateVerdict gate =
        denied.gates().stream()
            .filter(g -> g.outcome() == Outcome.DENIED)
            .findFirst()
            .orElseThrow();
    Path path = denied.path();
    return new NearMisses(universe).of(gate, path);
  }

  private static List<Missed> missed(Endpoint from, Selector selector) {
    return misses(from, tier("t", allow(selector))).getFirst().missed();
  }

  @Test
  void oneOfSeveralLabelsIsNamedWithTheValueThatThereIs() {
    Selector both =
        Selector.and(Selector.pods(), app("web"), new Selector.HasLabel(Scope.ENDPOINT, "team"));
    assertThat(missed(WEB, both))
        .containsExactly(new Missed.Label(Scope.ENDPOINT, "shop/web", "team", "", false));
  }

  @Test
  void ofSeveralAlternativesTheNearestIsNamed() {
    Selector far = Selector.and(app("api"), new Selector.InNamespace("ops"));
    assertThat(missed(WEB, new Selector.Or(List.of(far, app("cart")))))
        .containsExactly(new Missed.Label(Scope.ENDPOINT, "shop/web", "app=cart", "web", false));
  }

  @Test
  void whatANegationForbidsIsNamed() {
    Selector neither = new Selector.Not(new Selector.Or(List.of(app("web"), app("cart"))));
    assertThat(missed(WEB, neither))
        .containsExactly(
            new Missed.Label(Scope.ENDPOINT, "shop/web", "app not in (web)", "web", false));
  }

  @Test
  void somethingOfTheWrongKindIsToldJustThat() {
    Selector pods = Selector.and(Selector.pods(), new Selector.InNamespace("shop"), app("web"));
    assertThat(missed(OUTSIDE, pods))
        .containsExactly(new Missed.WrongKind(List.of(Kind.POD), Kind.EXTERNAL, "192.0.2.1"));
  }

  @Test
  void partsOfValuesServiceAccountsAndNodesAreNamed() {
    Selector all =
        Selector.and(
            new Selector.LabelLike(Scope.ENDPOINT, "app", Selector.Likeness.STARTS_WITH, "db"),
            new Selector.OfServiceAccount(Set.of("robot")),
            new Selector.OnNode("n2"),
            new Selector.Is("shop/api"));
    assertThat(missed(WEB, all))
        .containsExactly(
            new Missed.Label(Scope.ENDPOINT, "shop/web", "app starts with db", "web", false),
            new Missed.ServiceAccount("robot", "default"),
            new Missed.OnNode("n2", "n1"),
            new Missed.Another("shop/api", "shop/web"));
  }

  @Test
  void addressesThatANameNeverHasAreToldAsAddresses() {
    Doubt doubt = new Doubt.KnownAtRuntime("what example.com is", HERE);
    PeerSpec name = new PeerSpec.Runtime(IpSet.NONE, address("198.51.100.1"), doubt);
    assertThat(
            misses(OUTSIDE, tier("t", rule(5, Action.ALLOW, name, POSTGRES))).getFirst().missed())
        .containsExactly(new Missed.Address("198.51.100.1", "192.0.2.1"));
  }

  @Test
  void theRuleThatMissesLeastComesFirst() {
    Rule otherPort = rule(5, Action.ALLOW, new PeerSpec.Selected(app("web")), tcp(80));
    Rule both = rule(5, Action.ALLOW, new PeerSpec.Selected(app("api")), tcp(80));
    List<NearMiss> misses = misses(WEB, tier("t", both, otherPort));
    assertThat(misses).extracting(NearMiss::rule).containsExactly(otherPort, both);
    assertThat(misses.getFirst().missed())
        .containsExactly(new Missed.Traffic("TCP 80", Protocol.TCP, 5432));
  }

  @Test
  void rulesThatWouldHaveComeTooLateAreNoNearMisses() {
    Rule deny = rule(5, Action.DENY, PeerSpec.ANYONE, POSTGRES);
    Rule before = rule(4, Action.ALLOW, new PeerSpec.Selected(app("api")), POSTGRES);
    Rule after = rule(6, Action.ALLOW, new PeerSpec.Selected(app("api")), POSTGRES);
    assertThat(misses(WEB, tier("first", before, deny, after), tier("second", after)))
        .extracting(m -> m.rule().rank())
        .containsExactly(4);
  }
}
