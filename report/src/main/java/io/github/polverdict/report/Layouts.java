package io.github.polverdict.report;

import io.github.polverdict.questions.auth.AuthAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.PlanAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.config.ConfigAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.evidence.EvidenceAnswer;
import io.github.polverdict.questions.expectation.AssertAnswer;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.lint.LintAnswer;
import io.github.polverdict.questions.lint.catalogue.Entry;
import io.github.polverdict.questions.parity.ParityAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.verify.VerifyAnswer;
import io.github.polverdict.report.graph.Dot;
import io.github.polverdict.report.graph.Mermaid;
import java.util.List;

/** How the answers of every question are written. A format is an entry here, and nothing else. */
public final class Layouts {
  private Layouts() {}

  public static final Layout<ExplainAnswer> EXPLAIN =
      Layout.<ExplainAnswer>of("explain")
          .tree(ExplainReport::tree)
          .text(ExplainReport::text)
          .csv((a, out) -> ExplainManyReport.csv(ExplainReport.asRow(a), out))
          .comment(FlowMarkdown::write)
          .page(ExplainPage::write);

  /** Of many flows at once. */
  public static final Layout<ExplainManyAnswer> EXPLAIN_MANY =
      Layout.<ExplainManyAnswer>of("explain")
          .tree(ExplainManyReport::tree)
          .text(ExplainManyReport::text)
          .csv(ExplainManyReport::csv)
          .comment(FlowMarkdown::write)
          .page(ExplainPage::write);

  public static final Layout<ConnectivityAnswer> CONNECTIVITY =
      Layout.<ConnectivityAnswer>of("connectivity")
          .tree(ConnectivityReport::tree)
          .text(ConnectivityReport::text)
          .csv(ConnectivityReport::csv)
          .comment(FlowMarkdown::write)
          .drawn(Format.DOT, a -> Dot.of(PairGraphs.of(a)))
          .drawn(Format.MERMAID, a -> Mermaid.of(PairGraphs.of(a)));

  /** The same with a reason for each pair, for the formats that show one. */
  public static final Layout<ConnectivityMatrix> MATRIX =
      Layout.<ConnectivityMatrix>of("connectivity")
          .page(ConnectivityPage::write)
          .drawn(Format.SVG, m -> PairGraphs.grid(m).svg());

  public static final Layout<InspectAnswer> INSPECT =
      Layout.<InspectAnswer>of("inspect")
          .tree(InspectReport::tree)
          .text(InspectReport::text)
          .csv(InspectReport::csv)
          .comment(InspectReport::markdown)
          .page(InspectPage::write);

  /** The default stances of an inspection alone. */
  public static final Layout<InspectAnswer> STANCES =
      Layout.<InspectAnswer>of("inspect --matrix")
          .tree(StanceReport::tree)
          .text(StanceReport::text)
          .csv(StanceReport::csv)
          .document(StanceReport::markdown);

  /** What is known of an engine. */
  public static final Layout<DialectAnswer> DIALECT =
      Layout.<DialectAnswer>of("inspect --dialect")
          .tree(DialectReport::tree)
          .text(DialectReport::text)
          .csv(DialectReport::csv)
          .document(DialectReport::markdown);

  public static final Layout<LintAnswer> LINT =
      Layout.<LintAnswer>of("lint")
          .tree(LintReport::tree)
          .text(LintReport::text)
          .csv(LintReport::csv)
          .comment(LintReport::markdown)
          .page(LintPage::write)
          .sarif(LintChecks::of)
          .junit(LintChecks::of)
          .policyReport(a -> LintChecks.of(a).withoutPassed());

  /** The table of what lint may find. */
  public static final Layout<List<Entry>> FINDINGS =
      Layout.<List<Entry>>of("lint --list")
          .tree(EntryReport::tree)
          .text(EntryReport::text)
          .csv(EntryReport::csv)
          .document(EntryReport::markdown);

  /** Findings that are accepted. */
  public static final Layout<LintAnswer> EXCEPTIONS =
      Layout.<LintAnswer>of("evidence").csv(EvidenceReport::exceptions);

  public static final Layout<ParityAnswer> PARITY =
      Layout.<ParityAnswer>of("parity")
          .tree(ParityReport::tree)
          .text(ParityReport::text)
          .csv(ParityReport::csv)
          .comment(FlowMarkdown::write)
          .page(ParityPage::write);

  public static final Layout<DiffAnswer> DIFF =
      Layout.<DiffAnswer>of("diff")
          .tree(DiffReport::tree)
          .text(DiffText::write)
          .csv(DiffReport::csv)
          .comment(DiffMarkdown::write)
          .page(DiffPage::write)
          .sarif(DiffChecks::of)
          .junit(DiffChecks::of)
          .drawn(Format.DOT, a -> Dot.of(PairGraphs.of(a)))
          .drawn(Format.MERMAID, a -> Mermaid.of(PairGraphs.of(a)))
          .drawn(Format.SVG, a -> PairGraphs.grid(a).svg());

  public static final Layout<BaselineAnswer> BASELINE =
      Layout.<BaselineAnswer>of("baseline check")
          .tree(BaselineReport::tree)
          .text(BaselineReport::text)
          .csv(BaselineReport::csv)
          .comment(BaselineReport::markdown)
          .page(CheckPages::write)
          .sarif(BaselineChecks::of)
          .junit(BaselineChecks::of)
          .policyReport(BaselineChecks::of);

  public static final Layout<PlanAnswer> PLAN =
      Layout.<PlanAnswer>of("baseline plan")
          .tree(PlanReport::tree)
          .text(PlanReport::text)
          .csv(PlanReport::csv)
          .comment(PlanReport::markdown)
          .page(PlanPage::write);

  public static final Layout<AssertAnswer> ASSERT =
      Layout.<AssertAnswer>of("assert")
          .tree(AssertReport::tree)
          .text(AssertReport::text)
          .csv(AssertReport::csv)
          .comment(AssertReport::markdown)
          .page(CheckPages::write)
          .sarif(AssertChecks::of)
          .junit(AssertChecks::of)
          .policyReport(AssertChecks::of);

  public static final Layout<TightenAnswer> TIGHTEN =
      Layout.<TightenAnswer>of("tighten")
          .tree(TightenReport::tree)
          .text(TightenReport::text)
          .csv(TightenReport::csv)
          .comment(TightenReport::markdown)
          .page(TightenPage::write);

  /** The policies themselves, as a stream of YAML that says in comments what they come to. */
  public static final Layout<TightenAnswer> MANIFESTS =
      Layout.<TightenAnswer>of("tighten").drawn(Format.TEXT, TightenReport::manifests);

  public static final Layout<ProbeAnswer> PROBE =
      Layout.<ProbeAnswer>of("probe")
          .tree(ProbeReport::tree)
          .text(ProbeReport::text)
          .csv(ProbeReport::csv)
          .comment(ProbeReport::markdown)
          .page(CheckPages::write)
          .junit(VerifyChecks::of);

  public static final Layout<VerifyAnswer> VERIFY =
      Layout.<VerifyAnswer>of("verify")
          .tree(VerifyReport::tree)
          .text(VerifyReport::text)
          .csv(VerifyReport::csv)
          .comment(VerifyReport::markdown)
          .page(VerifyPage::write)
          .junit(VerifyChecks::of)
          .policyReport(VerifyChecks::of);

  public static final Layout<CanaryAnswer> CANARY =
      Layout.<CanaryAnswer>of("canary")
          .tree(CanaryReport::tree)
          .text(CanaryReport::text)
          .csv(CanaryReport::csv)
          .comment(CanaryReport::markdown)
          .page(CheckPages::write)
          .junit(CanaryChecks::of)
          .policyReport(CanaryChecks::of);

  public static final Layout<AuthAnswer> AUTH =
      Layout.<AuthAnswer>of("auth")
          .tree(AuthReport::tree)
          .text(AuthReport::text)
          .csv(AuthReport::csv)
          .comment(AuthReport::markdown);

  /** In an archive, where its formats are files. */
  public static final Layout<EvidenceAnswer> EVIDENCE =
      Layout.<EvidenceAnswer>of("evidence")
          .tree(EvidenceReport::tree)
          .text(EvidenceReport::text)
          .csv(EvidenceReport::csv)
          .page(EvidencePage::write);

  public static final Layout<ConfigAnswer> CONFIG =
      Layout.<ConfigAnswer>of("config")
          .tree(ConfigReport::tree)
          .text(ConfigReport::text)
          .csv(ConfigReport::csv);
}
