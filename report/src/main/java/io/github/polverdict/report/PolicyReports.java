package io.github.polverdict.report;

import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.LintAnswer.Accepted;
import io.github.polverdict.questions.lint.LintAnswer.Problem;
import io.github.polverdict.questions.lint.catalogue.Catalogue;
import io.github.polverdict.questions.lint.catalogue.Level;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes findings as manifests of reports: one for each namespace that has findings, and one for
 * the cluster, which is there even without findings. They bear no time, so that the same findings
 * are the same bytes.
 */
final class PolicyReports {
  private static final String NAME = "polverdict-lint";

  /** An object of a cluster holds at most 1.5 MiB (etcd's limit of requests). */
  private static final int MOST_RESULTS = 500;

  private PolicyReports() {}

  /** A finding in the words of a report. */
  private record Result(String result, Tree tree) {}

  static void write(LintAnswer answer, ReportApi api, Writer out) {
    Map<String, List<Result>> byNamespace = new TreeMap<>();
    byNamespace.put("", new ArrayList<>());
    answer.problems().forEach(p -> add(p, verdict(p.level()), Map.of(), api, byNamespace));
    for (Accepted accepted : answer.accepted()) {
      Map<String, String> why =
          Map.of("acceptedBecause", accepted.reason(), "acceptedUntil", accepted.until());
      add(accepted.problem(), "skip", why, api, byNamespace);
    }
    byNamespace.forEach((namespace, results) -> {
      int number = 0;
      do {
        int from = number * MOST_RESULTS;
        int to = Math.min(results.size(), from + MOST_RESULTS);
        Serial.write(out, "---\n");
        Serial.yaml(report(namespace, ++number, results.subList(from, to), api), out);
      } while (number * MOST_RESULTS < results.size());
    });
  }

  private static String verdict(Level level) {
    return switch (level) {
      case CRITICAL, HIGH, MEDIUM -> "fail";
      case LOW, INFO -> "warn";
    };
  }

  private static void add(
      Problem problem,
      String verdict,
      Map<String, String> more,
      ReportApi api,
      Map<String, List<Result>> out) {
    String[] object = problem.object().split(" ", 2);
    String name = object.length > 1 ? object[1] : "";
    int slash = name.indexOf('/');
    String namespace = slash < 0 ? "" : name.substring(0, slash);
    Tree tree =
        Tree.map()
            .put("policy", problem.code())
            .put("rule", Catalogue.of(problem.code()).map(e -> e.slug()))
            .put("result", verdict)
            .put("severity", api.severity(problem.level()))
            .put("scored", true)
            .put("source", "polverdict")
            .put("message", problem.message());
    if (!name.isEmpty()) {
      Tree resource = Tree.map().put("kind", object[0]).put("name", name.substring(slash + 1));
      if (slash >= 0) {
        resource.put("namespace", namespace);
      }
      tree.put("resources", List.of(resource), r -> r);
    }
    out.computeIfAbsent(namespace, _ -> new ArrayList<>())
        .add(new Result(verdict, tree.put("properties", properties(problem, more))));
  }

  private static Tree properties(Problem problem, Map<String, String> more) {
    Tree out = Tree.map().put("severity", problem.level().toString());
    out.put("place", LintReport.place(problem));
    if (!problem.remedy().says().isEmpty()) {
      out.put("fix", problem.remedy().says());
    }
    out.put("page", LintReport.page(problem.code()));
    new TreeMap<>(more).forEach(out::put);
    return out;
  }

  private static Tree report(String namespace, int number, List<Result> results, ReportApi api) {
    boolean cluster = namespace.isEmpty();
    Tree metadata = Tree.map().put("name", number == 1 ? NAME : NAME + "-" + number);
    if (!cluster) {
      metadata.put("namespace", namespace);
    }
    metadata.put("labels", Tree.map().put("app.kubernetes.io/managed-by", "polverdict"));
    Tree out =
        Tree.map()
            .put("apiVersion", api.version())
            .put("kind", api.kind(cluster))
            .put("metadata", metadata);
    if (api.sourceOfReport()) {
      out.put("source", "polverdict");
    }
    Tree summary = Tree.map();
    for (String word : List.of("pass", "fail", "warn", "error", "skip")) {
      summary.put(
          word, Math.toIntExact(results.stream().filter(r -> r.result().equals(word)).count()));
    }
    return out.put("summary", summary).put("results", results, Result::tree);
  }
}
