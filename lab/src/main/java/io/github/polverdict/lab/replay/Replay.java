package io.github.polverdict.lab.replay;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.Packet;
import io.github.polverdict.lab.recreate.Site;
import io.github.polverdict.live.ClusterAccess;
import io.github.polverdict.live.ClusterSource;
import io.github.polverdict.live.Progress;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.testkit.Scenario;
import io.github.polverdict.testkit.ScenarioReader;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays scenarios in a lab. What is expected of a flow is its cell in the column of the lab's
 * engine, and where there is none what the model says of the lab as it stands. A flow of which the
 * model says something else in the lab than the cell does is skipped: the lab is not that cluster.
 */
public final class Replay {
  private final Ground ground;
  private final Consumer<String> progress;
  private final Workbench workbench = Workbench.installed();
  private final CniSpec engine;
  private final List<Played> played = new ArrayList<>();

  public Replay(Ground ground, Consumer<String> progress) {
    this.ground = ground;
    this.progress = progress;
    this.engine = CniSpec.parse(ground.lab().engine());
  }

  /**
   * Plays the scenarios of a folder.
   *
   * @param which which of them, by the path below the folder
   * @return a line for each flow of each
   */
  public List<Played> run(Path folder, Predicate<Path> which) {
    Set<String> served = new Site(ground).served(workbench.policyKinds());
    List<Case> cases = new ArrayList<>();
    for (Case one : read(folder, which)) {
      Optional<String> unfit = one.unfit(served);
      unfit.ifPresent(why -> one.scenario().rows().forEach(row -> skip(one, row, why)));
      if (unfit.isEmpty()) {
        cases.add(one);
      }
    }
    List<List<Case>> batches = Batches.of(cases, judging(served));
    for (int i = 0; i < batches.size(); i++) {
      play(batches.get(i), "batch %d of %d".formatted(i + 1, batches.size()), served);
    }
    played.sort(Comparator.comparing(Played::scenario).thenComparingInt(Played::line));
    return List.copyOf(played);
  }

  /** The types whose objects something heeds: none where nothing enforces. */
  private Set<String> judging(Set<String> policies) {
    return said().isEmpty() ? policies : Set.of();
  }

  private void play(List<Case> batch, String which, Set<String> policies) {
    progress.accept("%s: the pods of %d scenarios start".formatted(which, batch.size()));
    String prefix = "b" + which.replaceAll("\\D+(\\d+).*", "$1") + "s";
    try (Stage stage = new Stage(ground, prefix, batch, policies)) {
      play(stage, Batches.turns(batch, judging(policies)), which);
    }
  }

  private void play(Stage stage, List<List<Case>> turns, String which) {
    Turns<Case> left = new Turns<>(turns);
    while (left.more()) {
      List<Case> turn = left.next();
      progress.accept(
          which + ": " + turn.stream().map(Case::name).collect(Collectors.joining(" ")));
      int deaths = ground.deaths();
      int before = played.size();
      stage.enforce(turn);
      play(stage, turn, deaths);
      boolean died = ground.deaths() > deaths;
      if (died || left.more()) {
        stage.lift(turn);
      }
      if (died) {
        ground.recover();
        played.subList(before, played.size()).clear();
        left.ended(turn)
            .ifPresent(
                one -> one.scenario().rows().forEach(row -> skip(one, row, "an agent ends of it")));
      }
    }
  }

  private static List<Case> read(Path folder, Predicate<Path> which) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Case> out = new ArrayList<>();
      NodePorts nodePorts = new NodePorts();
      for (Path file : files.filter(f -> f.toString().endsWith(".scn")).sorted().toList()) {
        Path name = folder.relativize(file);
        boolean built = name.startsWith("src") || name.startsWith("target");
        if (!built && which.test(name)) {
          Scenario scenario = ScenarioReader.read(file);
          if (!scenario.rows().isEmpty()) {
            out.add(Case.of(name.toString(), scenario, nodePorts));
          }
        }
      }
      return out;
    } catch (IOException e) {
      throw new LabFailure("can't read the scenarios of " + folder + ": " + e.getMessage());
    }
  }

  private void play(Stage stage, List<Case> cases, int deaths) {
    Session session = workbench.open(live(), said(), Grouping.WORKLOAD);
    Model model = Model.of(session, engine);
    List<Attempt> attempts = new ArrayList<>();
    for (Case one : cases) {
      for (Scenario.Row row : one.scenario().rows()) {
        Optional<String> refusal = stage.refusal(one);
        if (refusal.isPresent()) {
          skip(one, row, refusal.get());
        } else {
          attempt(stage, one, row, model).ifPresent(attempts::add);
        }
      }
    }
    new Volley(ground, deaths).fire(attempts);
    attempts.forEach(a -> played.add(a.told()));
  }

  private Snapshot live() {
    ClusterAccess access =
        new ClusterAccess(Optional.empty(), ground.lab().access().kubeconfig(), List.of());
    try {
      return new ClusterSource(access, Progress.SILENT).read();
    } catch (UnreadableSource e) {
      throw new LabFailure("the lab can't be read: " + e.sentence());
    }
  }

  /** What enforces is recognised, as in any cluster, where the lab has something that does. */
  private Optional<CniSpec> said() {
    return engine.version().isEmpty() ? Optional.of(engine) : Optional.empty();
  }

  private Optional<Attempt> attempt(Stage stage, Case one, Scenario.Row row, Model model) {
    Optional<Way> way = Way.of(row.from(), row.to());
    if (way.isEmpty()) {
      skip(one, row, "it is not one flow of IPv4 with a port's number");
      return Optional.empty();
    }
    Ends ends = stage.ends(one);
    Optional<String> where = ends.where(way.get().from());
    Optional<String> address = ends.address(way.get().to());
    if (where.isEmpty() || address.isEmpty()) {
      skip(one, row, "a lab does not have one of its ends");
      return Optional.empty();
    }
    Outcome here = model.verdict(ends, row);
    Optional<String> column = model.column(row, here);
    String cell = column.map(c -> Model.outcome(row, c)).orElse("UNKNOWN");
    if (here == Outcome.UNKNOWN && cell.equals("UNKNOWN")) {
      skip(one, row, "nothing is expected: it is UNKNOWN");
    } else if (!cell.equals("UNKNOWN") && !cell.equals(here.name())) {
      skip(one, row, "the lab is not that cluster: there it is " + cell + ", here " + here);
    } else {
      Way flow = way.get();
      return Optional.of(
          new Attempt(
              one.name(),
              row,
              new Attempt.Expected(here, cell.equals("UNKNOWN") ? "" : column.orElse("")),
              new Packet("", where.get(), flow.protocol(), address.get(), one.port(flow))));
    }
    return Optional.empty();
  }

  private void skip(Case one, Scenario.Row row, String why) {
    played.add(Played.skipped(one.name(), row.line(), row.from() + " -> " + row.to(), why));
  }
}
