package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.View;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Whether selectors and peers match an endpoint, as one plane's view shows it. */
final class Matching {
  private Matching() {}

  static Match selects(Selector selector, Endpoint endpoint, View view) {
    return switch (selector) {
      case Selector.All _ -> Match.YES;
      case Selector.OfKind(var kinds) -> Match.of(kinds.contains(endpoint.kind()));
      case Selector.InNamespace(String name) -> Match.of(name.equals(endpoint.namespace()));
      case Selector.Is(String id) ->
          Guises.isSomeNode(endpoint) && id.startsWith("node/")
              ? Match.maybe(isIt(endpoint, id))
              : Match.of(id.equals(endpoint.id()));
      case Selector.HasLabel(var scope, String key) -> label(scope, key, endpoint, view, _ -> true);
      case Selector.LabelIn(var scope, String key, var values) ->
          label(scope, key, endpoint, view, values::contains);
      case Selector.LabelLike(var scope, String key, var likeness, String part) ->
          label(scope, key, endpoint, view, value -> likeness.holds(value, part));
      case Selector.OfServiceAccount(var names) ->
          Match.of(names.contains(endpoint.facts().serviceAccount()));
      case Selector.OnNode(String node) -> onNode(node, endpoint);
      case Selector.AtAddress(IpSet range) -> {
        Match out = Match.NO;
        for (Family family : Family.values()) {
          IpSet some = range.of(family);
          out = some.isEmpty() ? out : out.or(within(endpoint, some, family));
        }
        yield out;
      }
      case Selector.Not(Selector of) -> selects(of, endpoint, view).not();
      case Selector.And(var all) -> {
        Match out = Match.YES;
        for (Selector each : all) {
          out = out.and(selects(each, endpoint, view));
          if (out.no()) {
            break;
          }
        }
        yield out;
      }
      case Selector.Or(var any) -> {
        Match out = Match.NO;
        for (Selector each : any) {
          out = out.or(selects(each, endpoint, view));
          if (out.yes()) {
            break;
          }
        }
        yield out;
      }
    };
  }

  private static Match onNode(String node, Endpoint endpoint) {
    return switch (endpoint.kind()) {
      case NETWORK_SET, EXTERNAL -> Match.NO;
      case POD, HOST_POD, NODE ->
          endpoint
              .node()
              .map(n -> Match.of(n.equals(node)))
              .orElseGet(() -> Match.maybe(isIt(endpoint, "on node " + node)));
    };
  }

  private static Doubt isIt(Endpoint endpoint, String what) {
    return new Doubt.KnownAtRuntime("whether " + endpoint.id() + " is " + what, endpoint.origin());
  }

  /** A known key is sure; of an unknown one nothing is, when there may be more labels. */
  private static Match label(
      Selector.Scope scope, String key, Endpoint endpoint, View view, Predicate<String> wanted) {
    if (!view.shows(scope, key)) {
      return Match.NO;
    }
    Labels labels = endpoint.labels(scope);
    String value = labels.known().get(key);
    if (value != null || labels.incomplete().isEmpty()) {
      return Match.of(value != null && wanted.test(value));
    }
    return Match.maybe(labels.incomplete().get());
  }

  /** Whether a rule's peer is what a gate sees at the other end of a path. */
  static Match is(PeerSpec peer, Endpoint endpoint, View view, Path path) {
    return switch (peer) {
      case PeerSpec.Called(IpSet addresses) -> called(addresses, path);
      case PeerSpec.CalledBy(var kinds) -> Match.of(kinds.contains(path.via()));
      case PeerSpec.Forwarded _ -> Match.of(path.forwarded());
      case PeerSpec.AllOf(var all) -> every(all, part -> is(part, endpoint, view, path));
      case PeerSpec.Anyone _, PeerSpec.Selected _, PeerSpec.InRange _, PeerSpec.Runtime _ ->
          is(peer, endpoint, view, path.family());
    };
  }

  private static Match every(List<PeerSpec> all, Function<PeerSpec, Match> is) {
    Match out = Match.YES;
    for (PeerSpec part : all) {
      out = out.and(is.apply(part));
      if (out.no()) {
        break;
      }
    }
    return out;
  }

  private static Match called(IpSet addresses, Path path) {
    IpSet at = path.at().of(path.family()).set();
    if (path.via() == Via.POD_ADDRESS || at.isEmpty() || !at.overlaps(addresses)) {
      return Match.NO;
    }
    return at.subsetOf(addresses)
        ? Match.YES
        : Match.maybe(new Doubt.KnownAtRuntime("which address was called", path.to().origin()));
  }

  static Match is(PeerSpec peer, Endpoint endpoint, View view, Family family) {
    return switch (peer) {
      case PeerSpec.Anyone _ -> Match.YES;
      case PeerSpec.Selected(Selector selector) -> selects(selector, endpoint, view);
      case PeerSpec.InRange(IpSet range, var also) ->
          endpoint.kind() == Kind.EXTERNAL || also.contains(endpoint.kind())
              ? within(endpoint, range.of(family), family)
              : Match.NO;
      case PeerSpec.Runtime(IpSet atLeast, IpSet atMost, Doubt doubt) -> {
        Match sure = within(endpoint, atLeast.of(family), family);
        Match possible = within(endpoint, atMost.of(family), family);
        yield sure.or(possible.and(Match.maybe(doubt)));
      }
      case PeerSpec.Called _, PeerSpec.Forwarded _ -> Match.NO; // the endpoint itself was called
      case PeerSpec.CalledBy(var kinds) -> Match.of(kinds.contains(Via.POD_ADDRESS));
      case PeerSpec.AllOf(var all) -> every(all, part -> is(part, endpoint, view, family));
    };
  }

  private static Match within(Endpoint endpoint, IpSet range, Family family) {
    if (Guises.isWorld(endpoint)) {
      return Match.of((family == Family.IPV4 ? IpSet.ALL_V4 : IpSet.ALL_V6).subsetOf(range));
    }
    Addresses own = endpoint.addresses().of(family);
    if (own.set().isEmpty() || !own.set().overlaps(range)) {
      return Match.NO;
    }
    if (own.set().subsetOf(range)) {
      return Match.YES;
    }
    String what =
        own.exact()
            ? "which of the addresses of " + endpoint.id() + " is used"
            : "the address of " + endpoint.id();
    return Match.maybe(new Doubt.KnownAtRuntime(what, endpoint.origin()));
  }
}
