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
    for (Alternative row : Alternatives.of(b)) {
      if (holds(row)) {
        out.add(row(row, "in B", false));
      }
    }
    for (Alternative row : Alternatives.of(a)) {
      if (holds(row)) {
        out.add(row(row, "in A", true));
      }
    }
    return out;
  }

  private List<Row> differing() {
    Set<String> inA = held(a);
    Set<String> inB = held(b);
    List<Row> out = new ArrayList<>();
    for (Alternative row : Alternatives.of(b)) {
      if (row.says().startsWith("row ") && inA.contains(row.id()) != inB.contains(row.id())) {
        out.add(row(row, inB.contains(row.id()) ? "in B" : "in A", false));
      }
    }
    return out;
  }

  private static Row row(Alternative row, String where, boolean ofA) {
    String says = row.says().substring(row.says().indexOf(": ") + 2);
    return new Row(row.id(), "%s %s: %s".formatted(where, row.id(), says), ofA, row.judge());
  }

  private static boolean holds(Alternative row) {
    return row.says().contains(" did not hold: ");
  }

  /** The rows that hold for a session's engines. */
  private static Set<String> held(Session session) {
    Set<String> out = new HashSet<>();
    Alternatives.of(session).stream().filter(Rows::holds).forEach(row -> out.add(row.id()));
    return out;
  }
}
