package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.calico.policy.Services.Backends;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks of one policy: its rules in their order, by those of its subjects that a rule's own
 * end means. Whom the policy selects is isolated by it.
 */
final class PolicyBlocks {
  private final Document policy;
  private final Selector subject;
  private final String namespace;
  private final Entities entities;
  private final Services services;
  private final Context context;

  /** What the policies of a cluster share. */
  record Ground(LabelledAddresses labelled, Services services, Context context) {}

  PolicyBlocks(Document policy, Selector subject, String namespace, Ground ground) {
    this.policy = policy;
    this.subject = subject;
    this.namespace = namespace;
    this.entities = new Entities(ground.labelled(), namespace);
    this.services = ground.services();
    this.context = ground.context();
  }

  /**
   * Those of one direction.
   *
   * @param rank of the first rule
   */
  List<Block> of(Direction direction, int rank) {
    boolean in = direction == Direction.INGRESS;
    Field section = policy.at("spec", in ? "ingress" : "egress");
    Map<Selector, List<Rule>> bySubject = new LinkedHashMap<>();
    bySubject.put(subject, new ArrayList<>());
    List<Field> rules = section.items();
    for (int i = 0; i < rules.size(); i++) {
      Field own = rules.get(i).get(in ? "destination" : "source");
      Selector who = entities.own(own).<Selector>map(s -> Selector.and(subject, s)).orElse(subject);
      bySubject
          .computeIfAbsent(who, _ -> new ArrayList<>())
          .addAll(rules(rules.get(i), direction, rank + i));
    }
    List<Block> out = new ArrayList<>();
    bySubject.forEach((who, theirs) ->
        out.add(
            new Block(
                policy.id().text(),
                who,
                direction,
                who.equals(subject),
                theirs,
                List.of(),
                section.present() ? section.origin() : policy.at("spec").origin())));
    return out;
  }

  private List<Rule> rules(Field rule, Direction direction, int rank) {
    boolean in = direction == Direction.INGRESS;
    String does = rule.get("action").text("");
    if (does.equals("Log")) {
      return List.of();
    }
    Action action =
        switch (does) {
          case "Allow" -> Action.ALLOW;
          case "Pass" -> Action.PASS;
          case String _ -> Action.DENY;
        };
    Traffic traffic = Traffic.of(rule);
    List<Doubt> onlyIf = new ArrayList<>(traffic.onlyIf());
    if (entities.asksForOwnAddress(rule.get(in ? "destination" : "source"))) {
      onlyIf.add(Doubt.Unverified.of(context.origin("calico.own-addresses")));
    }
    if (rule.get("http").present() && context.active("calico.application-layer-policy")) {
      onlyIf.add(
          new Doubt.KnownAtRuntime("which requests it is, for http", rule.get("http").origin()));
    }
    Field other = rule.get(in ? "source" : "destination");
    List<TrafficSpec> said = traffic.specs(context.active("calico.named-port-scope"));
    List<Rule> out = new ArrayList<>();
    if (other.get("services").present()) {
      for (Backends some : services.of(other.get("services"), namespace, !in)) {
        List<Doubt> doubts = new ArrayList<>(onlyIf);
        doubts.addAll(some.onlyIf());
        List<TrafficSpec> both = in ? said : both(some.traffic(), traffic);
        out.add(new Rule(rank, List.of(some.who()), both, action, doubts, rule.origin()));
      }
      return out;
    }
    List<PeerSpec> peers = entities.peers(other, traffic.family());
    return List.of(new Rule(rank, peers, said, action, onlyIf, rule.origin()));
  }

  /** Traffic to a Service's endpoints that the rule's protocol is, too. */
  private static List<TrafficSpec> both(List<TrafficSpec> some, Traffic traffic) {
    List<TrafficSpec> out = new ArrayList<>();
    for (TrafficSpec spec : some) {
      switch (spec) {
        case TrafficSpec.Numeric(TrafficSet numbers) ->
            out.add(new TrafficSpec.Numeric(numbers.and(traffic.numbers())));
        case TrafficSpec.Named named -> {
          TrafficSet all = TrafficSet.all(named.names().getFirst().protocol());
          if (all.minus(traffic.numbers()).isEmpty()) {
            out.add(named);
          }
        }
      }
    }
    return out;
  }
}
