package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.cilium.policy.Peers.Peer;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule as blocks: what it denies comes before what anything allows, and it isolates in the
 * directions that it has sections for, unless {@code enableDefaultDeny} says no.
 *
 * @param nodes the names of all nodes, for the peers that depend on the subject's own
 * @param mayNotIsolate whether {@code enableDefaultDeny} is known
 * @param ranges whether {@code endPort} is known
 * @param authentication what becomes of what must be authenticated
 * @param unproxied why nothing of what is sent to the proxy passes, where there is none
 */
record RuleBlocks(
    String name,
    Selector subject,
    Peers peers,
    Resolution egressNames,
    List<String> nodes,
    boolean mayNotIsolate,
    boolean ranges,
    Authentication authentication,
    Optional<Doubt> unproxied) {
  private static final int DENY = -1;
  private static final int ALLOW = 0;

  List<Block> of(Field rule) {
    List<Block> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      String section = direction == Direction.INGRESS ? "ingress" : "egress";
      Field allows = rule.get(section);
      Field denies = rule.get(section + "Deny");
      if (allows.items().isEmpty() && denies.items().isEmpty()) {
        continue;
      }
      boolean isolates =
          !mayNotIsolate || rule.get("enableDefaultDeny").get(section).bool().orElse(true);
      Field place = allows.present() ? allows : denies;
      out.add(block(subject, direction, isolates, rules(rule, direction), place));
      out.addAll(ownNode(rule, direction, place));
    }
    return out;
  }

  private Block block(
      Selector who, Direction direction, boolean isolates, List<Rule> rules, Field place) {
    return new Block(name, who, direction, isolates, rules, List.of(), place.origin());
  }

  private List<Rule> rules(Field rule, Direction direction) {
    List<Rule> out = new ArrayList<>();
    entries(rule, direction)
        .forEach(e ->
            peers.of(e.field()).stream()
                .flatMap(p ->
                    e.action() == Action.DENY ? peers.denied(p, direction).stream() : Stream.of(p))
                .forEach(p -> out.addAll(rules(e, p, direction))));
    return out;
  }

  /** One item of a section. */
  private record Entry(Field field, Action action) {}

  private static Stream<Entry> entries(Field rule, Direction direction) {
    String section = direction == Direction.INGRESS ? "ingress" : "egress";
    return Stream.concat(
        rule.get(section).items().stream().map(f -> new Entry(f, Action.ALLOW)),
        rule.get(section + "Deny").items().stream().map(f -> new Entry(f, Action.DENY)));
  }

  private List<Rule> rules(Entry entry, Peer peer, Direction direction) {
    Resolution names =
        direction == Direction.INGRESS ? Resolution.LAST_ON_THE_DESTINATION : egressNames;
    List<Rule> out = new ArrayList<>();
    for (Traffic traffic : Traffic.of(entry.field(), names, ranges)) {
      if (authentication.isAsked(entry.field())) {
        Field asked = entry.field().get("authentication");
        out.add(closed(asked, peer, traffic, authentication.unlessPassed(entry.field())));
        if (!authentication.mayPass(entry.field())) {
          continue;
        }
      }
      if (traffic.proxied().isPresent()) {
        Doubt why = unproxied.orElse(traffic.proxied().get());
        out.add(closed(entry.field().get("toPorts"), peer, traffic, why));
        if (unproxied.isPresent()) {
          continue;
        }
      }
      boolean lookedUp = direction == Direction.EGRESS && !peer.who().equals(peer.named());
      if (!lookedUp) {
        out.add(rule(entry, peer, peer.who(), traffic));
        continue;
      }
      traffic.named().ifPresent(t -> out.add(rule(entry, peer, peer.named(), t)));
      traffic.numbered().ifPresent(t -> out.add(rule(entry, peer, peer.who(), t)));
    }
    return out;
  }

  /** What does not pass by one rule may not pass by others either that allow it. */
  private static Rule closed(Field place, Peer peer, Traffic traffic, Doubt doubt) {
    List<Doubt> onlyIf = new ArrayList<>(peer.onlyIf());
    onlyIf.add(doubt);
    List<PeerSpec> who = List.of(peer.who());
    return new Rule(DENY, who, traffic.what(), Action.DENY, onlyIf, place.origin());
  }

  private static Rule rule(Entry entry, Peer peer, PeerSpec who, Traffic traffic) {
    List<Doubt> onlyIf = new ArrayList<>(peer.onlyIf());
    onlyIf.addAll(traffic.onlyIf());
    return new Rule(
        entry.action() == Action.DENY ? DENY : ALLOW,
        List.of(who),
        traffic.what(),
        entry.action(),
        onlyIf,
        peer.place().origin());
  }

  /** The peers that depend on the subject's own node: a block for each node, about its pods. */
  private List<Block> ownNode(Field rule, Direction direction, Field place) {
    List<Block> out = new ArrayList<>();
    for (String node : nodes) {
      List<Rule> rules = new ArrayList<>();
      entries(rule, direction)
          .forEach(
              e -> peers.of(e.field(), node).forEach(p -> rules.addAll(rules(e, p, direction))));
      if (!rules.isEmpty()) {
        Selector here = new Selector.OnNode(node);
        out.add(block(Selector.and(subject, here), direction, false, rules, place));
      }
    }
    return out;
  }
}
