package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.expectation.AssertAnswer.Result;
import io.github.polverdict.questions.expectation.AssertAnswer.Row;
import io.github.polverdict.questions.table.Cells;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Is what must be allowed allowed, and what must be denied denied? */
public record AssertQuestion(List<Expectation> expectations) {
  public AssertQuestion {
    expectations = List.copyOf(expectations);
  }

  /**
   * An expectation as it is looked at.
   *
   * @param each the namespace that it is about; empty when it looks at none on its own
   */
  record Look(Expectation expectation, String each) {
    String name() {
      return each.isEmpty() ? expectation.name() : expectation.name() + " [" + each + "]";
    }
  }

  public AssertAnswer ask(Bench bench) {
    Map<Family, Cells> cells = new EnumMap<>(Family.class);
    bench.families().forEach(f -> cells.put(f, new Cells(bench, f)));
    List<Row> rows = new ArrayList<>();
    for (Look look : looks(bench)) {
      rows.add(row(bench, cells, look));
    }
    return new AssertAnswer(
        bench.name(), rows, bench.model().pins(), bench.inventory().missing(), bench.findings());
  }

  /** What to try with packets, in the order of the expectations, at most so many for each. */
  public Tries tries(Bench bench, int most) {
    return Tries.of(bench, looks(bench), most);
  }

  /** The answer with what packets showed of what was tried. */
  public static AssertAnswer seen(AssertAnswer answer, Tries tries, List<Observation> seen) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < answer.rows().size(); i++) {
      Row row = answer.rows().get(i);
      rows.add(row.seen(tries.shown(i, row.wanted(), seen)));
    }
    return new AssertAnswer(
        answer.source(), rows, answer.pins(), answer.missing(), answer.findings());
  }

  /** Each expectation, once for each namespace where it says so. */
  private List<Look> looks(Bench bench) {
    List<Look> out = new ArrayList<>();
    for (Expectation expectation : expectations) {
      if (expectation.each().isEmpty()) {
        out.add(new Look(expectation, ""));
        continue;
      }
      TreeSet<String> namespaces = namespaces(bench, expectation.each().get());
      namespaces.forEach(n -> out.add(new Look(expectation, n)));
      if (namespaces.isEmpty()) {
        out.add(new Look(expectation, ""));
      }
    }
    return out;
  }

  /** The namespaces with pods that a selector means, or may mean. */
  private static TreeSet<String> namespaces(Bench bench, Selector selector) {
    TreeSet<String> out = new TreeSet<>();
    for (Endpoint endpoint : bench.universe().endpoints()) {
      if (endpoint.kind() == Kind.POD && Selection.of(selector, endpoint) != Truth.NO) {
        out.add(endpoint.namespace());
      }
    }
    return out;
  }

  private static Row row(Bench bench, Map<Family, Cells> cells, Look look) {
    Expectation expectation = look.expectation();
    if (expectation.each().isPresent() && look.each().isEmpty()) {
      return empty(look, List.of("no namespace with pods has the labels that forEach asks for"));
    }
    Covered covered = new Covered(bench, expectation, look.each());
    Tally tally = new Tally(bench, cells, expectation.wanted());
    covered.each(tally);
    List<String> problems = new ArrayList<>(covered.problems());
    if (problems.isEmpty() && tally.flows() == 0) {
      problems.add("there is no flow between these ends: nothing was tested");
    }
    Result result =
        !problems.isEmpty()
            ? Result.EMPTY
            : tally.against() > 0
                ? Result.FAILS
                : tally.unknown() > 0 ? Result.UNKNOWN : Result.HOLDS;
    return new Row(
        look.name(),
        expectation.wanted(),
        expectation.words(),
        result,
        tally.flows(),
        tally.against(),
        tally.unknown(),
        tally.example(),
        problems,
        covered.notes(),
        Optional.empty(),
        expectation.origin());
  }

  private static Row empty(Look look, List<String> problems) {
    Expectation expectation = look.expectation();
    return new Row(
        look.name(),
        expectation.wanted(),
        expectation.words(),
        Result.EMPTY,
        0,
        0,
        0,
        Optional.empty(),
        problems,
        List.of(),
        Optional.empty(),
        expectation.origin());
  }
}
