package io.github.polverdict.workbench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.questions.verify.Recorded;
import io.github.polverdict.questions.verify.VerifyQuestion;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.questions.verify.choice.Place;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final long SEED = Long.getLong("seed", 20261128L);
  private static final int WORLDS = 60;

  private static VerifyQuestion all() {
    return new VerifyQuestion(Set.of(), List.of(), 1_000_000, 1);
  }

  private static Choice choose(VerifyQuestion question, Session session) {
    return question.choose(session, List.of(), _ -> Optional.empty());
  }

  /** A generated cluster: pods that run or not, on two nodes, under policies with ports. */
  private static Session world(long seed) {
    Random random = new Random(seed);
    List<String> yaml = new ArrayList<>(List.of(Given.namespace("a"), Given.namespace("b")));
    yaml.add(TwoNodes.node("n1", "192.0.2.1"));
    yaml.add(TwoNodes.node("n2", "192.0.2.2"));
    int pods = 2 + random.nextInt(5);
    for (int i = 0; i < pods; i++) {
      String id = (random.nextBoolean() ? "a" : "b") + "/p" + i;
      yaml.add(TwoNodes.pod(id, "10.1.0." + (i + 1), random.nextBoolean() ? "n1" : "n2"));
    }
    if (random.nextBoolean()) {
      yaml.add(Given.deployment("a", "later"));
    }
    for (int i = 0; i < random.nextInt(4); i++) {
      String ports =
          random.nextBoolean()
              ? "ports: [{port: %d, endPort: %d}]".formatted(80 + i, 90 + random.nextInt(9))
              : "from: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 53, protocol: UDP}]";
      yaml.add(
          TwoNodes.ingress(
              (random.nextBoolean() ? "a" : "b") + "/p" + random.nextInt(pods),
              random.nextInt(4) == 0 ? "[]" : "[{" + ports + "}]"));
    }
    return Given.under("kubernetes", yaml.toArray(String[]::new));
  }

  /** Every pair of endpoints, one by one. */
  private static final class Exhaustive {
    final Set<String> triable = new TreeSet<>();
    final Set<String> pairs = new HashSet<>();
    final Set<String> triablePairs = new HashSet<>();
    private final ReachMatrix matrix;

    Exhaustive(Session session) {
      matrix = session.matrix(Family.IPV4);
      for (Endpoint from : session.universe().endpoints()) {
        for (Endpoint to : session.universe().endpoints()) {
          if (Kind.INSIDE.contains(from.kind()) || Kind.INSIDE.contains(to.kind())) {
            String pair = matrix.classOf(from) + ">" + matrix.classOf(to);
            pairs.add(pair);
            if (runs(from) && (to.kind() == Kind.NODE || runs(to))) {
              triablePairs.add(pair);
              pieces().forEach(piece -> triable.add(key(from, to, piece)));
            }
          }
        }
      }
    }

    private static boolean runs(Endpoint pod) {
      return pod.kind() == Kind.POD && pod.addresses().exact();
    }

    private List<TrafficSet> pieces() {
      return matrix.atoms().stream().filter(a -> spoken(a)).toList();
    }

    private boolean spoken(TrafficSet atom) {
      return matrix.atoms().stream().filter(a -> protocol(a).equals(protocol(atom))).count() > 1
          || protocol(atom).equals("TCP");
    }

    private static String protocol(TrafficSet atom) {
      return atom.toString().replaceFirst(" .*", "");
    }

    String key(Endpoint from, Endpoint to, TrafficSet atom) {
      return matrix.classOf(from)
          + ">"
          + matrix.classOf(to)
          + " "
          + Place.of(from, to)
          + " "
          + atom;
    }

    String key(Trial trial) {
      Flow flow = trial.flow();
      TrafficSet atom =
          matrix.atoms().stream()
              .filter(a -> a.contains(flow.protocol(), flow.port()))
              .findFirst()
              .orElseThrow();
      return key(flow.from(), ((Flow.Target.ToEndpoint) flow.to()).endpoint(), atom);
    }
  }

  @Test
  void every_distinguishable_class_of_flows_is_tried_once_or_skipped_for_a_reason() {
    for (int i = 0; i < WORLDS; i++) {
      Session session = world(SEED + i);
      Exhaustive exhaustive = new Exhaustive(session);
      Choice choice = choose(all(), session);
      List<String> keys = choice.trials().stream().map(exhaustive::key).toList();

      assertThat(new TreeSet<>(keys)).as("seed %d", SEED + i).isEqualTo(exhaustive.triable);
      assertThat(choice.trials().stream().map(t -> t.flow() + " " + t.at()).distinct())
          .as("seed %d", SEED + i)
          .hasSameSizeAs(choice.trials());
      // what is served in a piece is a class of its own beside what is not
      long served = keys.size() - new HashSet<>(keys).size();
      assertThat(served)
          .as("seed %d", SEED + i)
          .isEqualTo(choice.trials().stream().filter(t -> t.flow().port() == 8080).count());
      assertThat(choice.coverage().distinguishable()).isEqualTo(choice.trials().size());
      Set<String> skipped = new HashSet<>(exhaustive.pairs);
      skipped.removeAll(exhaustive.triablePairs);
      assertThat(choice.coverage().skippedInAll() == 0)
          .as("seed %d", SEED + i)
          .isEqualTo(skipped.isEmpty());
      assertThat(choice.coverage().skippedInAll())
          .as("seed %d", SEED + i)
          .isGreaterThanOrEqualTo(skipped.size() * (long) exhaustive.pieces().size());
    }
  }

  @Test
  void the_same_seed_chooses_the_same_flows_and_another_one_others() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyQuestion few = new VerifyQuestion(Set.of(), List.of(), 30, 7);

    assertThat(choose(few, session)).isEqualTo(choose(few, session));
    assertThat(choose(few, session).trials())
        .hasSize(30)
        .isNotEqualTo(choose(new VerifyQuestion(Set.of(), List.of(), 30, 8), session).trials());
  }

  @Test
  void a_small_budget_still_tries_one_flow_of_every_policy_that_decides() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    Choice choice = choose(new VerifyQuestion(Set.of(), List.of(), 40, 1), session);
    List<String> reasons =
        choice.trials().stream()
            .map(t -> session.judge().judge(t.flow()))
            .map(v -> io.github.polverdict.questions.words.Reasons.of(v).policy())
            .toList();

    assertThat(reasons)
        .contains("NetworkPolicy data/db", "NetworkPolicy data/cache", "NetworkPolicy data/closed");
  }

  @Test
  void flows_that_are_predicted_otherwise_since_the_last_run_come_first() {
    Session before = TwoNodes.under(TwoNodes.ENGINE);
    List<Recorded> recorded =
        choose(all(), before).trials().stream()
            .map(t ->
                new Recorded(
                    t.id(),
                    t.flow().from().id(),
                    call(t),
                    Optional.of(before.judge().judge(t.flow()).outcome()),
                    Optional.of(
                        new Recorded.Seen(
                            io.github.polverdict.core.model.Observation.Sign.INCONCLUSIVE,
                            1,
                            Duration.ZERO,
                            ""))))
            .toList();
    Session now = TwoNodes.under(TwoNodes.ENGINE, TwoNodes.ingress("shop/web", "[]"));
    Choice choice =
        new VerifyQuestion(Set.of(), List.of(), 5, 1).choose(now, recorded, _ -> Optional.empty());

    assertThat(choice.trials())
        .hasSize(5)
        .allSatisfy(t ->
            assertThat(((Flow.Target.ToEndpoint) t.flow().to()).endpoint().id())
                .isEqualTo("shop/web"));
  }

  private static Recorded.Call call(Trial trial) {
    Flow flow = trial.flow();
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          new Recorded.Call(
              to.id(),
              io.github.polverdict.core.model.Passage.Via.POD_ADDRESS,
              trial.at(),
              flow.protocol(),
              flow.port());
      case Flow.Target.ToService to ->
          new Recorded.Call(to.service().id(), to.via(), trial.at(), flow.protocol(), flow.port());
    };
  }

  @Test
  void services_are_called_by_each_of_their_addresses_and_by_the_pods_behind_them() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    List<String> calls =
        choose(all(), session).trials().stream()
            .filter(t -> t.flow().to() instanceof Flow.Target.ToService)
            .map(t -> t.flow().from().id() + " " + t.at() + ":" + t.flow().port())
            .toList();

    assertThat(calls).contains("shop/api 10.96.0.7:80").hasSizeGreaterThan(2);
    assertThat(calls).allMatch(c -> c.endsWith("10.96.0.7:80"));
  }

  @Test
  void outside_addresses_are_called_only_when_they_were_said() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    IpAddress address = IpAddress.parse("203.0.113.9").orElseThrow();
    Choice without = choose(all(), session);
    Choice with = choose(new VerifyQuestion(Set.of(), List.of(address), 1_000_000, 1), session);

    assertThat(without.trials()).noneMatch(t -> t.at().equals(address));
    assertThat(without.coverage().skipped()).containsKey("no outside address to call was said");
    assertThat(with.trials()).anyMatch(t -> t.at().equals(address));
    assertThat(with.coverage().skipped()).doesNotContainKey("no outside address to call was said");
  }

  @Test
  void pods_of_namespaces_that_were_not_asked_for_send_nothing() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    Choice choice = choose(new VerifyQuestion(Set.of("data"), List.of(), 1_000_000, 1), session);

    assertThat(choice.trials())
        .isNotEmpty()
        .allSatisfy(t -> assertThat(t.flow().from().namespace()).isEqualTo("data"));
  }

  @Test
  void pods_that_cannot_send_are_skipped_with_the_reason() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    Choice choice =
        all()
            .choose(
                session,
                List.of(),
                pod -> pod.id().equals("shop/web") ? Optional.of("no shell") : Optional.empty());

    assertThat(choice.trials()).noneMatch(t -> t.flow().from().id().equals("shop/web"));
    assertThat(choice.coverage().skipped()).containsKey("no shell");
  }
}
