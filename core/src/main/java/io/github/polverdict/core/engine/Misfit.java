package io.github.polverdict.core.engine;

import io.github.polverdict.core.engine.NearMisses.Far;
import io.github.polverdict.core.engine.NearMisses.Missed;
import io.github.polverdict.core.engine.NearMisses.NearMiss;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What of a rule does not fit a path as a gate sees it.
 *
 * @param other what the gate takes the other end for
 * @param port the port that the gate sees
 */
record Misfit(View view, Path path, Endpoint other, int port, Ports ports) {

  /** The parts of a rule that fail; none when nothing surely does. */
  Optional<Far> of(Rule rule, Block block) {
    Match who = Match.NO;
    for (PeerSpec peer : rule.peers()) {
      who = who.or(Matching.is(peer, other, view, path));
    }
    Match what = Match.NO;
    for (TrafficSpec spec : rule.traffic()) {
      what = what.or(ports.has(spec, path.to(), path.protocol(), port, view));
    }
    List<Missed> missed = new ArrayList<>();
    if (who.no()) {
      missed.addAll(fewest(rule.peers().stream().map(this::peer).toList()));
    }
    int parts = missed.size();
    if (what.no()) {
      missed.addAll(traffic(rule));
    }
    if (missed.isEmpty()) {
      return Optional.empty();
    }
    NearMiss miss = new NearMiss(rule, block, who.truth(), what.truth(), missed);
    return Optional.of(new Far(miss, (who.no() ? 1 : 0) + (what.no() ? 1 : 0), parts));
  }

  private List<Missed> peer(PeerSpec spec) {
    return switch (spec) {
      case PeerSpec.Anyone _ -> List.of();
      case PeerSpec.Selected(Selector selector) -> selector(selector, false);
      case PeerSpec.InRange(IpSet range, var also) -> {
        boolean counts = other.kind() == Kind.EXTERNAL || also.contains(other.kind());
        boolean inside = other.addresses().set().of(path.family()).overlaps(range);
        yield List.of(
            inside && !counts
                ? new Missed.NotByAddress(range.toString(), other.kind())
                : new Missed.Address(range.toString(), address()));
      }
      case PeerSpec.Runtime(IpSet _, IpSet atMost, var _) ->
          List.of(new Missed.Address(atMost.toString(), address()));
      case PeerSpec.Called(IpSet addresses) ->
          List.of(new Missed.Address(addresses.toString(), called()));
      case PeerSpec.CalledBy _, PeerSpec.Forwarded _ ->
          List.of(new Missed.Address("another way to call", called()));
      case PeerSpec.AllOf(var all) ->
          all.stream()
              .filter(part -> Matching.is(part, other, view, path).no())
              .flatMap(part -> peer(part).stream())
              .toList();
    };
  }

  private String called() {
    return path.via() == Via.POD_ADDRESS ? address() : path.at().set().toString();
  }

  private String address() {
    IpSet own = other.addresses().set().of(path.family());
    return own.isEmpty() || !other.addresses().exact() ? other.id() : own.toString();
  }

  /** The parts of a selector that fail; {@code negated} when they fail by matching. */
  private List<Missed> selector(Selector selector, boolean negated) {
    Truth failing = negated ? Truth.YES : Truth.NO;
    if (Matching.selects(selector, other, view).truth() != failing) {
      return List.of();
    }
    String not = negated ? "not " : "";
    return switch (selector) {
      case Selector.All _ -> List.of();
      case Selector.Is(String id) -> List.of(new Missed.Another(not + id, other.id()));
      case Selector.OfKind(var kinds) ->
          List.of(new Missed.WrongKind(wanted(kinds, negated), other.kind(), other.id()));
      case Selector.InNamespace(String name) ->
          List.of(new Missed.Namespace(not + name, other.namespace()));
      case Selector.HasLabel(var scope, String key) ->
          List.of(label(scope, (negated ? "!" : "") + key, key));
      case Selector.LabelIn(var scope, String key, var values) -> {
        String list = String.join(", ", values.stream().sorted().toList());
        boolean one = values.size() == 1 && !negated;
        yield List.of(
            label(scope, one ? key + "=" + list : key + " " + not + "in (" + list + ")", key));
      }
      case Selector.LabelLike(var scope, String key, var likeness, String part) -> {
        String is = likeness.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        yield List.of(label(scope, key + " " + not + is + " " + part, key));
      }
      case Selector.OfServiceAccount(var names) -> {
        String wanted = not + String.join(", ", names.stream().sorted().toList());
        yield List.of(new Missed.ServiceAccount(wanted, other.facts().serviceAccount()));
      }
      case Selector.OnNode(String node) ->
          List.of(new Missed.OnNode(not + node, other.node().orElse("")));
      case Selector.AtAddress(IpSet range) -> List.of(new Missed.Address(not + range, address()));
      case Selector.Not(Selector of) -> selector(of, !negated);
      case Selector.And(var all) -> negated ? any(all, true) : every(all, false);
      case Selector.Or(var any) -> negated ? every(any, true) : any(any, false);
    };
  }

  private static List<Kind> wanted(Set<Kind> kinds, boolean negated) {
    return Arrays.stream(Kind.values()).filter(k -> kinds.contains(k) != negated).toList();
  }

  /** All that fail must change; of a thing of the wrong kind there is nothing else to say. */
  private List<Missed> every(List<Selector> parts, boolean negated) {
    List<Missed> missed =
        parts.stream().flatMap(s -> selector(s, negated).stream()).distinct().toList();
    return missed.stream()
        .filter(Missed.WrongKind.class::isInstance)
        .findFirst()
        .map(List::of)
        .orElse(missed);
  }

  private List<Missed> any(List<Selector> parts, boolean negated) {
    return fewest(parts.stream().map(s -> selector(s, negated)).toList());
  }

  /** Of several ways to fail the shortest one that asks for the right kind of thing. */
  private static List<Missed> fewest(List<List<Missed>> ways) {
    Comparator<List<Missed>> byKind =
        Comparator.comparing(way -> way.stream().anyMatch(Missed.WrongKind.class::isInstance));
    return ways.stream()
        .filter(way -> !way.isEmpty())
        .min(byKind.thenComparing(List::size))
        .orElse(List.of());
  }

  private Missed label(Scope scope, String wanted, String key) {
    Labels labels = other.labels(scope);
    boolean hidden = labels.known().containsKey(key) && !view.shows(scope, key);
    String who =
        switch (scope) {
          case ENDPOINT -> other.id();
          case NAMESPACE -> other.namespace();
          case SERVICE_ACCOUNT -> other.namespace() + "/" + other.facts().serviceAccount();
          case NODE -> other.node().map(n -> "node/" + n).orElse("the node of " + other.id());
        };
    return new Missed.Label(scope, who, wanted, labels.known().getOrDefault(key, ""), hidden);
  }

  /** What a rule asks for instead: its numbers together, and each name. */
  private List<Missed> traffic(Rule rule) {
    TrafficSet numbers = TrafficSet.NONE;
    List<Missed> out = new ArrayList<>();
    for (TrafficSpec spec : rule.traffic()) {
      switch (spec) {
        case TrafficSpec.Numeric(TrafficSet some) -> numbers = numbers.or(some);
        case TrafficSpec.Called(TrafficSet some) -> numbers = numbers.or(some);
        case TrafficSpec.OnlyTo _, TrafficSpec.Without _ ->
            numbers = numbers.or(ports.resolved(spec, path.to(), view).sure());
        case TrafficSpec.Named named -> {
          String names = String.join(", ", named.names().stream().map(n -> n.name()).toList());
          String meant = ports.resolved(named, path.to(), view).sure().toString();
          out.add(new Missed.PortName(names, meant, path.protocol(), port));
        }
      }
    }
    if (!numbers.isEmpty()) {
      out.addFirst(new Missed.Traffic(numbers.toString(), path.protocol(), port));
    }
    return out;
  }
}
