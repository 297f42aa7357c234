package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.Check.Result;
import io.github.polverdict.report.Check.Rule;
import io.github.polverdict.report.page.Html.Term;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes checks that are not as they should be as SARIF 2.1.0 (OASIS), which code hosts and editors
 * show beside the lines. Knows places in files and objects of a cluster; not where a text ends.
 */
final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String PROJECT = "https://github.com/polverdict/polverdict";
  private static final int HASH = 31;

  private Sarif() {}

  static Tree tree(Checks checks) {
    List<Check> told =
        checks.all().stream()
            .filter(c ->
                switch (c.result()) {
                  case Result.Failed _, Result.Broken _, Result.Accepted _ -> true;
                  case Result.Passed _, Result.Skipped _, Result.Nothing _ -> false;
                })
            .toList();
    Map<String, Rule> rules = new TreeMap<>();
    told.forEach(c -> rules.put(c.rule().id(), c.rule()));
    List<String> ids = List.copyOf(rules.keySet());
    Tree driver =
        Tree.map()
            .put("name", "polverdict")
            .put("informationUri", PROJECT)
            .put("rules", rules.values(), Sarif::rule);
    Tree run =
        Tree.map()
            .put("tool", Tree.map().put("driver", driver))
            .put("columnKind", "unicodeCodePoints")
            .put("results", told, c -> result(c, ids));
    return Tree.map()
        .put("$schema", SCHEMA)
        .put("version", "2.1.0")
        .put("runs", List.of(run), r -> r);
  }

  private static Tree rule(Rule rule) {
    Tree out = Tree.map().put("id", rule.id());
    if (!rule.title().isEmpty()) {
      out.put("name", rule.name())
          .put("shortDescription", text(rule.title()))
          .put("fullDescription", text(rule.why().isEmpty() ? rule.title() : rule.why()))
          .put("help", text(rule.help().isEmpty() ? rule.title() : rule.help()))
          .put("defaultConfiguration", Tree.map().put("level", level(rule.level())))
          .put("properties", Tree.map().put("security-severity", score(rule.level())));
    }
    return out.put("helpUri", PROJECT + "/blob/main/" + rule.page());
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

  private static Tree result(Check check, List<String> rules) {
    Tree out =
        Tree.map()
            .put("ruleId", check.rule().id())
            .put("ruleIndex", rules.indexOf(check.rule().id()))
            .put("level", level(check.level()))
            .put("message", text(message(check)))
            .put("locations", List.of(location(check.about())), l -> l)
            .put("partialFingerprints", Tree.map().put("polverdict/v1", fingerprint(check)));
    if (check.result() instanceof Result.Accepted accepted) {
      Tree why =
          Tree.map()
              .put("kind", accepted.by().inSource() ? "inSource" : "external")
              .put("status", "accepted")
              .put("justification", accepted.by().toString());
      out.put("suppressions", List.of(why), s -> s);
    }
    return out;
  }

  /** With what to do, where that is known. */
  private static String message(Check check) {
    return check.message()
        + check.details().stream()
            .filter(d -> d.word().equals(Check.FIX))
            .map(Term::text)
            .findFirst()
            .map(fix -> ". Fix: " + fix)
            .orElse("");
  }

  /** Alike for the same finding of the same object, wherever it stands in its file. */
  private static String fingerprint(Check check) {
    long hash = 7;
    for (String part : List.of(check.rule().id(), check.about().object(), check.message())) {
      hash = part.chars().asLongStream().reduce(hash, (h, c) -> h * HASH + c) * HASH;
    }
    return Long.toHexString(hash);
  }

  private static Tree location(Check.About about) {
    Tree logical =
        Tree.map()
            .put("fullyQualifiedName", about.object().isEmpty() ? "cluster" : about.object())
            .put("kind", "object");
    Tree out = Tree.map();
    if (about.origin().map(Origin::place).orElse(null) instanceof Origin.InFile f) {
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
}
