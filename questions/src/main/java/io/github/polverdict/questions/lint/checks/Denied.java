package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Callers whose call is denied at one gate by one thing. */
record Denied(GateVerdict gate, Verdict verdict, List<Endpoint> callers) {
  Denied {
    callers = List.copyOf(callers);
  }

  /** What denied, in one sentence without a full stop. */
  String because() {
    return Reasons.of(gate).sentence();
  }

  /** Where that stands; the other when it stands nowhere. */
  Origin place(Origin otherwise) {
    return Reasons.of(gate).origin().filter(Origin::isWritten).orElse(otherwise);
  }

  /** What becomes of a call. */
  static Optional<Verdict> judge(Endpoint caller, Called called, Ground ground) {
    return ground.calls().judge(caller, called);
  }

  /** The gate that surely denies a call for reasons of policy; empty when it may pass. */
  static Optional<GateVerdict> gate(Verdict verdict) {
    return verdict.outcome() == Outcome.DENIED
        ? Reasons.way(verdict).flatMap(Reasons::deciding)
        : Optional.empty();
  }

  /** The denied callers of a need, those together that are denied for the same reason. */
  static List<Denied> of(Need need, Ground ground) {
    Map<Object, Denied> out = new LinkedHashMap<>();
    Map<Object, Optional<Verdict>> known = new HashMap<>();
    for (String id : need.callers()) {
      Optional<Endpoint> caller = ground.bench().universe().endpoint(id);
      Optional<Verdict> verdict =
          caller.flatMap(c ->
              known.computeIfAbsent(
                  ground.calls().likeness(c, need.called()), _ -> judge(c, need.called(), ground)));
      verdict.flatMap(Denied::gate).ifPresent(gate -> join(out, caller.get(), gate, verdict.get()));
    }
    int denied = out.values().stream().mapToInt(d -> d.callers().size()).sum();
    return need.everyCaller() || (denied > 0 && denied == need.callers().size())
        ? List.copyOf(out.values())
        : List.of();
  }

  private static void join(
      Map<Object, Denied> out, Endpoint caller, GateVerdict gate, Verdict verdict) {
    List<Object> key =
        List.of(
            gate.plane().name(),
            gate.gate(),
            Reasons.of(gate).policy(),
            Reasons.of(gate).origin().map(Origin::text).orElse(""));
    Denied before = out.get(key);
    List<Endpoint> callers = new ArrayList<>(before == null ? List.of() : before.callers());
    callers.add(caller);
    out.put(
        key,
        before == null
            ? new Denied(gate, verdict, callers)
            : new Denied(before.gate(), before.verdict(), callers));
  }
}
