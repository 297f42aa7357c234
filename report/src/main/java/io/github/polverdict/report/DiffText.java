package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Accepted;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Detail;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.Other;
import io.github.polverdict.questions.diff.DiffAnswer.Side;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells somebody at a terminal what differs between two clusters and why. */
final class DiffText {
  private static final int CHANGES = 6;
  private static final int NAMES = 12;
  private static final String ROWS = "      ";

  /** So many characters of a command stand beside the word in front of it. */
  private static final int COMMAND = 69;

  private DiffText() {}

  static void write(DiffAnswer answer, Lines out) {
    Palette palette = out.palette();
    List<Change> all = answer.changes();
    out.folded(
        "",
        palette.strong(answer.a().name())
            + " and "
            + palette.strong(answer.b().name())
            + ": "
            + (all.isEmpty()
                ? DiffReport.same(answer)
                : all.size()
                    + (all.size() == 1 ? " difference, " : " differences, ")
                    + (answer.groups().size() == 1
                        ? "one cause"
                        : answer.groups().size() + " causes")));
    if (!all.isEmpty()) {
      out.entry("in B", counts(all));
    }
    groups(answer, out);
    out.line("");
    only(answer.a(), answer.onlyInA(), out);
    only(answer.b(), answer.onlyInB(), out);
    Set<String> said = new HashSet<>();
    answer.unmatched().stream()
        .filter(f -> f.help().contains("--map '") && said.add(f.help()))
        .limit(CHANGES)
        .forEach(f -> out.wrapped(f.code(), f.message() + "; " + f.help()));
    if (!answer.idle().isEmpty()) {
      List<String> names = answer.idle().stream().map(DiffReport::noun).toList();
      out.wrapped("no effect", "differ too, and change no flow: " + some(names));
    }
    answer.accepted().forEach(a -> accepted(a, out));
    if (!answer.allCausesSought()) {
      out.folded(
          "  ",
          "the search for causes stopped after "
              + answer.tried()
              + " mixed clusters: more --tries may find more, or fewer fields");
    }
    warnings(answer.a(), answer.b(), out);
    warnings(answer.b(), answer.a(), out);
    for (Side side : List.of(answer.a(), answer.b())) {
      Standing.text(side.missing(), out);
      ExplainReport.judged(side.pins())
          .forEach(p -> out.wrapped("judged", side.name() + " as " + p));
    }
  }

  /** Warnings about one input that the other does not have; errors are told before the answer. */
  private static void warnings(Side side, Side other, Lines out) {
    Set<String> both = other.findings().stream().map(Finding::message).collect(Collectors.toSet());
    side.findings().stream()
        .filter(f -> f.severity() == Severity.WARNING && !both.contains(f.message()))
        .limit(CHANGES)
        .forEach(f ->
            out.wrapped(
                f.code(), "%s: %s; %s".formatted(side.name(), f.message(), f.origin().text())));
  }

  private static void groups(DiffAnswer answer, Lines out) {
    Set<Ingredient> told = new HashSet<>();
    answer.groups().forEach(g -> g.causes().forEach(c -> told.add(c.input())));
    int number = 0;
    for (Group group : answer.groups()) {
      out.line("");
      out.folded(
          "",
          out.palette().strong(++number + ". " + DiffReport.title(group))
              + ": "
              + counts(group.changes()));
      group.causes().forEach(c -> cause(c, divided(group.changes()), out));
      others(group, told, out);
      changes(group.changes(), out);
    }
  }

  /** {@code 3 opened, 88 closed}, the most dangerous first. */
  private static String counts(List<Change> changes) {
    Map<What, Integer> out = new EnumMap<>(What.class);
    changes.forEach(c -> out.merge(c.what(), 1, Integer::sum));
    return out.entrySet().stream()
        .map(e -> e.getValue() + " " + DiffReport.word(e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static void accepted(Accepted accepted, Lines out) {
    String what =
        accepted.changes().size() + accepted.parties().size() == 0
            ? "nothing that differs any more"
            : accepted.changes().size() + accepted.parties().size() + " differences";
    out.wrapped(
        "accepted",
        "%s %s: %s, until %s by %s: %s"
            .formatted(
                accepted.covers(),
                accepted.exemption().ticket().isEmpty()
                    ? ""
                    : "(" + accepted.exemption().ticket() + ")",
                what,
                accepted.exemption().expires(),
                accepted.exemption().owner(),
                accepted.exemption().reason()));
  }

  /** What is enough for some of the changes, too; told in full where no other group does. */
  private static void others(Group group, Set<Ingredient> told, Lines out) {
    for (Other other : group.others().stream().limit(CHANGES).toList()) {
      String names =
          other.causes().stream()
              .map(DiffReport::noun)
              .collect(Collectors.joining(" together with "));
      out.wrapped("or", names + ", enough for " + other.changes() + " of them, too");
      other.causes().stream().filter(c -> told.add(c.input())).forEach(c -> cause(c, false, out));
    }
  }

  private static void cause(Cause cause, boolean rowsBelow, Lines out) {
    String a = cause.inA().isEmpty() ? "(absent)" : cause.inA();
    String b = cause.inB().isEmpty() ? "(absent)" : cause.inB();
    boolean placed = cause.differences().stream().anyMatch(d -> d.originA().isPresent());
    if (!a.equals(b) && !placed) {
      out.wrapped("", a + "  ->  " + b);
    }
    if (!placed) {
      place("in A", cause.originA(), out);
      place("in B", cause.originB(), out);
    }
    List<Difference> said = cause.differences().stream().filter(d -> !d.says().isBlank()).toList();
    for (Difference one : said.stream().limit(CHANGES).toList()) {
      if (placed || !rowsBelow) {
        out.wrapped("", one.says());
      }
      place("in A", one.originA(), out);
      place("in B", one.originB(), out);
    }
    if (said.size() > CHANGES && (placed || !rowsBelow)) {
      out.entry("", "… " + (said.size() - CHANGES) + " more; -o json has all");
    }
    cause.remedy().ifPresent(r -> mend(r, cause, out));
  }

  private static void place(String side, Optional<Origin> origin, Lines out) {
    origin.ifPresent(o -> out.wrapped(side, out.palette().faint("at " + o.text())));
  }

  /** A command that can be copied, or a sentence; a manifest is where the first cluster has it. */
  private static void mend(String remedy, Cause cause, Lines out) {
    if (remedy.startsWith("kubectl apply")) {
      String place = cause.originA().map(o -> ", " + o.text()).orElse("");
      out.wrapped("mend", "apply what A has" + place + "; -o json has the manifest");
      return;
    }
    String word = "mend";
    for (String command : remedy.split("\n")) {
      if (!command.startsWith("kubectl ")) {
        out.wrapped(word, command);
      } else if (command.length() > COMMAND && command.contains(" -p '")) {
        int patch = command.indexOf(" -p '");
        out.entry(word, command.substring(0, patch) + " \\");
        out.entry("", " " + command.substring(patch));
      } else {
        out.entry(word, command);
      }
      word = "";
    }
  }

  /** The changes by the deviation that they rest on, those that have most to do with TCP first. */
  private static void changes(List<Change> all, Lines out) {
    boolean divided = divided(all);
    Map<String, List<Change>> byQuirk = new LinkedHashMap<>();
    byQuirk.put("", new ArrayList<>()); // those without a heading come before all headings
    DiffReport.sorted(all)
        .forEach(c -> byQuirk.computeIfAbsent(heading(c, divided), _ -> new ArrayList<>()).add(c));
    byQuirk.forEach((quirk, changes) -> {
      if (!quirk.isEmpty()) {
        out.folded("    ", quirk);
      }
      boolean aside = changes.size() > 1 && changes.stream().allMatch(DiffText::isAside);
      if (aside && byQuirk.size() > 1) {
        out.folded("      ", counts(changes) + ": " + protocols(changes) + "; -o json has each");
      } else {
        table(changes, out);
      }
    });
    Change first = DiffReport.sorted(all).findFirst().orElseThrow();
    out.wrapped("e.g.", arrow(DiffReport.flow(first)) + "  " + Connections.all(first.traffic()));
    out.wrapped("  in A", out.palette().outcome(first.a().outcome()) + "  " + first.a().because());
    out.wrapped("  in B", out.palette().outcome(first.b().outcome()) + "  " + first.b().because());
  }

  /** The flow, not broken after its arrow. */
  private static String arrow(String flow) {
    return flow.replace("-> ", "->" + Lines.KEPT);
  }

  /** Neither TCP nor UDP: one line says enough of many. */
  private static boolean isAside(Change change) {
    return DiffReport.rarity(change) > 1;
  }

  private static String protocols(List<Change> changes) {
    return changes.stream()
        .map(c -> Connections.all(c.traffic()))
        .distinct()
        .limit(2)
        .collect(Collectors.joining("; "));
  }

  /** What of the cause makes the change, where others of its group come from something else. */
  private static String heading(Change change, boolean divided) {
    String fields =
        change.fields().stream()
            .map(way -> way.stream().map(DiffText::says).collect(Collectors.joining(" and ")))
            .collect(Collectors.joining(", or alone "));
    boolean engine = change.ways().stream().flatMap(List::stream).anyMatch(DiffReport::isEngine);
    return divided && !fields.isBlank() ? fields : engine || isAside(change) ? quirk(change) : "";
  }

  private static String says(Detail detail) {
    return detail.says().isBlank() ? DiffReport.noun(detail.input()) : detail.says();
  }

  /** Whether not all of a group's changes come from the same fields or rows. */
  private static boolean divided(List<Change> changes) {
    return changes.stream().map(Change::fields).distinct().count() > 1;
  }

  /** The row of a profile that one side's decision names. */
  private static String quirk(Change change) {
    return Stream.of(change.b().origin(), change.a().origin())
        .flatMap(Optional::stream)
        .flatMap(o ->
            switch (o) {
              case Origin.BuiltIn b -> Stream.of(b);
              case Origin.Bent b -> Stream.of(b.because());
              case Origin.InFile _, Origin.InCluster _, Origin.Said _ ->
                  Stream.<Origin.BuiltIn>of();
            })
        .findFirst()
        .map(b -> b.quirk() + ": " + b.says())
        .orElse("");
  }

  private static void table(List<Change> changes, Lines out) {
    List<Change> shown = changes.stream().limit(CHANGES).toList();
    List<List<String>> rows = shown.stream().map(c -> row(c, out.palette())).toList();
    if (Lines.fit(ROWS, rows)) {
      out.table(ROWS, rows);
    } else {
      Map<String, List<List<String>>> byTraffic = new LinkedHashMap<>();
      rows.forEach(r -> byTraffic.computeIfAbsent(r.getLast(), _ -> new ArrayList<>()).add(r));
      byTraffic.forEach((traffic, same) -> {
        if (same.size() == 1) {
          String flow = same.getFirst().getFirst() + "  " + arrow(same.getFirst().get(1));
          out.folded(ROWS, flow + "  " + traffic.replace(' ', Lines.KEPT));
        } else {
          out.folded(ROWS, traffic + ":");
          same.forEach(r -> out.folded(ROWS + "  ", r.getFirst() + "  " + arrow(r.get(1))));
        }
      });
    }
    if (changes.size() > CHANGES) {
      out.line(ROWS + "… " + (changes.size() - CHANGES) + " more; -o csv or -o json has all");
    }
  }

  private static List<String> row(Change change, Palette palette) {
    Outcome colour =
        switch (change.what()) {
          case OPENED -> Outcome.ALLOWED;
          case CLOSED -> Outcome.DENIED;
          case BECAME_UNKNOWN, BECAME_KNOWN -> Outcome.UNKNOWN;
        };
    return List.of(
        palette.outcome(colour, DiffReport.word(change.what())),
        DiffReport.flow(change),
        Connections.all(change.traffic()));
  }

  private static void only(Side side, List<Party> parties, Lines out) {
    if (!parties.isEmpty()) {
      out.wrapped("only in", side.name() + ": " + some(parties.stream().map(Party::name).toList()));
    }
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(names.size(), NAMES)))
        + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "");
  }
}
