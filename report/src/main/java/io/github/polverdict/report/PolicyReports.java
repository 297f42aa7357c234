package io.github.polverdict.report;

import io.github.polverdict.questions.lint.catalogue.Level;
import io.github.polverdict.report.Check.About;
import io.github.polverdict.report.Check.Result;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes checks as manifests of reports: one for each namespace that has some, and one for the
 * cluster, which is always there. They bear no time, so that the same checks are the same bytes.
 */
final class PolicyReports {
  /** An object of a cluster holds at most 1.5 MiB (etcd's limit of requests). */
  private static final int MOST_RESULTS = 500;

  private PolicyReports() {}

  static void write(Checks checks, ReportApi api, Writer out) {
    Map<String, List<Check>> byNamespace = new TreeMap<>();
    byNamespace.put("", new ArrayList<>());
    for (Check check : checks.all()) {
      byNamespace.computeIfAbsent(check.about().namespace(), _ -> new ArrayList<>()).add(check);
    }
    String question = checks.question().split(" ", 2)[0];
    byNamespace.forEach((namespace, all) -> {
      int number = 0;
      do {
        int from = number * MOST_RESULTS;
        int to = Math.min(all.size(), from + MOST_RESULTS);
        Tree metadata = metadata(question, namespace, ++number);
        Serial.write(out, "---\n");
        Serial.yaml(report(metadata, !namespace.isEmpty(), all.subList(from, to), api), out);
      } while (number * MOST_RESULTS < all.size());
    });
  }

  private static String verdict(Check check) {
    return switch (check.result()) {
      case Result.Passed _ -> "pass";
      case Result.Failed(Level level, String _) ->
          switch (level) {
            case CRITICAL, HIGH, MEDIUM -> "fail";
            case LOW, INFO -> "warn";
          };
      case Result.Broken _ -> "error";
      case Result.Skipped _, Result.Accepted _, Result.Nothing _ -> "skip";
    };
  }

  private static Tree result(Check check, ReportApi api) {
    Tree out = Tree.map().put("policy", check.rule().id());
    if (!check.rule().name().isEmpty()) {
      out.put("rule", check.rule().name());
    }
    out.put("result", verdict(check))
        .put("severity", api.severity(check.level()))
        .put("scored", true)
        .put("source", "polverdict")
        .put("message", check.message());
    About about = check.about();
    if (!about.name().isEmpty()) {
      Tree resource = Tree.map().put("kind", about.kind()).put("name", about.name());
      if (about.object().contains("/")) {
        resource.put("namespace", about.namespace());
      }
      out.put("resources", List.of(resource), r -> r);
    }
    return out.put("properties", properties(check));
  }

  private static Tree properties(Check check) {
    Tree out = Tree.map().put("severity", check.level().toString());
    out.put("place", check.about().origin().map(o -> o.place().text()));
    Map<String, String> details = new LinkedHashMap<>();
    check
        .details()
        .forEach(d -> details.merge(d.word().replace(' ', '-'), d.text(), (a, b) -> a + "; " + b));
    details.forEach(out::put);
    out.put("page", check.rule().page());
    if (check.result() instanceof Result.Accepted(Level _, String _, Check.Acceptance by)) {
      out.put("acceptedBecause", by.reason()).put("acceptedUntil", by.until());
    }
    return out;
  }

  private static Tree metadata(String question, String namespace, int number) {
    String name = "polverdict-" + question;
    Tree out = Tree.map().put("name", number == 1 ? name : name + "-" + number);
    if (!namespace.isEmpty()) {
      out.put("namespace", namespace);
    }
    return out.put(
        "labels",
        Tree.map()
            .put("app.kubernetes.io/managed-by", "polverdict")
            .put("app.kubernetes.io/component", question));
  }

  private static Tree report(Tree metadata, boolean namespaced, List<Check> checks, ReportApi api) {
    Tree out =
        Tree.map()
            .put("apiVersion", api.version())
            .put("kind", api.kind(!namespaced))
            .put("metadata", metadata);
    if (api.sourceOfReport()) {
      out.put("source", "polverdict");
    }
    Tree summary = Tree.map();
    for (String word : List.of("pass", "fail", "warn", "error", "skip")) {
      summary.put(
          word, Math.toIntExact(checks.stream().filter(c -> verdict(c).equals(word)).count()));
    }
    return out.put("summary", summary).put("results", checks, c -> result(c, api));
  }
}
