package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Accepted;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.lint.catalogue.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines. Knows
 * places in files and objects of a cluster; not where a finding's text ends.
 */
final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String PROJECT = "https://github.com/polverdict/polverdict";
  private static final int HASH = 31;

  private Sarif() {}

  static Tree tree(LintAnswer answer) {
    List<String> rules = rules(answer);
    List<Tree> results = new ArrayList<>();
    answer.problems().forEach(p -> results.add(result(p, rules)));
    answer.accepted().forEach(a -> results.add(suppressed(a, rules)));
    Tree driver =
        Tree.map()
            .put("name", "polverdict")
            .put("informationUri", PROJECT)
            .put("rules", rules, Sarif::rule);
    Tree run =
        Tree.map()
            .put("tool", Tree.map().put("driver", driver))
            .put("columnKind", "unicodeCodePoints")
            .put("results", results, r -> r);
    return Tree.map()
        .put("$schema", SCHEMA)
        .put("version", "2.1.0")
        .put("runs", List.of(run), r -> r);
  }

  private static List<String> rules(LintAnswer answer) {
    TreeSet<String> out = new TreeSet<>();
    answer.problems().forEach(p -> out.add(p.code()));
    answer.accepted().forEach(a -> out.add(a.problem().code()));
    return List.copyOf(out);
  }

  private static Tree rule(String code) {
    Tree out = Tree.map().put("id", code);
    Optional<Entry> entry = Catalogue.of(code);
    entry.ifPresent(e ->
        out.put("name", e.slug())
            .put("shortDescription", text(e.title()))
            .put("fullDescription", text(e.why()))
            .put("help", text(e.help()))
            .put("defaultConfiguration", Tree.map().put("level", level(e.level())))
            .put("properties", Tree.map().put("security-severity", score(e.level()))));
    return out.put("helpUri", PROJECT + "/blob/main/" + LintReport.page(code));
  }

  private static Tree text(String text) {
    return Tree.map().put("text", text);
  }

  /** What GitHub and others sort by, on the scale of CVSS. */
  private static String score(Level level) {
    return switch (level) {
      case CRITICAL -> "9.5";
      case HIGH -> "8.0";
      case MEDIUM -> "5.5";
      case LOW -> "3.0";
      case INFO -> "0.0";
    };
  }

  private static String level(Level level) {
    return switch (level) {
      case CRITICAL, HIGH -> "error";
      case MEDIUM -> "warning";
      case LOW, INFO -> "note";
    };
  }

  private static Tree result(Problem problem, List<String> rules) {
    String help = problem.remedy().says();
    return Tree.map()
        .put("ruleId", problem.code())
        .put("ruleIndex", rules.indexOf(problem.code()))
        .put("level", level(problem.level()))
        .put("message", text(problem.message() + (help.isEmpty() ? "" : ". Fix: " + help)))
        .put("locations", List.of(location(problem)), l -> l)
        .put("partialFingerprints", Tree.map().put("polverdict/v1", fingerprint(problem)));
  }

  /** Alike for the same finding of the same object, wherever it stands in its file. */
  private static String fingerprint(Problem problem) {
    long hash = 7;
    for (String part : List.of(problem.code(), problem.object(), problem.message())) {
      hash = part.chars().asLongStream().reduce(hash, (h, c) -> h * HASH + c) * HASH;
    }
    return Long.toHexString(hash);
  }

  private static Tree location(Problem problem) {
    Tree logical =
        Tree.map()
            .put("fullyQualifiedName", problem.object().isEmpty() ? "cluster" : problem.object())
            .put("kind", "object");
    Tree out = Tree.map();
    if (problem.origin().place() instanceof Origin.InFile f) {
      out.put(
          "physicalLocation",
          Tree.map()
              .put("artifactLocation", Tree.map().put("uri", uri(f.path())))
              .put(
                  "region",
                  Tree.map()
                      .put("startLine", Math.max(1, f.line()))
                      .put("startColumn", Math.max(1, f.column()))));
    }
    return out.put("logicalLocations", List.of(logical), l -> l);
  }

  /** A relative or absolute path as a URI reference (RFC 3986). */
  private static String uri(String path) {
    StringBuilder out = new StringBuilder(path.startsWith("/") ? "file://" : "");
    for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      out.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }

  private static Tree suppressed(Accepted accepted, List<String> rules) {
    Tree why =
        Tree.map()
            .put("kind", "inSource")
            .put("status", "accepted")
            .put("justification", accepted.reason() + " (until " + accepted.until() + ")");
    return result(accepted.problem(), rules).put("suppressions", List.of(why), s -> s);
  }
}
