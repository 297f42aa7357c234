package io.github.polverdict.report;

import io.github.polverdict.questions.evidence.EvidenceAnswer;
import io.github.polverdict.questions.evidence.EvidenceAnswer.Summed;
import io.github.polverdict.questions.lint.LintAnswer;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes what a pack of evidence holds. */
final class EvidenceReport {
  private EvidenceReport() {}

  static Tree tree(EvidenceAnswer answer) {
    return Tree.answer("evidence")
        .put("source", answer.source())
        .put("version", answer.version())
        .put("created", answer.created())
        .put("pins", answer.pins(), Tree::pin)
        .put("commit", answer.commit())
        .put("inputs", answer.inputs(), i -> summed(i.file()).put("blob", i.blob()))
        .put("files", answer.exhibits(), e -> summed(e.file()).put("what", e.what()))
        .put("shortfalls", answer.shortfalls());
  }

  private static Tree summed(Summed file) {
    return Tree.map()
        .put("name", file.name())
        .put("bytes", file.bytes())
        .put("sha256", file.sha256());
  }

  static void csv(EvidenceAnswer answer, Writer out) {
    Serial.csv(out, "name", "bytes", "sha256", "what");
    answer
        .exhibits()
        .forEach(e ->
            Serial.csv(
                out,
                e.file().name(),
                Long.toString(e.file().bytes()),
                e.file().sha256(),
                e.what()));
  }

  /** What a reader of the pack should know first. */
  static void text(EvidenceAnswer answer, Lines out) {
    out.line("Evidence of what NetworkPolicies do in " + answer.source());
    out.line("");
    out.entry("created", answer.created() + " by polverdict " + answer.version());
    ExplainReport.judged(answer.pins()).forEach(p -> out.wrapped("judged", p));
    answer.commit().ifPresent(c -> out.entry("commit", c));
    answer.shortfalls().forEach(s -> out.wrapped("lacks", s));
    out.line("");
    List<List<String>> rows = new ArrayList<>();
    answer.exhibits().forEach(e -> rows.add(List.of(e.file().name(), e.what())));
    out.table("  ", rows);
    out.line("");
    out.line("Check:   sha256sum -c SHA256SUMS");
    out.line("Again:   polverdict inspect|lint|connectivity -f snapshot.pvs");
    out.line("");
    out.line("manifest.json has the sums of every file that was read, too. The snapshot is");
    out.line("redacted: no Secrets, no environment, no annotations but those that decide.");
  }

  /** Findings that are accepted, with who says so. */
  static void exceptions(LintAnswer answer, Writer out) {
    Serial.csv(out, "code", "object", "reason", "until", "where");
    answer
        .accepted()
        .forEach(a ->
            Serial.csv(
                out,
                a.problem().code(),
                a.problem().object(),
                a.reason(),
                a.until(),
                a.origin().text()));
  }
}
