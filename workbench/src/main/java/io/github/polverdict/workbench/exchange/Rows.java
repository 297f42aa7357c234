package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Exchange.Row;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.workbench.Alternatives;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows of engines' profiles that may make two sessions behave differently. */
final class Rows {
  private final Session a;
  private final Session b;

  Rows(Session a, Session b) {
    this.a = a;
    this.b = b;
  }

  List<Row> of(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE -> whole();
      case ENGINE_VERSION, ENGINE_SETTING -> differing();
      case READABLE, CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD -> List.of();
    };
  }

  /** Those of the one engine and those of the other. */
  private List<Row> whole() {
    List<Row> out = new ArrayList<>();
    for (Alternative one : Alternatives.of(b)) {
      one.row().filter(Alternative.Row::holds).ifPresent(r -> out.add(row(one, r, "in B", false)));
    }
    for (Alternative one : Alternatives.of(a)) {
      one.row().filter(Alternative.Row::holds).ifPresent(r -> out.add(row(one, r, "in A", true)));
    }
    return out;
  }

  private List<Row> differing() {
    Set<String> inA = held(a);
    Set<String> inB = held(b);
    List<Row> out = new ArrayList<>();
    for (Alternative one : Alternatives.of(b)) {
      if (inA.contains(one.id()) != inB.contains(one.id())) {
        String where = inB.contains(one.id()) ? "in B" : "in A";
        one.row().ifPresent(r -> out.add(row(one, r, where, false)));
      }
    }
    return out;
  }

  private static Row row(Alternative one, Alternative.Row row, String where, boolean ofA) {
    String says = "%s %s: %s".formatted(where, one.id(), row.says());
    return new Row(one.id(), says, ofA, one.judge());
  }

  /** The rows that hold for a session's engines. */
  private static Set<String> held(Session session) {
    Set<String> out = new HashSet<>();
    Alternatives.of(session).stream()
        .filter(one -> one.row().filter(Alternative.Row::holds).isPresent())
        .forEach(one -> out.add(one.id()));
    return out;
  }
}
