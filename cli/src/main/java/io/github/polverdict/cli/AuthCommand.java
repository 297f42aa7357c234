package io.github.polverdict.cli;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.live.AccessReviews;
import io.github.polverdict.live.Features;
import io.github.polverdict.questions.auth.AuthAnswer;
import io.github.polverdict.questions.auth.AuthQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.snapshot.UnreadableSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which features work with the present rights. */
@Command(
    name = "auth",
    mixinStandardHelpOptions = true,
    description =
        "Which features work with the rights that I have, and what is missing for the others?",
    footer = {
      "",
      "SOURCE: context:NAME for a running cluster, the same as --context; else the current context.",
      "It asks by SelfSubjectAccessReviews: POSTs that leave nothing behind. With -n it asks about",
      "these namespaces, else about the whole cluster. Exit code 1: something asked for does not work.",
      "",
      "Examples:",
      "  polverdict auth context:prod",
      "  polverdict auth context:prod --for verify,canary -n shop"
    })
final class AuthCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.AUTH);

  @Option(
      names = "--for",
      split = ",",
      paramLabel = "FEATURES",
      description = "only these: read, lint, probe, verify, canary, ...")
  private List<String> wanted = new ArrayList<>();

  @Override
  ExitCode answer() {
    output.check();
    List<String> known = Features.all().stream().map(Feature::id).toList();
    for (String word : wanted) {
      if (!known.contains(word)) {
        throw new Complaint(
            ExitCode.USAGE,
            "--for: there is no feature '%s'; there are %s"
                .formatted(word, String.join(", ", known)));
      }
    }
    AuthQuestion question = new AuthQuestion(Features.all(), wanted);
    Place.Cluster cluster = source.running("auth");
    try {
      AccessReviews.Answers said = new AccessReviews(Desk.access(cluster)).ask(question.scope());
      AuthAnswer answer =
          new AuthAnswer(
              said.cluster(), said.user(), said.namespaces(), question.ask(said.grants()));
      output.write(answer, Layouts.AUTH, out());
      return answer.allWork() ? ExitCode.AS_ASKED : ExitCode.FOUND;
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    }
  }
}
