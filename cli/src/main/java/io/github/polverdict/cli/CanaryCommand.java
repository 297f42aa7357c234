package io.github.polverdict.cli;

import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.live.canary.CanaryRunner;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Permissions;
import io.github.polverdict.live.probe.ProbeSettings;
import io.github.polverdict.questions.canary.CanaryAnswer;
import io.github.polverdict.questions.canary.CanaryAnswer.Result;
import io.github.polverdict.questions.canary.CanaryPlan;
import io.github.polverdict.questions.canary.CanaryQuestion;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows with packets whether a cluster enforces policies at all. */
@Command(
    name = "canary",
    mixinStandardHelpOptions = true,
    description =
        "Does this cluster enforce policies at all? Shown with packets, in a namespace of its own.",
    footer = {
      "",
      "SOURCE: context:NAME for a running cluster, the same as --context; else the current context.",
      "It makes a namespace polverdict-canary-... with two pods, three where there are two nodes, and",
      "NetworkPolicies in it, calls them from each other, and deletes the namespace. It needs the",
      "rights in deploy/rbac/canary.yaml. Exit code 1: not everything is enforced.",
      "",
      "Examples:",
      "  polverdict canary context:prod --allow-namespace --evidence canary.json",
      "  polverdict canary context:prod --dry-run",
      "  polverdict explain context:prod --canary canary.json --from shop/web --to data/db:5432"
    })
final class CanaryCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private ReportOptions reports = new ReportOptions();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.CANARY);

  @Option(
      names = "--allow-namespace",
      description = "allow to create a namespace with pods and policies, and to delete it")
  private boolean allowed;

  @Option(names = "--dry-run", description = "only print what would be done, and its rights")
  private boolean dryRun;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      defaultValue = ProbeSettings.AGNHOST,
      description = "of the pods; agnhost, or a mirror of it (default: ${DEFAULT-VALUE})")
  private String image = ProbeSettings.AGNHOST;

  @Option(
      names = "--keep",
      description = "leave the namespace there; its pods end by themselves after 15 minutes")
  private boolean keep;

  @Option(
      names = "--settle",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "how long a policy is given to take effect (default: ${DEFAULT-VALUE})")
  private int settle = 15;

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      description = "write what was seen as JSON to FILE, and as text beside it to FILE.txt")
  private @Nullable Path evidence;

  @Override
  ExitCode answer() {
    output.check();
    reports.check();
    if (evidence != null) {
      OutputOptions.checkWritable(evidence);
    }
    Place.Cluster cluster = source.running("canary");
    if (!allowed && !dryRun) {
      throw new Complaint(
          ExitCode.USAGE,
          "canary creates a namespace with pods and policies and deletes it again: allow it with"
              + " --allow-namespace, or see what it would do with --dry-run");
    }
    InspectAnswer inspected = new InspectQuestion().ask(desk().open(cluster, source.cni()));
    CanaryRunner runner =
        new CanaryRunner(
            CanaryPlan::steps, image, Duration.ofSeconds(settle), what -> desk().tell(what + "…"));
    Permissions permissions = new Permissions(false, false, false, true, Set.of());
    try (ClusterWrites writes =
        ClusterWrites.open(Desk.access(cluster), permissions, dryRun, desk()::tell)) {
      CanaryRun run =
          runner.run(writes, inspected.source(), "polverdict " + Main.version(), Clock.systemUTC());
      return dryRun ? rehearsed(writes, run) : judged(writes, run, inspected, cluster);
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    }
  }

  private ExitCode rehearsed(ClusterWrites writes, CanaryRun run) {
    run.broke()
        .ifPresent(why -> {
          throw new Complaint(ExitCode.UNREADABLE, "canary cannot run here: " + why);
        });
    WriteOptions.print(writes.steps(), out());
    return ExitCode.AS_ASKED;
  }

  private ExitCode judged(
      ClusterWrites writes, CanaryRun run, InspectAnswer inspected, Place.Cluster cluster) {
    if (keep) {
      writes.keep();
      desk().tell("kept: namespace " + run.place().namespace());
    }
    boolean far = run.place().actors().size() > 2;
    CanaryAnswer answer = new CanaryQuestion(CanaryPlan.steps(far)).ask(run, inspected);
    output.write(answer, Layouts.CANARY, reports.api(output, cluster, desk()), out());
    if (evidence != null) {
      OutputOptions.evidence(answer, Layouts.CANARY, evidence);
    }
    if (run.broke().isPresent()) {
      throw new Complaint(ExitCode.UNREADABLE, "the canary broke off: " + run.broke().get());
    }
    return answer.result() == Result.ENFORCED ? ExitCode.AS_ASKED : ExitCode.FOUND;
  }
}
