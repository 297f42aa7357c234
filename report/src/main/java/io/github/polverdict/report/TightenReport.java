package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer.Change;
import io.github.polverdict.questions.tighten.TightenAnswer.Flaw;
import io.github.polverdict.questions.tighten.TightenAnswer.Manifest;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes policies that were made, and what the engine makes of them. */
final class TightenReport {
  private static final int SHOWN = 12;

  private TightenReport() {}

  static Tree tree(TightenAnswer answer) {
    return Tree.answer("tighten")
        .put("source", answer.source())
        .put("proved", answer.proved())
        .put("declared", answer.declared())
        .put("covered", answer.covered())
        .put(
            "manifests",
            answer.manifests(),
            m ->
                Tree.map()
                    .put("namespace", m.namespace())
                    .put("name", m.name())
                    .put("yaml", m.yaml()))
        .put("replaces", answer.replaced())
        .put("delete", answer.toDelete())
        .put("lacking", answer.lacking(), TightenReport::flaw)
        .put("open", answer.open(), TightenReport::flaw)
        .put("unsure", answer.unsure(), TightenReport::flaw)
        .put("closes", answer.closed(), TightenReport::change)
        .put("opens", answer.opened(), TightenReport::change)
        .put("notes", answer.notes())
        .put("problems", answer.problems())
        .put("pins", answer.pins(), Tree::pin);
  }

  private static Tree flaw(Flaw flaw) {
    return Tree.map()
        .put("src", flaw.from())
        .put("dst", flaw.to())
        .put("traffic", Tree.traffic(flaw.traffic()))
        .put("verdict", flaw.outcome())
        .put("because", flaw.reason().sentence())
        .put("origin", flaw.reason().origin().map(Tree::origin))
        .put("quirks", flaw.quirks(), Tree::quirk);
  }

  private static Tree change(Change change) {
    return Tree.map()
        .put("src", change.src().name())
        .put("dst", change.dst().name())
        .put("traffic", Tree.traffic(change.traffic()));
  }

  static void csv(TightenAnswer answer, Writer out) {
    Serial.csv(out, "what", "src", "dst", "conn", "because");
    answer.lacking().forEach(f -> csv("lacking", f, out));
    answer.open().forEach(f -> csv("open", f, out));
    answer.unsure().forEach(f -> csv("unsure", f, out));
    answer.closed().forEach(c -> csv("closes", c, out));
    answer.opened().forEach(c -> csv("opens", c, out));
  }

  private static void csv(String what, Flaw flaw, Writer out) {
    String conn = Connections.withPorts(flaw.traffic());
    Serial.csv(out, what, flaw.from(), flaw.to(), conn, flaw.reason().sentence());
  }

  private static void csv(String what, Change change, Writer out) {
    String conn = Connections.withPorts(change.traffic());
    Serial.csv(out, what, change.src().name(), change.dst().name(), conn, "");
  }

  static void text(TightenAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(
        (answer.proved()
                ? palette.outcome(Outcome.ALLOWED, "PROVED")
                : palette.outcome(Outcome.DENIED, "NOT PROVED"))
            + "  "
            + proof(answer));
    out.wrapped("covers", String.join(", ", answer.covered()));
    out.wrapped(
        "policies", String.join(", ", answer.manifests().stream().map(Manifest::object).toList()));
    answer.problems().forEach(p -> out.wrapped("problem", p));
    flaws("lacking", answer.lacking(), out);
    flaws("open", answer.open(), out);
    flaws("unsure", answer.unsure(), out);
    changes("closes", answer.closed(), out);
    changes("opens", answer.opened(), out);
    answer.notes().forEach(n -> out.wrapped("note", n));
    delete(answer).forEach(d -> out.entry("delete", d));
    ExplainReport.judged(answer.pins()).forEach(p -> out.entry("judged", p));
  }

  static String proof(TightenAnswer answer) {
    return answer.proved()
        ? "%s, and nothing else does from or to %s"
            .formatted(
                answer.declared() == 1
                    ? "the declared flow passes"
                    : "all of %d declared flows pass".formatted(answer.declared()),
                count(answer.covered().size(), "workload"))
        : "the engine does not let pass exactly what was declared";
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static void flaws(String word, List<Flaw> flaws, Lines out) {
    for (Flaw flaw : flaws.stream().limit(SHOWN).toList()) {
      out.wrapped(
          word,
          "%s -> %s  %s is %s: %s"
              .formatted(
                  flaw.from(),
                  flaw.to(),
                  Connections.all(flaw.traffic()),
                  flaw.outcome(),
                  flaw.reason().sentence()));
      flaw.reason().origin().ifPresent(o -> out.entry("", out.palette().faint("at " + o.text())));
      for (Origin.BuiltIn quirk : flaw.quirks()) {
        out.wrapped("quirk", quirk.quirk() + ": " + quirk.says());
      }
    }
    more(flaws.size(), out);
  }

  private static void changes(String word, List<Change> changes, Lines out) {
    out.entry(word, changes.isEmpty() ? "nothing" : count(changes.size(), "pair"));
    List<List<String>> rows = new ArrayList<>();
    for (Change change : changes.stream().limit(SHOWN).toList()) {
      rows.add(
          List.of(
              change.src().name() + " -> " + change.dst().name(),
              Connections.withPorts(change.traffic())));
    }
    out.table("           ", rows);
    more(changes.size(), out);
  }

  private static void more(int count, Lines out) {
    if (count > SHOWN) {
      out.entry("", "… " + (count - SHOWN) + " more; -o json has all");
    }
  }

  static void markdown(TightenAnswer answer, Markdown out) {
    out.heading(1, "Policies for " + answer.source());
    out.paragraph("**" + (answer.proved() ? "PROVED" : "NOT PROVED") + "** " + proof(answer) + ".");
    out.items(answer.problems());
    List<List<String>> flaws = new ArrayList<>();
    answer.lacking().forEach(f -> flaws.add(row("lacking", f)));
    answer.open().forEach(f -> flaws.add(row("open", f)));
    answer.unsure().forEach(f -> flaws.add(row("unsure", f)));
    out.table(List.of("", "from", "to", "traffic", "because"), flaws);
    List<List<String>> changes = new ArrayList<>();
    answer.opened().forEach(c -> changes.add(row("opens", c)));
    answer.closed().forEach(c -> changes.add(row("closes", c)));
    out.table(List.of("", "from", "to", "traffic"), changes);
    out.items(answer.notes());
    out.items(delete(answer).stream().map(Markdown::code).toList());
  }

  private static List<String> row(String what, Flaw flaw) {
    String conn = Connections.all(flaw.traffic());
    return List.of(what, flaw.from(), flaw.to(), conn, flaw.reason().sentence());
  }

  private static List<String> row(String what, Change change) {
    String conn = Connections.withPorts(change.traffic());
    return List.of(what, change.src().name(), change.dst().name(), conn);
  }

  /** {@code kubectl delete networkpolicy -n shop backend metrics}. */
  static List<String> delete(TightenAnswer answer) {
    Map<String, List<String>> byNamespace = new TreeMap<>();
    for (String object : answer.toDelete()) {
      String name = object.substring(object.indexOf(' ') + 1);
      byNamespace
          .computeIfAbsent(name.substring(0, name.indexOf('/')), _ -> new ArrayList<>())
          .add(name.substring(name.indexOf('/') + 1));
    }
    return byNamespace.entrySet().stream()
        .map(e ->
            "kubectl delete networkpolicy -n " + e.getKey() + " " + String.join(" ", e.getValue()))
        .toList();
  }

  /** The manifests as one stream, with the answer as a comment before them. */
  static String manifests(TightenAnswer answer) {
    StringWriter out = new StringWriter();
    StringWriter comment = new StringWriter();
    text(answer, new Lines(comment, Palette.PLAIN));
    comment.toString().lines().forEach(l -> out.write(("# " + l).stripTrailing() + "\n"));
    answer.manifests().forEach(m -> out.write("---\n" + m.yaml()));
    return out.toString();
  }
}
