package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.Accepted;
import io.github.polverdict.questions.diff.DiffAnswer.Cause;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Detail;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what differs between two clusters and why. */
final class DiffReport {
  private DiffReport() {}

  static Tree tree(DiffAnswer answer) {
    return Tree.answer("diff")
        .put("a", side(answer.a()))
        .put("b", side(answer.b()))
        .put("groups", answer.groups(), DiffReport::group)
        .lazily(
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
            o ->
                Tree.map().put("causes", o.causes(), DiffReport::cause).put("changes", o.changes()))
        .lazily("changes", group.changes(), DiffReport::change);
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
        .put("fields", change.fields().stream().map(DiffReport::details).toList())
        .put("risks", change.risks().stream().map(Enum::name).toList());
  }

  /** {@code NAMESPACE ops}, {@code POLICY NetworkPolicy shop/web}. */
  private static List<String> names(List<Ingredient> inputs) {
    return inputs.stream().map(i -> i.kind() + " " + i.name()).toList();
  }

  /** {@code POLICY NetworkPolicy shop/web spec.ports[0].port: 80 -> 8080}. */
  private static List<String> details(List<Detail> details) {
    return details.stream()
        .map(d -> "%s %s %s".formatted(d.input().kind(), d.input().name(), d.says()).strip())
        .toList();
  }

  private static Tree accepted(Accepted accepted) {
    return Tree.map()
        .put("covers", accepted.covers())
        .put("owner", accepted.exemption().owner())
        .put("reason", accepted.exemption().reason())
        .put("ticket", accepted.exemption().ticket())
        .put("expires", accepted.exemption().expires().toString())
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

  static String summary(DiffAnswer answer) {
    int changes = answer.groups().stream().mapToInt(g -> g.changes().size()).sum();
    return changes == 0
        ? same(answer)
        : changes + " differences in " + answer.groups().size() + " groups";
  }

  /** What is so where no flow differs, or none that is not accepted. */
  static String same(DiffAnswer answer) {
    boolean alone = !answer.onlyInA().isEmpty() || !answer.onlyInB().isEmpty();
    int accepted = answer.accepted().stream().mapToInt(a -> a.changes().size()).sum();
    return "every flow "
        + (alone ? "between what both have " : "")
        + "comes out the same"
        + (accepted == 0
            ? ""
            : ", but for " + accepted + " accepted difference" + (accepted == 1 ? "" : "s"));
  }

  static String title(Group group) {
    if (group.causes().isEmpty()) {
      return "No cause found";
    }
    String names =
        group.causes().stream()
            .map(DiffReport::noun)
            .collect(Collectors.joining(group.eachAlone() ? ", or alone " : " together with "));
    return "Because of " + names;
  }

  /** An object with the field at which it differs, if it has one; then what differs. */
  private static final Pattern OBJECT = Pattern.compile("(?s)(\\S+ [^ :]+)(?: ([^ :]+))?: .*");

  /** The input, or the objects of which it consists with the fields that differ. */
  static String noun(Cause cause) {
    if (cause.input().kind() != Ingredient.Kind.CONFIGURATION || cause.differences().isEmpty()) {
      return noun(cause.input());
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String differs : cause.differs()) {
      Matcher parts = OBJECT.matcher(differs);
      String object = parts.matches() ? parts.group(1) : differs;
      List<String> all = fields.computeIfAbsent(object, _ -> new ArrayList<>());
      if (parts.matches() && parts.group(2) != null) {
        all.add(parts.group(2));
      }
    }
    List<String> objects =
        fields.entrySet().stream().map(e -> object(e.getKey(), e.getValue())).toList();
    return String.join(", ", objects.subList(0, Math.min(3, objects.size())))
        + (objects.size() > 3 ? " and " + (objects.size() - 3) + " more" : "");
  }

  private static String object(String name, List<String> fields) {
    return name
        + (fields.isEmpty() ? "" : " ")
        + String.join(" and ", fields.subList(0, Math.min(2, fields.size())))
        + (fields.size() > 2 ? " and more" : "");
  }

  static boolean isEngine(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING -> true;
      case READABLE, CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD -> false;
    };
  }

  static String noun(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE -> "the engine";
      case ENGINE_VERSION -> "the engine's version";
      case ENGINE_SETTING -> "the engine's setting " + input.name();
      case READABLE -> "what could be read: " + input.name();
      case SERVICE -> "Service " + input.name();
      case CONFIGURATION, POLICY, WORKLOAD -> input.name();
      case NODES -> "nodes and addresses";
      case NAMESPACE -> "the labels of namespace " + input.name();
    };
  }

  static String orAbsent(String input) {
    return input.isEmpty() ? "(absent)" : input;
  }

  /** Those with TCP first, then those with UDP, and of them the most dangerous. */
  static Stream<Change> sorted(List<Change> changes) {
    return changes.stream()
        .sorted(Comparator.comparing(DiffReport::rarity).thenComparing(Change::what));
  }

  static int rarity(Change change) {
    boolean tcp = !change.traffic().numbers(Protocol.TCP).isEmpty();
    boolean udp = !change.traffic().numbers(Protocol.UDP).isEmpty();
    return tcp ? 0 : udp ? 1 : 2;
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
}
