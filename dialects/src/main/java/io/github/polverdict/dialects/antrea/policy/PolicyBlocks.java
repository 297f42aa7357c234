package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.antrea.policy.Peers.Peer;
import io.github.polverdict.dialects.antrea.policy.Subjects.Entry;
import io.github.polverdict.dialects.antrea.policy.Subjects.Subject;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The blocks of one policy: its rules by those who they are for. Nobody is isolated by them. A rule
 * whose peers depend on the subject's namespace becomes one for each namespace, or for each value
 * that namespaces have for some labels (antreaclusternetworkpolicy.go,
 * processAntreaClusterNetworkPolicy).
 */
final class PolicyBlocks {
  private final Document policy;
  private final Homes homes;
  private final Subjects subjects;
  private final Peers peers;
  private final IntUnaryOperator rank;
  private final Map<Subject, List<Rule>> bySubject = new LinkedHashMap<>();

  /**
   * @param rank of a rule by its place
   */
  PolicyBlocks(
      Document policy, Homes homes, Subjects subjects, Peers peers, IntUnaryOperator rank) {
    this.policy = policy;
    this.homes = homes;
    this.subjects = subjects;
    this.peers = peers;
    this.rank = rank;
  }

  List<Block> of(Direction direction) {
    bySubject.clear();
    Field section = policy.at("spec", direction == Direction.INGRESS ? "ingress" : "egress");
    List<Field> rules = section.items();
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), direction == Direction.INGRESS ? "from" : "to", rank.applyAsInt(i));
    }
    List<Block> out = new ArrayList<>();
    bySubject.forEach((subject, theirs) ->
        out.add(
            new Block(
                policy.id().text(),
                subject.who(),
                direction,
                false,
                theirs,
                subject.onlyIf(),
                section.origin())));
    return out;
  }

  private void rule(Field rule, String side, int rank) {
    List<Field> plain = new ArrayList<>();
    List<Field> self = new ArrayList<>();
    List<Field> alike = new ArrayList<>();
    for (Field peer : rule.get(side).items()) {
      Field namespaces = peer.get("namespaces");
      if (!namespaces.present()) {
        plain.add(peer);
      } else if (namespaces.get("match").text("").equals("Self")) {
        self.add(peer);
      } else if (!namespaces.get("sameLabels").items().isEmpty()) {
        alike.add(peer);
      }
    }
    List<Field> own = rule.get("appliedTo").items();
    List<Field> appliedTo = own.isEmpty() ? policy.at("spec", "appliedTo").items() : own;
    if (!plain.isEmpty() || self.isEmpty() && alike.isEmpty()) {
      List<Rule> rules = rules(rule, plain(rule, plain), rank);
      subjects.of(appliedTo).forEach(s -> add(s, rules));
    }
    List<Entry> entries = subjects.entries(appliedTo);
    if (!self.isEmpty()) {
      self(rule, self, own.isEmpty() ? Subjects.lastOf(entries) : each(entries), rank);
    }
    for (Field peer : alike) {
      alike(rule, peer, Subjects.lastOf(Subjects.tail(entries)), rank);
    }
  }

  private void add(Subject subject, List<Rule> rules) {
    bySubject.computeIfAbsent(subject, _ -> new ArrayList<>()).addAll(rules);
  }

  private static List<Selector> each(List<Entry> entries) {
    return entries.stream().<Selector>map(e -> Selector.and(e.namespaces(), e.pods())).toList();
  }

  private List<Peer> plain(Field rule, List<Field> entries) {
    if (rule.get("toServices").present()) {
      return peers.services(rule.get("toServices"));
    }
    return entries.isEmpty()
        ? peers.all(rule)
        : entries.stream().flatMap(e -> peers.of(e).stream()).toList();
  }

  private void self(Field rule, List<Field> entries, List<Selector> who, int rank) {
    for (String namespace : homes.names()) {
      Selector here = new Selector.InNamespace(namespace);
      List<Peer> theirs = entries.stream().map(e -> Peers.within(here, e)).toList();
      Subject subject = new Subject(Selector.and(here, new Selector.Or(who)), List.of());
      add(subject, rules(rule, theirs, rank));
    }
  }

  private void alike(Field rule, Field entry, List<Selector> who, int rank) {
    List<String> keys =
        entry.get("namespaces").get("sameLabels").items().stream().map(f -> f.text("")).toList();
    for (List<String> values : homes.values(keys)) {
      List<Selector> labels = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        labels.add(new Selector.LabelIn(Scope.NAMESPACE, keys.get(i), Set.of(values.get(i))));
      }
      Selector there = new Selector.And(labels);
      Subject subject = new Subject(Selector.and(there, new Selector.Or(who)), List.of());
      add(subject, rules(rule, List.of(Peers.within(there, entry)), rank));
    }
  }

  /** A rule for each peer; where requests decide, one that allows and one that does not. */
  private static List<Rule> rules(Field rule, List<Peer> peers, int rank) {
    Action action =
        switch (rule.get("action").text("")) {
          case "Allow" -> Action.ALLOW;
          case "Pass" -> Action.PASS;
          case String _ -> Action.DENY; // Drop and Reject
        };
    Field l7 = rule.get("l7Protocols");
    List<Rule> out = new ArrayList<>();
    for (Peer peer : peers) {
      for (Traffic traffic : Traffic.of(rule)) {
        List<Doubt> onlyIf = new ArrayList<>(peer.onlyIf());
        onlyIf.addAll(traffic.onlyIf());
        Rule whole =
            new Rule(
                rank, List.of(peer.who()), traffic.what(), action, onlyIf, peer.place().origin());
        if (l7.items().isEmpty()) {
          out.add(whole);
        } else {
          out.add(
              whole.onlyIf(
                  new Doubt.KnownAtRuntime("which requests it is, for L7 rules", l7.origin())));
          out.add(new Rule(rank, whole.peers(), whole.traffic(), Action.DENY, onlyIf, l7.origin()));
        }
      }
    }
    return out;
  }
}
