package io.github.polverdict.report;

import io.github.polverdict.core.model.rights.Grant;
import io.github.polverdict.questions.auth.AuthAnswer;
import io.github.polverdict.questions.auth.AuthAnswer.Row;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes which features work with the present rights. */
final class AuthReport {
  private AuthReport() {}

  static void text(AuthAnswer answer, Lines out) {
    String where =
        answer.namespaces().isEmpty()
            ? "the whole cluster"
            : "namespace " + String.join(", ", answer.namespaces());
    out.line(
        "%s%s: rights in %s"
            .formatted(answer.source(), answer.user().map(u -> ", as " + u).orElse(""), where));
    for (Row row : answer.features()) {
      out.line("");
      String extent =
          switch (row.extent()) {
            case WORKS -> "works";
            case PARTLY -> "works partly";
            case DOES_NOT -> "does not work";
          };
      String because = row.because().isEmpty() ? "" : " (" + row.because() + ")";
      out.line(out.palette().strong(row.id()) + "  " + extent + because);
      out.entry("what", row.says());
      missing(row)
          .forEach((costs, rights) -> {
            out.entry("missing", String.join("; ", rights));
            if (!costs.isEmpty()) {
              out.entry("", costs);
            }
          });
      if (!row.manifests().isEmpty()) {
        out.entry("fix", "grant " + String.join(" and ", files(row)));
      }
    }
  }

  static void markdown(AuthAnswer answer, Markdown out) {
    out.heading(2, "Rights in " + answer.source());
    List<List<String>> rows = new ArrayList<>();
    for (Row row : answer.features()) {
      List<String> missing = row.missing().stream().map(Grant::missing).toList();
      rows.add(
          List.of(
              row.id(),
              row.extent().name(),
              String.join("; ", missing),
              String.join(" ", files(row))));
    }
    out.table(List.of("feature", "works", "missing", "granted by"), rows);
  }

  private static List<String> files(Row row) {
    return row.manifests().stream().map(m -> "deploy/rbac/" + m).toList();
  }

  /** By what it costs. */
  private static Map<String, List<String>> missing(Row row) {
    Map<String, List<String>> out = new LinkedHashMap<>();
    for (Grant grant : row.missing()) {
      out.computeIfAbsent(grant.right().costs(), _ -> new ArrayList<>()).add(grant.missing());
    }
    return out;
  }

  static void csv(AuthAnswer answer, Writer out) {
    Serial.csv(out, "feature", "extent", "missing", "costs", "manifest");
    for (Row row : answer.features()) {
      String files = String.join(" ", files(row));
      if (row.missing().isEmpty()) {
        Serial.csv(out, row.id(), row.extent().name(), "", row.because(), files);
      }
      row.missing()
          .forEach(g ->
              Serial.csv(
                  out, row.id(), row.extent().name(), g.missing(), g.right().costs(), files));
    }
  }

  static Tree tree(AuthAnswer answer) {
    return Tree.answer("auth")
        .put("source", answer.source())
        .put("user", answer.user())
        .put("namespaces", answer.namespaces())
        .put("features", answer.features(), AuthReport::row);
  }

  private static Tree row(Row row) {
    return Tree.map()
        .put("id", row.id())
        .put("says", row.says())
        .put("extent", row.extent())
        .put("because", row.because())
        .put("missing", row.missing(), AuthReport::grant)
        .put("manifests", files(row));
  }

  private static Tree grant(Grant grant) {
    return Tree.map()
        .put("verb", grant.right().verb())
        .put("resource", grant.right().resource())
        .put("name", grant.right().name())
        .put("costs", grant.right().costs())
        .put("grantedIn", grant.in())
        .put("missingIn", grant.lacks());
  }
}
