package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Trial;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What a probe's word means, with what else is known. A sign that could contradict a prediction is
 * given only where the other explanations are ruled out.
 */
final class Signs {
  private final Evidence evidence;
  private final Station.Pace pace;
  private final BiPredicate<Trial, Sign> expected;

  /** A sign and the reason for it. */
  record Meaning(Sign sign, String detail) {}

  Signs(Evidence evidence, ProbeSettings settings) {
    this.evidence = evidence;
    this.pace = settings.pace();
    this.expected = settings.expected();
  }

  /** What it means as far as it can be told while others are still tried. */
  Sign soFar(Trial trial, Attempt.Answer answer) {
    return switch (answer.word()) {
      case CONNECTED -> {
        evidence.reached(trial);
        yield Sign.CONNECTED;
      }
      case REFUSED -> refused(trial, "", evidence.listens(trial)).sign();
      case TIMEOUT, NOTHING -> Sign.DROPPED;
      case UNREACHABLE -> Sign.UNREACHABLE;
      case UNSUPPORTED, FAILED, LOST -> Sign.INCONCLUSIVE;
    };
  }

  /** What it means, asking whoever may know. */
  Meaning of(Trial trial, Attempt.Answer answer) {
    return switch (answer.word()) {
      case CONNECTED -> new Meaning(Sign.CONNECTED, answer.detail());
      case REFUSED -> refused(trial, answer.detail(), evidence.listensNow(trial));
      case TIMEOUT, NOTHING -> unanswered(trial);
      case UNREACHABLE -> new Meaning(Sign.UNREACHABLE, answer.detail());
      case UNSUPPORTED, FAILED, LOST -> new Meaning(Sign.INCONCLUSIVE, answer.detail());
    };
  }

  private Meaning refused(Trial trial, String said, Evidence.Known listens) {
    if (evidence.endsNowhere(trial)) {
      return new Meaning(Sign.UNREACHABLE, "refused: the Service has no endpoints");
    }
    if (listens.known().isEmpty()) {
      return new Meaning(
          Sign.INCONCLUSIVE,
          "refused, and it is not known whether something listens there: " + listens.why());
    }
    return listens.yes()
        ? new Meaning(Sign.REFUSED_BY_POLICY, said + ", and something listens there")
        : new Meaning(Sign.CLOSED, said + ", and nothing listens there");
  }

  private Meaning unanswered(Trial trial) {
    if (evidence.endsNowhere(trial)) {
      return new Meaning(Sign.UNREACHABLE, "no answer: the Service has no endpoints");
    }
    Optional<String> changed = evidence.changed(trial);
    if (changed.isPresent()) {
      return new Meaning(Sign.INCONCLUSIVE, "no answer, and " + changed.get());
    }
    boolean surprise = !expected.test(trial, Sign.DROPPED);
    Optional<String> away = evidence.away(trial, surprise);
    if (away.isPresent()) {
      return new Meaning(Sign.INCONCLUSIVE, "no answer, and " + away.get());
    }
    if (evidence.halfOpens(trial, pace)) {
      return new Meaning(Sign.ONE_WAY, "the destination has it as a half-open connection");
    }
    if (evidence.wasReached(trial)) {
      return new Meaning(Sign.DROPPED, "no answer, and others get one");
    }
    if (!evidence.inside(trial)) {
      return new Meaning(
          Sign.INCONCLUSIVE, "no answer, and nobody else got one from outside of the cluster");
    }
    return trial.flow().protocol() == Protocol.UDP
        ? datagram(trial)
        : new Meaning(Sign.DROPPED, "no answer");
  }

  /** A datagram without an answer, for whose destination it may be usual to give none. */
  private Meaning datagram(Trial trial) {
    Evidence.Known answers = evidence.answersItself(trial, pace);
    if (answers.yes()) {
      return new Meaning(Sign.DROPPED, "no answer, and it answers itself");
    }
    Evidence.Known arrives = evidence.arrives(trial, pace);
    if (arrives.yes()) {
      return new Meaning(Sign.CONNECTED, "no answer, and the destination has received it");
    }
    return arrives.known().isPresent() && evidence.listens(trial).yes()
        ? new Meaning(Sign.DROPPED, "no answer, and the destination has not received it")
        : new Meaning(
            Sign.INCONCLUSIVE,
            "no answer, and it is not known whether it gives one to anybody: %s; %s"
                .formatted(answers.why(), arrives.why()));
  }
}
