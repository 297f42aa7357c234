package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec.Resolution;
import io.github.polverdict.dialects.cilium.policy.Peers.Peer;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rule as blocks: what it denies comes before what anything allows, and it isolates in the
 * directions that it has sections for, unless {@code enableDefaultDeny} says no.
 *
 * @param nodes the names of all nodes, for the entities that depend on the subject's own
 * @param mayNotIsolate whether {@code enableDefaultDeny} is known
 */
record RuleBlocks(
    String name,
    Selector subject,
    Peers peers,
    Resolution egressNames,
    List<String> nodes,
    boolean mayNotIsolate) {
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
        .forEach(e -> {
          List<String> keys = Sanity.peers(e.field()).toList();
          List<Peer> who = new ArrayList<>();
          keys.forEach(key -> who.addAll(peers.of(key, e.field().get(key))));
          boolean anyone = keys.isEmpty() && hasTraffic(e.field());
          if (anyone) {
            who.add(new Peer(PeerSpec.ANYONE, e.field()));
          }
          who.forEach(p -> out.addAll(rules(e, p, direction)));
        });
    return out;
  }

  /** An entry without peers is about everybody when it names traffic, and about nobody when not. */
  private static boolean hasTraffic(Field entry) {
    return entry.get("toPorts").present() || entry.get("icmps").present();
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
    Resolution names = direction == Direction.INGRESS ? Resolution.ON_THE_DESTINATION : egressNames;
    List<Rule> out = new ArrayList<>();
    for (Traffic traffic : Traffic.of(entry.field(), names)) {
      List<Doubt> onlyIf = new ArrayList<>(peer.onlyIf());
      onlyIf.addAll(traffic.onlyIf());
      out.add(
          new Rule(
              entry.action() == Action.DENY ? DENY : ALLOW,
              List.of(peer.who()),
              traffic.what(),
              entry.action(),
              onlyIf,
              peer.place().origin()));
    }
    return out;
  }

  /** The entities host and remote-node: a block for each node, about its own pods. */
  private List<Block> ownNode(Field rule, Direction direction, Field place) {
    List<Block> out = new ArrayList<>();
    String key = direction == Direction.INGRESS ? "fromEntities" : "toEntities";
    for (String node : nodes) {
      Selector here = new Selector.OnNode(node);
      Selector hosts = new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD));
      List<Rule> rules = new ArrayList<>();
      entries(rule, direction)
          .forEach(e -> {
            for (Field entity : e.field().get(key).items()) {
              Selector other = entity.text("").equals("host") ? here : new Selector.Not(here);
              if (Set.of("host", "remote-node").contains(entity.text(""))) {
                PeerSpec who = new PeerSpec.Selected(Selector.and(hosts, other));
                rules.addAll(rules(e, new Peer(who, entity), direction));
              }
            }
          });
      if (!rules.isEmpty()) {
        out.add(block(Selector.and(subject, here), direction, false, rules, place));
      }
    }
    return out;
  }
}
