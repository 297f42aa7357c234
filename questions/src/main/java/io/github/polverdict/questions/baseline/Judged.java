package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.baseline.BaselineAnswer.Proof;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.Dependency.Target;
import io.github.polverdict.questions.calls.CallJudge;
import io.github.polverdict.questions.words.Reason;
import io.github.polverdict.questions.words.Reasons;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of the calls of a dependency.
 *
 * @param told one for each caller that can call at all
 */
record Judged(Dependency dependency, List<Told> told) {
  private static final int SHOWN = 3;

  /** What becomes of one caller's call; without a verdict, what is called is not in the input. */
  record Told(Endpoint caller, Optional<Verdict> verdict) {
    Outcome outcome() {
      return verdict.map(Verdict::outcome).orElse(Outcome.UNKNOWN);
    }
  }

  /** Judges callers that are alike once. */
  static List<Judged> of(Bench bench, List<Dependency> dependencies) {
    CallJudge judge = new CallJudge(bench);
    List<Judged> out = new ArrayList<>();
    Map<Target, Map<Object, Optional<Verdict>>> known = new HashMap<>();
    for (Dependency dependency : dependencies) {
      Map<Object, Optional<Verdict>> alike =
          known.computeIfAbsent(dependency.target(), _ -> new HashMap<>());
      List<Told> told = new ArrayList<>();
      for (Endpoint caller : dependency.callers()) {
        Optional<Verdict> verdict =
            alike.computeIfAbsent(
                likeness(bench, judge, caller, dependency.target()),
                _ -> verdict(judge, caller, dependency.target()));
        if (verdict.isPresent() || isAbsent(judge, dependency.target())) {
          told.add(new Told(caller, verdict));
        }
      }
      out.add(new Judged(dependency, told));
    }
    return out;
  }

  private static Object likeness(Bench bench, CallJudge judge, Endpoint caller, Target target) {
    if (bench.universe().endpoint(caller.id()).isEmpty()) {
      return caller;
    }
    return switch (target) {
      case Target.Shown(Called called) -> judge.likeness(caller, called);
      case Target.Supposed _ -> caller.id();
    };
  }

  private static Optional<Verdict> verdict(CallJudge judge, Endpoint caller, Target target) {
    return switch (target) {
      case Target.Shown(Called called) -> judge.judge(caller, called);
      case Target.Supposed(Endpoint pod, var protocol, int port) ->
          judge.judge(caller, pod, new Sample(protocol, port));
    };
  }

  /** Whether what is called is not in the input, so that nothing can be said. */
  private static boolean isAbsent(CallJudge judge, Target target) {
    return target instanceof Target.Shown(Called.Untold _)
        || (target instanceof Target.Shown(Called.ServicePort called)
            && judge.service(called.service()).isEmpty());
  }

  /** Whether what is wanted is so. */
  Status status() {
    Outcome wanted = dependency.item() == Item.METADATA ? Outcome.DENIED : Outcome.ALLOWED;
    long good = told.stream().filter(t -> t.outcome() == wanted).count();
    long open = told.stream().filter(t -> t.outcome() == Outcome.UNKNOWN).count();
    if (told.isEmpty()) {
      return Status.NOTHING_TO_CHECK;
    }
    return switch (dependency.rule()) {
      case EVERY ->
          good + open < told.size() ? Status.UNMET : open > 0 ? Status.UNKNOWN : Status.MET;
      case ONE -> good > 0 ? Status.MET : open > 0 ? Status.UNKNOWN : Status.UNMET;
      case SOMEONE ->
          good == told.size() ? Status.MET : good + open > 0 ? Status.UNKNOWN : Status.UNMET;
    };
  }

  /** Those that keep it from being met. */
  List<Told> failing() {
    Outcome wanted = dependency.item() == Item.METADATA ? Outcome.DENIED : Outcome.ALLOWED;
    boolean sure = status() == Status.UNMET;
    return told.stream()
        .filter(t -> t.outcome() != wanted && (!sure || t.outcome() != Outcome.UNKNOWN))
        .toList();
  }

  /** Flows that show the status, those with the same reason once. */
  List<Proof> proofs() {
    List<Told> shown = status() == Status.MET ? told : failing();
    Map<String, List<Told>> byReason = new LinkedHashMap<>();
    shown.forEach(t -> byReason.computeIfAbsent(alike(t), _ -> new ArrayList<>()).add(t));
    List<Proof> out = new ArrayList<>();
    byReason.values().stream().limit(SHOWN).forEach(same -> out.add(proof(same)));
    return out;
  }

  private String alike(Told told) {
    return told.outcome()
        + because(told).sentence().replace(told.caller().id(), "it")
        + because(told).origin().map(Origin::text).orElse("");
  }

  private Proof proof(List<Told> same) {
    Told first = same.getFirst();
    Reason because = because(first);
    long more = same.stream().map(t -> t.caller().shownAs()).distinct().count() - 1;
    String who = name(first.caller()) + (more == 0 ? "" : " and " + more + " more");
    return new Proof(
        mixed() ? Outcome.UNKNOWN : first.outcome(),
        who + " -> " + dependency.target().text(),
        mixed() ? dependency.whoCalls() : because.sentence(),
        because.origin());
  }

  /** Whether it is unknown only because it is not known who calls. */
  private boolean mixed() {
    return dependency.rule() == Dependency.Rule.SOMEONE
        && told.stream().map(Told::outcome).distinct().count() > 1;
  }

  private static String name(Endpoint endpoint) {
    return endpoint.id().contains("(any pod)")
        ? endpoint.namespace() + "/(a pod to come)"
        : endpoint.shownAs();
  }

  private Reason because(Told told) {
    if (told.verdict().isEmpty()) {
      return new Reason("", dependency.absent(), Optional.empty(), List.of());
    }
    Verdict verdict = told.verdict().get();
    if (verdict.outcome() == Outcome.UNKNOWN) {
      List<Doubt> doubts = verdict.doubts();
      return new Reason("", "cannot tell: " + Reasons.doubts(doubts), Optional.empty(), List.of());
    }
    return Reasons.of(verdict);
  }
}
