package io.github.polverdict.cli;

import io.github.polverdict.questions.Exemption;
import io.github.polverdict.questions.diff.Acceptance;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Correspondence;
import io.github.polverdict.workbench.exchange.Mixer;
import io.github.polverdict.workbench.files.AcceptedDifferences;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two clusters, or one with what it would be, and finds the causes. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Which flows differ between two clusters, and which one difference causes it.",
      "With one SOURCE: what a change would do to it, before it is made."
    },
    footer = {
      "",
      "A and B: a path, a saved snapshot, context:NAME for a running cluster,",
      "git:REVISION:PATH, or history:FOLDER@TIME (what snapshot --history has saved). B is what",
      "matters (production): what it lets through and A does not comes first.",
      "",
      "Examples:",
      "  polverdict diff context:staging context:prod",
      "  polverdict diff git:main:deploy git:HEAD:deploy --fail-on looser",
      "  polverdict diff history:prod@2026-11-28 history:prod",
      "  polverdict diff staging.yaml prod.yaml --map 'staging-*=prod-*' -o csv",
      "  polverdict diff context:prod --apply change.yaml --delete networkpolicy/shop/old",
      "  polverdict diff context:prod --set-cni cilium@1.20"
    })
final class DiffCommand extends Answering {
  @Mixin private SourceOptions source = new SourceOptions();
  @Mixin private DayOption asOf = new DayOption();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.DIFF);
  @Mixin private ChangeOptions changes = new ChangeOptions();

  @Parameters(
      arity = "0..2",
      paramLabel = "A B",
      description = "the two clusters, or one to be changed")
  private List<String> places = new ArrayList<>();

  @Option(
      names = "--cni-a",
      paramLabel = "ENGINE",
      description = "the engine of A, when it is not that of --cni")
  private @Nullable String cniA;

  @Option(
      names = "--cni-b",
      paramLabel = "ENGINE",
      description = "the engine of B, when it is not that of --cni")
  private @Nullable String cniB;

  @Option(
      names = "--map",
      paramLabel = "A=B",
      description = {
        "what corresponds: namespaces, as staging-*=prod-*; objects, as",
        "'Deployment shop/web=shop/web-v2' or 'Deployment shop/db=StatefulSet shop/db';",
        "ranges in policies, as 10.1.0.0/16=10.9.0.0/16"
      })
  private List<String> map = new ArrayList<>();

  @Option(
      names = "--map-file",
      paramLabel = "FILE",
      description = "a file of such rules (kind: Correspondence)")
  private @Nullable Path mapFile;

  @Option(
      names = "--tenant-label",
      paramLabel = "KEY",
      description = "the label of namespaces that says whose they are; flows across come first")
  private @Nullable String tenants;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      defaultValue = "any",
      description =
          "exit with 1 when B is looser, stricter, for unknown flows, for any difference (default),"
              + " or never; several with commas")
  private String failOn = "any";

  @Option(
      names = "--accepted",
      paramLabel = "FILE",
      description = "differences that are accepted until a day (kind: AcceptedDifferences)")
  private @Nullable Path accepted;

  @Option(
      names = "--tries",
      paramLabel = "N",
      defaultValue = "400",
      description = "how many mixed clusters to judge at most for causes (default 400)")
  private int tries = DiffQuestion.TRIES;

  @Option(names = "--nodes", description = "tell of nodes too")
  private boolean nodes;

  @Override
  ExitCode answer() {
    output.check();
    FailOn limit = FailOn.of(failOn);
    Correspondence correspondence = correspondence();
    List<Acceptance> acceptances = acceptances();
    boolean one = changes.any();
    check(one);
    List<Place> read = places.stream().map(source::named).toList();
    read.forEach(Desk::check);
    Session a = desk().open(one && read.isEmpty() ? source.place() : read.getFirst(), cni(cniA));
    Session b = one ? changes.on(a, cni(cniA), desk()) : desk().open(read.getLast(), cni(cniB));
    DiffQuestion question = new DiffQuestion(nodes, Optional.ofNullable(tenants), tries);
    DiffAnswer answer = Acceptance.apply(question.ask(mixed(a, b, correspondence)), acceptances);
    output.write(answer, Layouts.DIFF, out());
    return limit.of(answer).or(desk().reading(a)).or(desk().reading(b));
  }

  private void check(boolean one) {
    if (one && places.size() > 1) {
      throw new Complaint(
          ExitCode.USAGE, "--apply, --delete, --label and --set-cni change one cluster: say one");
    }
    if (!one && places.size() != 2) {
      throw new Complaint(
          ExitCode.USAGE,
          "say two clusters to compare: polverdict diff A B; or one and a change to it:"
              + " polverdict diff A --apply FILE");
    }
    if (tries < 1) {
      throw new Complaint(ExitCode.USAGE, "--tries: at least 1 mixed cluster must be judged");
    }
  }

  private Optional<String> cni(@Nullable String own) {
    return Optional.ofNullable(own).or(source::cni);
  }

  private static Mixer mixed(Session a, Session b, Correspondence map) {
    try {
      return Mixer.of(a, b, map);
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.USAGE, "--map: " + Desk.sentence(e));
    }
  }

  private Correspondence correspondence() {
    List<String> rules = new ArrayList<>();
    if (mapFile != null) {
      Forms.read(mapFile, Correspondence.KIND, Correspondence::read).forEach(rules::addAll);
    }
    rules.addAll(map);
    try {
      return Correspondence.parse(rules);
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.USAGE, "--map: " + Desk.sentence(e));
    }
  }

  /** What is accepted; an acceptance whose last day is over accepts nothing any more. */
  private List<Acceptance> acceptances() {
    if (accepted == null) {
      return List.of();
    }
    List<Acceptance> all =
        Forms.read(accepted, AcceptedDifferences.KIND, AcceptedDifferences::of).stream()
            .flatMap(List::stream)
            .toList();
    List<String> ended =
        all.stream()
            .filter(a -> a.exemption().expired(asOf.day()))
            .map(DiffCommand::ended)
            .toList();
    if (!ended.isEmpty()) {
      throw new Complaint(ExitCode.USAGE, String.join(System.lineSeparator(), ended));
    }
    return all;
  }

  private static String ended(Acceptance one) {
    Exemption exemption = one.exemption();
    return "%s: accepted until %s by %s (%s), which is over; give it a new day or take it out"
        .formatted(exemption.origin().text(), exemption.expires(), exemption.owner(), one.words());
  }

  /** Which differences make the command fail. */
  private record FailOn(List<String> words) {
    private static final List<String> KNOWN =
        List.of("looser", "stricter", "unknown", "any", "never");

    static FailOn of(String text) {
      List<String> words = List.of(text.split(",", -1));
      for (String word : words) {
        if (!KNOWN.contains(word)) {
          throw new Complaint(
              ExitCode.USAGE,
              "'%s' is not taken; --fail-on takes %s".formatted(word, String.join(", ", KNOWN)));
        }
      }
      return new FailOn(words);
    }

    ExitCode of(DiffAnswer answer) {
      boolean any = words.contains("any") && answer.differs();
      boolean one = answer.changes().stream().anyMatch(c -> words.contains(word(c.what())));
      return any || one ? ExitCode.FOUND : ExitCode.AS_ASKED;
    }

    private static String word(What what) {
      return switch (what) {
        case OPENED -> "looser";
        case CLOSED -> "stricter";
        case BECAME_UNKNOWN -> "unknown";
        case BECAME_KNOWN -> "known";
      };
    }
  }
}
