package io.github.polverdict.workbench.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.ExplainManyQuestion.Pair;
import io.github.polverdict.questions.explain.Turn;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotDelta;
import io.github.polverdict.snapshot.SnapshotDelta.Change;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Workbench;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FollowedFlowsTest {
  private static final String[] BASE = {
    Given.namespace("shop"),
    Given.namespace("data", "purpose=data"),
    Given.pod("shop", "web", "10.0.0.1", "app=web"),
    Given.pod("shop", "cart", "10.0.0.2", "app=cart"),
    Given.pod("data", "db", "10.0.0.3", "app=db")
  };
  private static final List<Pair> FLOWS =
      List.of(
          new Pair("shop/web", "data/db:8080"),
          new Pair("shop/cart", "data/db:8080"),
          new Pair("data/db", "shop/web:8080"),
          new Pair("shop/web", "shop/late:8080"));
  private static final String DENY = Given.ingress("data", "deny", "{}", "[]");
  private static final String ALLOW =
      Given.ingress(
          "data",
          "allow",
          "{}",
          "[{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]");

  private static Snapshot with(String... more) {
    List<String> all = new ArrayList<>(List.of(BASE));
    all.addAll(List.of(more));
    return Given.snapshot(all.toArray(String[]::new));
  }

  private static FollowedFlows followed() {
    return new FollowedFlows(
        Workbench.installed(), Optional.empty(), new ExplainManyQuestion(FLOWS, ""));
  }

  private static List<String> told(List<Turn> turns) {
    return turns.stream()
        .map(t ->
            t.from()
                + " "
                + t.before().map(Outcome::name).orElse("-")
                + " "
                + t.after().map(Outcome::name).orElse("-")
                + " by "
                + t.cause())
        .toList();
  }

  @Test
  void aPolicyThatComesAndGoesTurnsExactlyItsFlowsAndIsNamed() {
    FollowedFlows followed = followed();
    assertThat(followed.next(with())).hasSize(4);
    assertThat(followed.next(with())).isEmpty();
    assertThat(told(followed.next(with(DENY))))
        .containsExactly(
            "shop/web ALLOWED DENIED by added NetworkPolicy data/deny",
            "shop/cart ALLOWED DENIED by added NetworkPolicy data/deny");
    assertThat(told(followed.next(with(DENY, ALLOW))))
        .containsExactly("shop/web DENIED ALLOWED by added NetworkPolicy data/allow");
    assertThat(told(followed.next(with())))
        .containsExactly("shop/cart DENIED ALLOWED by 2 objects together");
  }

  @Test
  void ofSeveralChangesTheOneThatDoesItAloneIsNamed() {
    FollowedFlows followed = followed();
    followed.next(with());
    String pod = Given.pod("shop", "late", "10.0.0.9", "app=late");
    assertThat(told(followed.next(with(pod, DENY))))
        .containsExactly(
            "shop/web ALLOWED DENIED by added NetworkPolicy data/deny",
            "shop/cart ALLOWED DENIED by added NetworkPolicy data/deny",
            "shop/web - ALLOWED by added Pod shop/late");
  }

  @Test
  void aGapThatOpensIsTheCauseOfWhatIsUnknown() {
    FollowedFlows followed = followed();
    Snapshot before = with();
    followed.next(before);
    Gap gap =
        new Gap(
            Set.of("NetworkPolicy"), "data", "networkpolicies", "forbidden", new Origin.Said("x"));
    assertThat(told(followed.next(Given.with(before, gap))))
        .containsExactly(
            "shop/web ALLOWED UNKNOWN by what can be read",
            "shop/cart ALLOWED UNKNOWN by what can be read",
            "data/db ALLOWED UNKNOWN by what can be read");
  }

  @Test
  void reorderedDuplicatedAndSquashedDeltasGiveWhatASessionMadeAnewGives() {
    String pod = Given.pod("shop", "late", "10.0.0.9", "app=late");
    List<Snapshot> states =
        List.of(
            with(), with(DENY), with(DENY, ALLOW), with(ALLOW, pod), with(pod), with(DENY, pod));
    for (long seed = 1; seed <= 20; seed++) {
      Random dice = new Random(seed);
      Snapshot at = states.getFirst();
      FollowedFlows followed = followed();
      followed.next(at);
      for (int i = 0; i < 6; i++) {
        Snapshot goal = states.get(dice.nextInt(states.size())); // squashed: states are left out
        at = disordered(SnapshotDelta.between(at, goal), dice, at);
        assertThat(documents(at)).as("seed " + seed).isEqualTo(documents(goal));
        followed.next(at);
        FollowedFlows anew = followed();
        anew.next(goal);
        assertThat(followed.rows()).as("seed " + seed).isEqualTo(anew.rows());
      }
    }
  }

  /** The delta in another order, some of its changes twice, in several pieces. */
  private static Snapshot disordered(SnapshotDelta delta, Random dice, Snapshot at) {
    List<Change> changes = new ArrayList<>(delta.changes());
    delta.changes().stream().filter(_ -> dice.nextBoolean()).forEach(changes::add);
    Collections.shuffle(changes, dice);
    Snapshot out = at;
    for (Change change : changes) {
      out = new SnapshotDelta(List.of(change), delta.gaps(), delta.findings()).applyTo(out);
    }
    return new SnapshotDelta(List.of(), delta.gaps(), delta.findings()).applyTo(out);
  }

  /** Beside the places, which differ with the text around. */
  private static List<String> documents(Snapshot snapshot) {
    return snapshot.documents().stream().map(Document::id).map(Object::toString).toList();
  }
}
