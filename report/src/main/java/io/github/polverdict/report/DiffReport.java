package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Accepted;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.Pair;
import io.github.polverdict.questions.diff.DiffAnswer.Seen;
import io.github.polverdict.questions.diff.DiffAnswer.Side;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what differs between two clusters and why. */
final class DiffReport {
  private static final int CHANGES = 6;

  private DiffReport() {}

  static Tree tree(DiffAnswer answer) {
    return Tree.answer("diff")
        .put("a", side(answer.a()))
        .put("b", side(answer.b()))
        .put("groups", answer.groups(), DiffReport::group)
        .put(
            "pairs",
            answer.pairs(),
            p ->
                Tree.map()
                    .put("src", p.src().name())
                    .put("dst", p.dst().name())
                    .put("family", p.family())
                    .put("a", Tree.reach(p.a()))
                    .put("b", Tree.reach(p.b()))
                    .put(
                        "absent",
                        p.absent(),
                        x -> Tree.map().put("party", x.party()).put("in", x.in())))
        .put("onlyInA", answer.onlyInA().stream().map(p -> p.name()).toList())
        .put("onlyInB", answer.onlyInB().stream().map(p -> p.name()).toList())
        .put("unmatched", answer.unmatched(), Tree::finding)
        .put("idle", answer.idle(), DiffReport::cause)
        .put("accepted", answer.accepted(), DiffReport::accepted)
        .put("tried", answer.tried())
        .put("allCausesSought", answer.allCausesSought());
  }

  private static Tree side(Side side) {
    return Tree.map()
        .put("name", side.name())
        .standing(side.pins(), side.missing(), side.findings());
  }

  private static Tree group(Group group) {
    return Tree.map()
        .put("causes", group.causes(), DiffReport::cause)
        .put("eachAlone", group.eachAlone())
        .put(
            "others",
            group.others(),
            o -> Tree.map().put("inputs", names(o.inputs())).put("changes", o.changes()))
        .put("changes", group.changes(), DiffReport::change);
  }

  private static Tree change(Change change) {
    return Tree.map()
        .put("src", change.src().name())
        .put("dst", change.dst().name())
        .put("traffic", Tree.traffic(change.traffic()))
        .put("family", change.family())
        .put("what", change.what())
        .put("a", seen(change.a()))
        .put("b", seen(change.b()))
        .put("ways", change.ways().stream().map(DiffReport::names).toList())
        .put("risks", change.risks().stream().map(Enum::name).toList());
  }

  /** {@code NAMESPACE ops}, {@code POLICY NetworkPolicy shop/web}. */
  private static List<String> names(List<Ingredient> inputs) {
    return inputs.stream().map(i -> i.kind() + " " + i.name()).toList();
  }

  private static Tree accepted(Accepted accepted) {
    return Tree.map()
        .put("covers", accepted.covers())
        .put("owner", accepted.exemption().owner())
        .put("reason", accepted.exemption().reason())
        .put("ticket", accepted.exemption().ticket())
        .put("expires", accepted.exemption().expires().toString())
        .put("expired", accepted.expired())
        .put("origin", Tree.origin(accepted.exemption().origin()))
        .put("changes", accepted.changes(), DiffReport::change)
        .put("parties", accepted.parties().stream().map(p -> p.name()).toList());
  }

  private static Tree cause(Cause cause) {
    return Tree.map()
        .put("kind", cause.input().kind())
        .put("name", cause.input().name())
        .put("inA", cause.inA())
        .put("inB", cause.inB())
        .put("originA", cause.originA().map(Tree::origin))
        .put("originB", cause.originB().map(Tree::origin))
        .put("differs", cause.differs())
        .put(
            "places",
            cause.differences(),
            d ->
                Tree.map()
                    .put("says", d.says())
                    .put("originA", d.originA().map(Tree::origin))
                    .put("originB", d.originB().map(Tree::origin)))
        .put("remedy", cause.remedy());
  }

  private static Tree seen(Seen seen) {
    return Tree.map()
        .put("outcome", seen.outcome())
        .put("because", seen.because())
        .put("origin", seen.origin().map(Tree::origin))
        .put("doubts", seen.doubts(), Tree::doubt);
  }

  /** The columns that netpol-analyzer made common; what is not known is said in the cell. */
  static void csv(DiffAnswer answer, Writer out) {
    Serial.csv(out, "diff-type", "source", "destination", "dir1", "dir2", "workloads-diff-info");
    for (Pair pair : answer.pairs()) {
      String a = cell(pair.a().allowed(), pair.a().unknown());
      String b = cell(pair.b().allowed(), pair.b().unknown());
      String none = Connections.withPorts(TrafficSet.NONE);
      if (!a.equals(b)) {
        String type = a.equals(none) ? "added" : b.equals(none) ? "removed" : "changed";
        String info =
            pair.absent().stream()
                .map(x ->
                    "workload "
                        + x.party()
                        + (x.in() == DiffAnswer.Which.A ? " added" : " removed"))
                .collect(Collectors.joining(", "));
        Serial.csv(
            out,
            type,
            external(pair.src().name(), pair.src().external()),
            external(pair.dst().name(), pair.dst().external()),
            a,
            b,
            info);
      }
    }
  }

  private static String cell(TrafficSet allowed, TrafficSet unknown) {
    String known = Connections.withPorts(allowed);
    return Connections.anyWithPorts(unknown)
        ? known + ",UNKNOWN " + Connections.withPorts(unknown)
        : known;
  }

  private static String external(String name, boolean external) {
    return external ? name + "[External]" : name;
  }

  static void text(DiffAnswer answer, Lines out) {
    Palette palette = out.palette();
    out.line(
        palette.strong(answer.a().name())
            + " and "
            + palette.strong(answer.b().name())
            + ": "
            + summary(answer));
    int number = 0;
    for (Group group : answer.groups()) {
      out.line("");
      out.line(palette.strong(++number + ". " + title(group)));
      group.causes().forEach(c -> cause(c, out));
      changes(group.changes(), out);
    }
    out.line("");
    only(
        "only in " + answer.a().name(), answer.onlyInA().stream().map(p -> p.name()).toList(), out);
    only(
        "only in " + answer.b().name(), answer.onlyInB().stream().map(p -> p.name()).toList(), out);
    if (!answer.allCausesSought()) {
      out.line(
          "  the search for causes stopped after "
              + answer.tried()
              + " mixed clusters; the last group has none");
    }
    for (Side side : List.of(answer.a(), answer.b())) {
      Standing.text(side.missing(), out);
      ExplainReport.judged(side.pins()).forEach(p -> out.entry("judged", side.name() + " as " + p));
    }
  }

  static String summary(DiffAnswer answer) {
    int changes = answer.groups().stream().mapToInt(g -> g.changes().size()).sum();
    return changes == 0
        ? "every flow comes out the same"
        : changes + " differences in " + answer.groups().size() + " groups";
  }

  static String title(Group group) {
    if (group.causes().isEmpty()) {
      return "No cause found";
    }
    String names =
        group.causes().stream()
            .map(c -> noun(c.input()))
            .collect(Collectors.joining(group.eachAlone() ? ", or alone " : " together with "));
    return "Because of " + names;
  }

  private static String noun(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE -> "the engine";
      case ENGINE_VERSION -> "the engine's version";
      case ENGINE_SETTING -> "the engine's setting " + input.name();
      case READABLE -> "what could be read: " + input.name();
      case CONFIGURATION, POLICY, SERVICE, WORKLOAD -> input.name();
      case NODES -> "the nodes";
      case NAMESPACE -> "the labels of namespace " + input.name();
    };
  }

  static String orAbsent(String input) {
    return input.isEmpty() ? "(absent)" : input;
  }

  private static void cause(Cause cause, Lines out) {
    String a = orAbsent(cause.inA());
    String b = orAbsent(cause.inB());
    if (!a.equals(b)) {
      out.entry("", a + "  ->  " + b);
    }
    cause.differs().stream().limit(CHANGES).forEach(d -> out.entry("", d));
    cause
        .originA()
        .or(cause::originB)
        .ifPresent(o -> out.entry("", out.palette().faint("at " + o.text())));
  }

  /** The changes by the deviation that they rest on, those that have most to do with TCP first. */
  private static void changes(List<Change> all, Lines out) {
    Map<String, List<Change>> byQuirk = new LinkedHashMap<>();
    sorted(all).forEach(c -> byQuirk.computeIfAbsent(quirk(c), _ -> new ArrayList<>()).add(c));
    byQuirk.forEach((quirk, changes) -> {
      if (!quirk.isEmpty()) {
        out.line("    " + quirk);
      }
      table(changes, out);
    });
    Change first = all.stream().min(Comparator.comparingInt(DiffReport::rarity)).orElseThrow();
    out.entry(
        "e.g.",
        first.src().name() + " -> " + first.dst().name() + "  " + Connections.all(first.traffic()));
    out.entry("  in A", out.palette().outcome(first.a().outcome()) + "  " + first.a().because());
    out.entry("  in B", out.palette().outcome(first.b().outcome()) + "  " + first.b().because());
  }

  /** Those that have most to do with TCP first. */
  static Stream<Change> sorted(List<Change> changes) {
    return changes.stream().sorted(Comparator.comparingInt(DiffReport::rarity));
  }

  private static int rarity(Change change) {
    boolean tcp = !change.traffic().numbers(Protocol.TCP).isEmpty();
    boolean udp = !change.traffic().numbers(Protocol.UDP).isEmpty();
    return tcp ? 0 : udp ? 1 : 2;
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

  /** {@code became unknown}. */
  static String word(What what) {
    return what.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** {@code shop/web -> data/db}. */
  static String flow(Change change) {
    return change.src().name()
        + " -> "
        + change.dst().name()
        + change.family().map(f -> " (" + f + ")").orElse("");
  }

  private static void table(List<Change> changes, Lines out) {
    List<List<String>> rows = new ArrayList<>();
    for (Change c : changes.stream().limit(CHANGES).toList()) {
      Outcome colour =
          switch (c.what()) {
            case OPENED -> Outcome.ALLOWED;
            case CLOSED -> Outcome.DENIED;
            case BECAME_UNKNOWN, BECAME_KNOWN -> Outcome.UNKNOWN;
          };
      rows.add(
          List.of(
              out.palette().outcome(colour, word(c.what())),
              flow(c),
              Connections.all(c.traffic())));
    }
    out.table("      ", rows);
    if (changes.size() > CHANGES) {
      out.line("      … " + (changes.size() - CHANGES) + " more; -o csv or -o json has all");
    }
  }

  private static void only(String words, List<String> names, Lines out) {
    if (!names.isEmpty()) {
      out.entry(words + ":", String.join(", ", names));
    }
  }
}
