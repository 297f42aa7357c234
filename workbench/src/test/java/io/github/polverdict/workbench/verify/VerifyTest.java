package io.github.polverdict.workbench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.questions.verify.Agreement;
import io.github.polverdict.questions.verify.Cause;
import io.github.polverdict.questions.verify.Evidence;
import io.github.polverdict.questions.verify.Explanation;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer.Row;
import io.github.polverdict.questions.verify.VerifyQuestion;
import io.github.polverdict.questions.verify.choice.Choice;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Packets of a cluster that is known in full, against what is predicted of it. */
class VerifyTest {
  private static final VerifyQuestion QUESTION =
      new VerifyQuestion(Set.of(), List.of(), 1_000_000, 1);

  /** What packets would do in the cluster as it really is, but for what a test changes. */
  private static VerifyAnswer verify(
      Session predicted, Session truth, BiFunction<Trial, Sign, Sign> but) {
    return verify(
        predicted, truth, but, new Evidence(Optional.empty(), TwoNodes.alternatives(predicted)));
  }

  private static VerifyAnswer verify(
      Session predicted, Session truth, BiFunction<Trial, Sign, Sign> but, Evidence evidence) {
    Choice choice = QUESTION.choose(predicted, List.of(), _ -> Optional.empty());
    List<Observation> seen = new ArrayList<>();
    for (Trial trial : choice.trials()) {
      Outcome really = truth.judge().judge(trial.flow()).outcome();
      Sign sign =
          switch (really) {
            case ALLOWED -> Sign.CONNECTED;
            case DENIED -> Sign.DROPPED;
            case UNKNOWN -> Sign.INCONCLUSIVE;
          };
      Sign changed = but.apply(trial, sign);
      seen.add(new Observation(trial, changed, 1, Duration.ofMillis(3), ""));
    }
    return QUESTION.compare(predicted, choice, seen, evidence);
  }

  private static BiFunction<Trial, Sign, Sign> where(Predicate<Trial> which, Sign instead) {
    return (trial, sign) -> which.test(trial) ? instead : sign;
  }

  private static final BiFunction<Trial, Sign, Sign> AS_IT_IS = (_, sign) -> sign;

  private static boolean to(Trial trial, String id) {
    return trial.flow().to() instanceof Flow.Target.ToEndpoint(Endpoint to) && to.id().equals(id);
  }

  private static boolean passes(Trial trial, Session session) {
    return session.judge().judge(trial.flow()).outcome() == Outcome.ALLOWED;
  }

  private static List<Explanation> explanations(VerifyAnswer answer) {
    return answer.with(Agreement.CONTRADICTED).stream()
        .map(r -> r.explanation().orElseThrow())
        .toList();
  }

  private static void allFrom(VerifyAnswer answer, Cause cause) {
    assertThat(explanations(answer))
        .isNotEmpty()
        .allSatisfy(e -> assertThat(e.cause()).isEqualTo(cause));
  }

  @Test
  void packets_that_do_what_is_predicted_contradict_nothing() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer answer = verify(session, session, AS_IT_IS);

    assertThat(answer.with(Agreement.CONTRADICTED)).isEmpty();
    assertThat(answer.with(Agreement.CONFIRMED)).hasSize(answer.rows().size());
    assertThat(answer.tallies()).allSatisfy(t -> assertThat(t.refuted()).isZero());
  }

  @Test
  void a_profile_with_a_row_switched_off_is_caught_and_the_row_is_named() {
    // before 1.16 endPort is ignored; the wrong profile says that it is not
    Session truth = TwoNodes.under("cilium@1.15.19");
    Session wrong = TwoNodes.switched("cilium@1.15.19", "cilium.endport", false);
    VerifyAnswer answer = verify(wrong, truth, AS_IT_IS);

    allFrom(answer, Cause.PREDICTION_WRONG);
    assertThat(explanations(answer))
        .allSatisfy(e -> assertThat(e.rows()).contains("cilium.endport"));
  }

  @Test
  void a_row_that_is_confirmed_or_refuted_is_counted() {
    Session truth = TwoNodes.under("cilium@1.20.2");
    Session old = TwoNodes.under("cilium@1.15.19");
    VerifyAnswer right = verify(old, old, AS_IT_IS);
    VerifyAnswer wrong = verify(old, truth, AS_IT_IS);

    assertThat(right.tallies())
        .anySatisfy(t -> {
          assertThat(t.row().quirk()).isEqualTo("cilium.endport");
          assertThat(t.confirmed()).isPositive();
        });
    assertThat(wrong.with(Agreement.CONTRADICTED)).isNotEmpty();
  }

  @Test
  void an_agent_that_still_runs_with_other_settings_is_named() {
    Session told = TwoNodes.under(TwoNodes.ENGINE + ",enable-policy=always");
    Session runs = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer answer = verify(told, runs, AS_IT_IS);

    allFrom(answer, Cause.AGENT);
    assertThat(explanations(answer))
        .anySatisfy(e -> assertThat(e.sentence()).contains("enable-policy"));
  }

  @Test
  void an_agent_that_denies_nothing_on_its_node_is_down_and_the_other_node_is_not_blamed() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer answer =
        verify(
            session,
            session,
            where(t -> to(t, "data/cache") || to(t, "data/closed"), Sign.CONNECTED));

    allFrom(answer, Cause.AGENT);
    assertThat(explanations(answer)).allSatisfy(e -> assertThat(e.sentence()).contains("n2"));
    assertThat(answer.with(Agreement.CONFIRMED))
        .anySatisfy(r -> assertThat(r.flow().call().to()).isEqualTo("data/db"));
  }

  @Test
  void a_policy_of_which_nothing_holds_where_others_do_is_not_yet_realised() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    allFrom(
        verify(session, session, where(t -> to(t, "data/closed"), Sign.CONNECTED)),
        Cause.NOT_REALISED);
  }

  @Test
  void a_policy_that_was_deleted_during_the_run_is_a_change() {
    Session before = TwoNodes.under(TwoNodes.ENGINE, TwoNodes.ingress("shop/web", "[]"));
    Session after = TwoNodes.under(TwoNodes.ENGINE);
    Evidence evidence = new Evidence(Optional.of(after), TwoNodes.alternatives(before));

    allFrom(verify(before, after, AS_IT_IS, evidence), Cause.CHANGED);
  }

  @Test
  void a_pod_that_reaches_nobody_while_others_do_is_a_broken_probe() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer answer =
        verify(session, session, where(t -> t.flow().from().id().equals("shop/web"), Sign.DROPPED));

    allFrom(answer, Cause.PROBE_BROKEN);
  }

  @Test
  void a_refusal_where_the_engine_only_drops_is_of_another_layer() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    allFrom(
        verify(
            session,
            session,
            where(
                t -> to(t, "shop/web") && t.flow().port() == 8080 && passes(t, session),
                Sign.REFUSED_BY_POLICY)),
        Cause.OTHER_LAYER);
  }

  @Test
  void so_is_one_where_the_engine_refuses_for_policies_of_the_client_and_it_has_none() {
    Session session = TwoNodes.under(TwoNodes.ENGINE + ",policy-deny-response=icmp");
    allFrom(
        verify(
            session,
            session,
            where(t -> to(t, "shop/web") && passes(t, session), Sign.REFUSED_BY_POLICY)),
        Cause.OTHER_LAYER);
  }

  @Test
  void nodes_between_which_nothing_passes_are_another_layer() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer answer =
        verify(
            session,
            session,
            (t, sign) -> {
              boolean between =
                  t.flow().to() instanceof Flow.Target.ToEndpoint(Endpoint to)
                      && t.flow().from().node().equals(Optional.of("n1"))
                      && to.node().equals(Optional.of("n2"));
              return between && sign == Sign.CONNECTED ? Sign.DROPPED : sign;
            });

    allFrom(answer, Cause.OTHER_LAYER);
  }

  @Test
  void a_single_flow_that_nothing_explains_leaves_the_prediction_in_the_wrong() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer answer =
        verify(
            session,
            session,
            where(
                t ->
                    to(t, "data/closed")
                        && t.flow().port() == 8080
                        && t.flow().from().id().equals("shop/web"),
                Sign.CONNECTED));

    assertThat(explanations(answer))
        .singleElement()
        .satisfies(e -> {
          assertThat(e.cause()).isEqualTo(Cause.PREDICTION_WRONG);
          assertThat(e.certain()).isFalse();
          assertThat(e.sentence()).contains("NetworkPolicy data/closed");
        });
  }

  @Test
  void a_cluster_that_enforces_nothing_is_an_agents_fault_and_not_each_policys() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    allFrom(verify(session, session, (_, _) -> Sign.CONNECTED), Cause.AGENT);
  }

  @Test
  void a_flow_that_passes_where_the_canary_failed_is_an_agents_fault() {
    Session plain = TwoNodes.under(TwoNodes.ENGINE);
    Finding failed =
        new Finding(
            "PV120",
            Severity.WARNING,
            "the canary failed: nothing is enforced",
            "look at the agents",
            new Origin.Said("canary.json"));
    Session warned =
        Workbench.installed()
            .open(
                plain.snapshot().with(List.of(), List.of(failed)),
                Optional.of(CniSpec.parse(TwoNodes.ENGINE)),
                Grouping.WORKLOAD);
    BiFunction<Trial, Sign, Sign> opened =
        where(
            t ->
                to(t, "data/closed")
                    && t.flow().port() == 8080
                    && t.flow().from().id().equals("shop/web"),
            Sign.CONNECTED);

    assertThat(explanations(verify(warned, plain, opened)))
        .singleElement()
        .satisfies(e -> {
          assertThat(e.cause()).isEqualTo(Cause.AGENT);
          assertThat(e.sentence()).contains("the canary failed");
          assertThat(e.todo()).isEqualTo("look at the agents");
        });
  }

  @Test
  void a_closed_port_was_let_through_and_a_probe_that_failed_tells_nothing() {
    Session session = TwoNodes.under(TwoNodes.ENGINE);
    VerifyAnswer closed =
        verify(
            session,
            session,
            (_, sign) -> sign == Sign.CONNECTED ? Sign.CLOSED : Sign.INCONCLUSIVE);

    assertThat(closed.with(Agreement.CONTRADICTED)).isEmpty();
    assertThat(closed.with(Agreement.CONFIRMED)).isNotEmpty();
    assertThat(closed.with(Agreement.INCONCLUSIVE)).isNotEmpty();
    assertThat(closed.rows()).map(Row::agreement).doesNotContain(Agreement.UNTRIED);
  }

  @Test
  void silence_by_udp_where_nothing_is_declared_is_nobody_listening() {
    Session session =
        TwoNodes.under(
            TwoNodes.ENGINE,
            TwoNodes.ingress("shop/web", "[{ports: [{port: 53, protocol: UDP}]}]"));
    VerifyAnswer answer =
        verify(
            session,
            session,
            (t, sign) ->
                t.flow().protocol() == io.github.polverdict.core.kernel.Protocol.UDP
                    ? Sign.DROPPED
                    : sign);

    allFrom(answer, Cause.NOTHING_LISTENS);
  }
}
