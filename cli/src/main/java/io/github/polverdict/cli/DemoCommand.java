package io.github.polverdict.cli;

import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Correspondence;
import io.github.polverdict.workbench.exchange.Mixer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the main job on bundled clusters: one shop, the same policies, two clusters. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "One shop, the same policies, two clusters: what differs, and why. Needs no cluster.")
final class DemoCommand extends Answering {
  private static final List<String> FILES =
      List.of("cluster.yaml", "policies.yaml", "workloads.yaml");
  private static final String FROM = "shop/checkout";
  private static final String TO = "data/orders-db:5432";

  @Mixin private OutputOptions output = new OutputOptions("demo", Set.of(Format.TEXT));

  @Override
  ExitCode answer() {
    output.check();
    Path staging = unpacked("staging");
    Path production = unpacked("production");
    Session a = open(staging);
    Session b = open(production);
    say("An online shop runs with the same NetworkPolicies in two clusters:");
    say("  staging     kind with Calico      " + staging);
    say("  production  EKS with Cilium       " + production);
    say("");
    DiffAnswer diff = new DiffQuestion(false).ask(Mixer.of(a, b, Correspondence.SAME));
    output.write(diff, Layouts.DIFF, out());
    say("");
    say("Why can the checkout not reach its database in production?");
    say("");
    ExplainAnswer why = desk().answered(new ExplainQuestion(FROM, TO, "").ask(b));
    output.write(why, Layouts.EXPLAIN, out());
    say("");
    say("Go on with your own clusters:");
    say("  polverdict diff context:STAGING context:PRODUCTION");
    say("  polverdict explain --context PRODUCTION --from " + FROM + " --to " + TO);
    say("  polverdict parity -f " + staging + " --under calico@3.31 --under cilium@1.19");
    return ExitCode.AS_ASKED;
  }

  private void say(String line) {
    out().println(line);
  }

  private Session open(Path folder) {
    return desk().open(new Place.Files(List.of(folder.toString()), ""), Optional.empty());
  }

  /** The bundled files of one cluster as real files, so that places can be looked at. */
  private static Path unpacked(String cluster) {
    try {
      Path folder = home().resolve(cluster);
      Files.createDirectories(folder);
      for (String name : FILES) {
        String resource = "demo/" + cluster + "/" + name;
        try (InputStream in = DemoCommand.class.getResourceAsStream(resource)) {
          if (in == null) {
            throw new IllegalStateException(
                "the demo's file " + resource + " is not in the program");
          }
          Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new Complaint(
          ExitCode.UNREADABLE,
          "cannot write the demo's files: "
              + e.getMessage()
              + "; set XDG_CACHE_HOME to a folder that can be written");
    }
  }

  private static Path home() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("polverdict").resolve("demo");
  }
}
