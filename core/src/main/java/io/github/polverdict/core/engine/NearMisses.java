package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules that would have let a denied path pass but for a part of them. */
public final class NearMisses {
  private final Ports ports;

  public NearMisses(Universe universe) {
    this.ports = new Ports(universe);
  }

  /**
   * A rule of a policy that took part, and why it did not match.
   *
   * @param missed what failed; at least one
   */
  public record NearMiss(Rule rule, Block block, Truth peer, Truth traffic, List<Missed> missed) {
    public NearMiss {
      missed = List.copyOf(missed);
    }
  }

  /** One part of a rule that does not fit. */
  public sealed interface Missed {

    /**
     * A label is not as asked.
     *
     * @param scope of the endpoint itself, or of what it belongs to
     * @param who whose label it is
     * @param wanted as {@code team=shop}, {@code team in (a, b)}, {@code !team}
     * @param actual the value there is; empty when there is none
     * @param hidden whether the label is there but the engine can't see it
     */
    record Label(Selector.Scope scope, String who, String wanted, String actual, boolean hidden)
        implements Missed {}

    /** The rule speaks of another namespace. */
    record Namespace(String wanted, String actual) implements Missed {}

    /** The rule speaks of pods, and this is something else. */
    record NotAPod(Kind kind, String as) implements Missed {}

    /** The rule speaks of other service accounts. */
    record ServiceAccount(String wanted, String actual) implements Missed {}

    /** The rule speaks of what is on, or not on, a node; {@code actual} is empty if not known. */
    record OnNode(String wanted, String actual) implements Missed {}

    /** The address is not in the range. */
    record Address(String range, String actual) implements Missed {}

    /** The address is in the range, but ranges do not match such endpoints in this engine. */
    record NotByAddress(String range, Kind kind) implements Missed {}

    /** The port or protocol is not among those of the rule; the text names them. */
    record Traffic(String wanted, Protocol protocol, int number) implements Missed {}

    /**
     * The port is given by a name that stands for other numbers, or for none, at this destination.
     */
    record PortName(String name, String standsFor, Protocol protocol, int number)
        implements Missed {}
  }

  /** For one gate of a path, the nearest first. */
  public List<NearMiss> of(GateVerdict gate, Path path) {
    List<NearMiss> out = new ArrayList<>();
    View view = gate.plane().view();
    for (Tier tier : gate.plane().tiers()) {
      for (Block block : tier.blocks()) {
        boolean tookPart =
            block.direction() == gate.gate()
                && !Matching.selects(block.subject(), gate.subject(), view).no();
        for (Rule rule : tookPart ? block.rules() : List.<Rule>of()) {
          boolean written = !(rule.origin().place() instanceof Origin.BuiltIn);
          if (rule.action() == Action.ALLOW && written) {
            near(rule, block, gate, path, out);
          }
        }
      }
    }
    out.sort(
        Comparator.comparingInt((NearMiss m) -> failed(m.peer()) + failed(m.traffic()))
            .thenComparingInt(m -> m.missed().size()));
    return out;
  }

  private static int failed(Truth truth) {
    return truth == Truth.NO ? 1 : 0;
  }

  private void near(Rule rule, Block block, GateVerdict gate, Path path, List<NearMiss> out) {
    View view = gate.plane().view();
    Match who = Match.NO;
    Match what = Match.NO;
    Set<Missed> missed = new LinkedHashSet<>();
    for (PeerSpec peer : rule.peers()) {
      who = who.or(Matching.is(peer, gate.peer().endpoint(), view, path.family()));
    }
    for (TrafficSpec spec : rule.traffic()) {
      what = what.or(ports.has(spec, path.to(), path.protocol(), path.port(), view));
    }
    if (who.no()) {
      rule.peers().forEach(p -> missed.addAll(peer(p, gate.peer().endpoint(), view, path)));
    }
    if (what.no()) {
      rule.traffic().forEach(t -> missed.add(traffic(t, path, view)));
    }
    if (!missed.isEmpty()) {
      out.add(new NearMiss(rule, block, who.truth(), what.truth(), List.copyOf(missed)));
    }
  }

  private List<Missed> peer(PeerSpec spec, Endpoint endpoint, View view, Path path) {
    return switch (spec) {
      case PeerSpec.Anyone _, PeerSpec.Runtime _ -> List.of();
      case PeerSpec.Selected(Selector selector) -> selector(selector, endpoint, view, false);
      case PeerSpec.InRange range -> {
        boolean counts = endpoint.kind() == Kind.EXTERNAL || range.also().contains(endpoint.kind());
        var own = endpoint.addresses().set().of(path.family());
        boolean inside = own.overlaps(range.addresses());
        yield List.of(
            inside && !counts
                ? new Missed.NotByAddress(range.addresses().toString(), endpoint.kind())
                : new Missed.Address(range.addresses().toString(), own.toString()));
      }
    };
  }

  /** The parts of a selector that fail; {@code negated} when they fail by matching. */
  private List<Missed> selector(Selector selector, Endpoint e, View view, boolean negated) {
    if (Matching.selects(selector, e, view).truth() == (negated ? Truth.NO : Truth.YES)) {
      return List.of();
    }
    return switch (selector) {
      case Selector.All _, Selector.Is _ -> List.of();
      case Selector.OfKind _ -> List.of(new Missed.NotAPod(e.kind(), e.id()));
      case Selector.InNamespace(String name) -> List.of(new Missed.Namespace(name, e.namespace()));
      case Selector.HasLabel(var scope, String key) ->
          List.of(label(scope, (negated ? "!" : "") + key, key, e, view));
      case Selector.LabelIn(var scope, String key, var values) -> {
        String list = String.join(", ", values.stream().sorted().toList());
        String wanted =
            values.size() == 1 && !negated
                ? key + "=" + list
                : key + (negated ? " not in (" : " in (") + list + ")";
        yield List.of(label(scope, wanted, key, e, view));
      }
      case Selector.LabelLike(var scope, String key, var likeness, String part) -> {
        String is = likeness.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String wanted = key + (negated ? " not " : " ") + is + " " + part;
        yield List.of(label(scope, wanted, key, e, view));
      }
      case Selector.OfServiceAccount(var names) ->
          List.of(
              new Missed.ServiceAccount(
                  String.join(", ", names.stream().sorted().toList()), e.facts().serviceAccount()));
      case Selector.OnNode(String node) -> List.of(new Missed.OnNode(node, e.node().orElse("")));
      case Selector.Not(Selector of) -> selector(of, e, view, !negated);
      case Selector.And(var all) ->
          all.stream().flatMap(s -> selector(s, e, view, negated).stream()).toList();
      case Selector.Or(var any) ->
          any.stream().limit(1).flatMap(s -> selector(s, e, view, negated).stream()).toList();
    };
  }

  private static Missed label(
      Selector.Scope scope, String wanted, String key, Endpoint e, View view) {
    var labels = e.labels(scope);
    String who =
        switch (scope) {
          case ENDPOINT -> e.id();
          case NAMESPACE -> e.namespace();
          case SERVICE_ACCOUNT -> e.namespace() + "/" + e.facts().serviceAccount();
          case NODE -> e.node().map(n -> "node/" + n).orElse("the node of " + e.id());
        };
    String actual = labels.known().getOrDefault(key, "");
    return new Missed.Label(
        scope, who, wanted, actual, !view.shows(scope, key) && labels.known().containsKey(key));
  }

  private Missed traffic(TrafficSpec spec, Path path, View view) {
    return switch (spec) {
      case TrafficSpec.Numeric(var traffic) ->
          new Missed.Traffic(traffic.toString(), path.protocol(), path.port());
      case TrafficSpec.Named named ->
          new Missed.PortName(
              String.join(", ", named.names().stream().map(TrafficSpec.PortName::name).toList()),
              ports.resolved(named, path.to(), view).sure().toString(),
              path.protocol(),
              path.port());
    };
  }
}
