package io.github.polverdict.cli;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.live.ClusterWatch;
import io.github.polverdict.live.Revision;
import io.github.polverdict.live.Stale;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.Turn;
import io.github.polverdict.report.Ticker;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.workbench.following.FollowedFlows;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells verdicts as they change. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description =
        "Watch a running cluster, and say when a verdict changes and which object did it.",
    footer = {
      "",
      "SOURCE: context:NAME; the same as --context.",
      "",
      "Examples:",
      "  polverdict watch context:prod --from shop/web --to data/db:5432",
      "  polverdict watch --context prod --flows flows.csv -o json --for 10m"
    })
final class WatchCommand extends Answering {
  private static final Duration TICK = Duration.ofMillis(500);

  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private ColorOption color = new ColorOption();
  @Mixin private FlowOptions flows = new FlowOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or json: one object a line")
  private String output = "text";

  @Option(names = "--once", description = "tell the verdicts once, and end")
  private boolean once;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "end after this time: 90s, 10m, 1h; without it, when interrupted")
  private @Nullable String duration;

  private Map<String, Stale> late = new HashMap<>();
  private Set<Gap> missing = new LinkedHashSet<>();

  @Override
  ExitCode answer() {
    Optional<Duration> lasts = Optional.ofNullable(duration).map(WatchCommand::parsed);
    boolean json = output.equals("json");
    if (!json && !output.equals("text")) {
      throw new Complaint(
          ExitCode.USAGE, "'" + output + "' is not a format here; -o takes text, json");
    }
    Ticker ticker = new Ticker(json, color.palette());
    FollowedFlows followed =
        desk()
            .following(
                source.cni(), new ExplainManyQuestion(flows.asked(source), source.namespace()));
    Place where = source.place();
    if (!(where instanceof Place.Cluster cluster)) {
      throw new Complaint(
          ExitCode.USAGE, "only a running cluster can be watched: say context:NAME or --context");
    }
    try (Interruption interruption = new Interruption();
        ClusterWatch watch = desk().watch(cluster)) {
      return follow(watch, followed, ticker, lasts, interruption);
    }
  }

  private ExitCode follow(
      ClusterWatch watch,
      FollowedFlows followed,
      Ticker ticker,
      Optional<Duration> lasts,
      Interruption interruption) {
    long begin = System.nanoTime();
    boolean turned = false;
    boolean first = true;
    try {
      while (!interruption.came()
          && (first || lasts.isEmpty() || System.nanoTime() - begin < lasts.get().toNanos())) {
        Optional<Revision> next = watch.next(TICK);
        if (next.isPresent()) {
          List<Turn> turns = followed.next(next.get().snapshot());
          tell(next.get(), turns, ticker);
          turned |= !first && !turns.isEmpty();
          first = false;
        }
        if (once && !first) {
          return verdicts(followed);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return turned ? ExitCode.FOUND : ExitCode.AS_ASKED;
  }

  private static ExitCode verdicts(FollowedFlows followed) {
    ExitCode code = ExitCode.AS_ASKED;
    for (var row : followed.rows()) {
      code =
          code.or(
              row.verdict().map((Outcome v) -> ExitCode.of(v, false)).orElse(ExitCode.UNREADABLE));
    }
    return code;
  }

  private void tell(Revision revision, List<Turn> turns, Ticker ticker) {
    Instant time = revision.seen();
    Map<String, Stale> before = late;
    late = new HashMap<>();
    for (Stale stale : revision.stale()) {
      late.put(stale.what(), stale);
      if (!before.containsKey(stale.what())) {
        ticker.stale(time, stale.what(), stale.asOf(), stale.why(), out());
      }
    }
    before.keySet().stream()
        .filter(what -> !late.containsKey(what))
        .sorted()
        .forEach(what -> ticker.current(time, what, out()));
    Set<Gap> gaps = new LinkedHashSet<>(revision.snapshot().gaps());
    missing.stream()
        .filter(g -> !gaps.contains(g))
        .forEach(g -> ticker.gap(time, false, g.what(), g.why(), out()));
    gaps.stream()
        .filter(g -> !missing.contains(g))
        .forEach(g -> ticker.gap(time, true, g.what(), g.why(), out()));
    missing = gaps;
    turns.forEach(turn -> ticker.write(time, revision.number(), turn, out()));
    out().flush();
  }

  /** Reads {@code 90s}, {@code 10m}, {@code 1h30m}. */
  private static Duration parsed(String text) {
    try {
      Duration out = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (out.isPositive()) {
        return out;
      }
    } catch (DateTimeParseException _) {
      // said below
    }
    throw new Complaint(ExitCode.USAGE, "--for: '" + text + "' is no time like 90s, 10m or 1h");
  }
}
