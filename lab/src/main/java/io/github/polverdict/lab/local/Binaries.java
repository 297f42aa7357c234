package io.github.polverdict.lab.local;

import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.Table;
import io.github.polverdict.lab.local.Engines.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of labs: what is there, what is missing, and how it is made. */
public final class Binaries {
  private static final String CLUSTER = "kubernetes";
  private static final List<String> CLUSTER_FILES = List.of("kubernetes", "agnhost", "agnhost.tar");
  private static final String AGENT = "agent";
  private static final String BUILD = "build";

  private final Home home;

  public Binaries(Home home) {
    this.home = home;
  }

  /** The parts that can be built. */
  public static List<String> parts() {
    return Stream.concat(
            Stream.of(CLUSTER), Engines.all().stream().filter(Engine::isBuilt).map(Engine::folder))
        .toList();
  }

  /** Whether a part is there. */
  public boolean has(String part) {
    if (part.equals(CLUSTER)) {
      return CLUSTER_FILES.stream().allMatch(f -> Files.exists(home.binaries().resolve(f)));
    }
    return Engines.all().stream()
        .filter(e -> e.folder().equals(part))
        .flatMap(e -> e.files().stream())
        .allMatch(f -> Files.exists(home.binaries().resolve(part).resolve(f)));
  }

  /** Builds a part; on one machine about five minutes for each, and 2 GB of modules. */
  public void build(String part, Consumer<String> progress) {
    missing(BUILD);
    Path log = home.folder().resolve("build-" + part + ".log");
    Path script = home.unpacked().resolve("build");
    Process process =
        Command.of("bash", script.toString(), part)
            .with(Map.of("LAB_BIN", home.binaries().toString()))
            .startInto(log);
    int code = watch(process, log, line -> progress.accept(part + ": " + line));
    if (code != 0) {
      throw new LabFailure("%s could not be built; see %s".formatted(part, log));
    }
  }

  /** Takes what another folder holds, without copying it. */
  public void take(Path from) {
    try {
      Files.createDirectories(home.binaries());
      List<String> names = new ArrayList<>(CLUSTER_FILES);
      Engines.all().stream().filter(Engine::isBuilt).map(Engine::folder).forEach(names::add);
      List<String> there = names.stream().filter(n -> Files.exists(from.resolve(n))).toList();
      if (there.isEmpty()) {
        throw new LabFailure("there are no programs of a lab in " + from);
      }
      for (String name : there) {
        mustBePinned(name, from);
      }
      for (String name : there) {
        Path link = home.binaries().resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, from.resolve(name).toRealPath());
      }
    } catch (IOException e) {
      throw new LabFailure("can't take the programs of " + from + ": " + e.getMessage());
    }
  }

  /** An agent of another version than labs have would be taken for the one that is pinned. */
  private static void mustBePinned(String part, Path from) throws IOException {
    Path version = from.resolve(part).resolve("version");
    if (Files.exists(version)) {
      String said = Files.readString(version).strip();
      boolean pinned =
          Table.text(Home.class, "cni/" + part + "/go.mod")
              .lines()
              .anyMatch(line -> line.endsWith(" v" + said)); // what is not asked for says so
      if (!pinned) {
        throw new LabFailure(
            "%s is %s %s, which labs do not have; 'polverdict lab build %s' makes theirs"
                .formatted(from.resolve(part), part, said, part));
      }
    }
  }

  /** What a lab with an engine can't do without, or a complaint that says how to get it. */
  void need(Engine engine) {
    missing(engine.isBuilt() ? AGENT : "");
    List<String> unbuilt =
        Stream.of(CLUSTER, engine.folder()).distinct().filter(p -> !has(p)).toList();
    if (!unbuilt.isEmpty()) {
      throw new LabFailure(
          "not built yet: %s (in %s); 'polverdict lab build %s' does that, once"
              .formatted(String.join(", ", unbuilt), home.binaries(), String.join(" ", unbuilt)));
    }
  }

  /** Packages of the system that programs are missing from, for what is always needed and more. */
  public static List<String> packages(String... more) {
    return Home.table("programs.txt").stream()
        .filter(row -> row.get(2).equals("always") || List.of(more).contains(row.get(2)))
        .filter(row -> !installed(row.get(0)))
        .map(row -> row.get(1))
        .toList();
  }

  private static void missing(String more) {
    List<String> packages = packages(more);
    if (!packages.isEmpty()) {
      throw new LabFailure(
          "programs of the system are missing; 'apt-get install "
              + String.join(" ", packages)
              + "' brings them, and so does 'polverdict lab build --install-packages'");
    }
  }

  /** Installs what is missing for labs with any engine, and for building. */
  public static void installPackages(Consumer<String> progress) {
    List<String> packages = packages(AGENT, BUILD);
    if (packages.isEmpty()) {
      return;
    }
    progress.accept("installing " + String.join(", ", packages));
    Command.Ended ended =
        Command.of("apt-get", "install", "-y", "-qq")
            .and(packages)
            .with(Map.of("DEBIAN_FRONTEND", "noninteractive"))
            .run();
    if (ended.code() != 0) {
      throw new LabFailure("apt-get could not install them: " + ended.output().strip());
    }
  }

  private static boolean installed(String program) {
    if (program.startsWith("/")) {
      return Files.exists(Path.of(program));
    }
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin:/usr/local/go/bin";
    return Arrays.stream(path.split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Hears the lines of a growing file until the process ends. */
  static int watch(Process process, Path file, Consumer<String> lines) {
    try {
      int heard = 0;
      boolean ends = false;
      while (!ends) {
        ends = process.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        List<String> all =
            Files.exists(file)
                ? Files.readString(file).lines().collect(Collectors.toList())
                : List.of();
        all.subList(Math.min(heard, all.size()), all.size()).forEach(lines);
        heard = all.size();
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted");
    }
  }
}
