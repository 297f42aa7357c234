package io.github.polverdict.lab.local;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Driver;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.local.Engines.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Labs of this machine's own processes. Each is one tree of processes in its own namespaces, which
 * ends as a whole with its first process. Needs root on Linux.
 */
public final class LocalDriver implements Driver {
  private static final String FACTS = "lab.env";

  private final Home home;
  private final Binaries binaries;

  public LocalDriver(Home home) {
    this.home = home;
    this.binaries = new Binaries(home);
  }

  @Override
  public String name() {
    return "local";
  }

  /** The engines that a wish stands for: of every version that there is, when it says none. */
  public List<CniSpec> engines(CniSpec wanted) {
    return Engines.like(wanted).stream()
        .map(e -> CniSpec.parse(e.spec()))
        .map(e -> new CniSpec(e.name(), e.version(), wanted.settings()))
        .toList();
  }

  @Override
  public Lab up(LabRequest request, Consumer<String> progress) {
    Engine engine = Engines.of(request.engine());
    needRoot();
    binaries.need(engine);
    Path folder = home.lab(request.name());
    if (Files.exists(folder)) {
      throw new LabFailure(
          "there is a lab %s; 'polverdict lab down --name %s' removes it"
              .formatted(request.name(), request.name()));
    }
    Map<String, String> facts = facts(request, engine);
    write(folder, facts);
    Process process = script(facts, "up").startInto(folder.resolve("up.log"));
    int code = Binaries.watch(process, folder.resolve("progress"), progress);
    if (code != 0) {
      throw new LabFailure(failed(folder, facts));
    }
    return lab(request.name());
  }

  /** Why it did not come up. What runs of it is stopped; its logs are kept under another name. */
  private String failed(Path folder, Map<String, String> facts) {
    try {
      String why = Files.readString(folder.resolve("up.log")).strip();
      Path logs = home.folder().resolve("failed").resolve(String.valueOf(folder.getFileName()));
      script(facts, "keep-logs").and(List.of(logs.toString())).run();
      script(facts, "down").run();
      return "the lab did not start: " + why.replace(folder.toString(), logs.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, String> facts(LabRequest request, Engine engine) {
    Map<String, String> out = new TreeMap<>();
    out.put("LAB_NAME", request.name());
    out.put("LAB_RUN", home.lab(request.name()).toString());
    out.put("LAB_BIN", home.binaries().toString());
    out.put("LAB_NODES", String.valueOf(request.nodes()));
    out.put("LAB_CNI", engine.folder());
    out.put("LAB_ENGINE", engine.spec());
    out.put("LAB_LINK", String.valueOf(Links.free(taken())));
    out.put("LAB_OUTSIDE", String.join(" ", request.outside()));
    out.put(
        "LAB_SETTINGS",
        request.engine().settings().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(";")));
    return out;
  }

  private List<String> taken() {
    return names().stream().map(n -> read(n).getOrDefault("LAB_LINK", "")).toList();
  }

  private static void write(Path folder, Map<String, String> facts) {
    try {
      Files.createDirectories(folder);
      Path fresh = folder.resolve(FACTS + ".new");
      Files.write(
          fresh, facts.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
      Files.move(fresh, folder.resolve(FACTS), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LabFailure("can't write to " + folder + ": " + e.getMessage());
    }
  }

  private Map<String, String> read(String name) {
    Map<String, String> out = new HashMap<>();
    try {
      for (String line : Files.readAllLines(home.lab(name).resolve(FACTS))) {
        String[] pair = line.split("=", 2);
        out.put(pair[0], pair.length > 1 ? pair[1] : "");
      }
    } catch (IOException e) {
      out.putAll(Map.of("LAB_NAME", name, "LAB_RUN", home.lab(name).toString(), "LAB_LINK", "0"));
    }
    return out;
  }

  private List<String> names() {
    Path labs = home.folder().resolve("labs");
    if (!Files.isDirectory(labs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(labs)) {
      return folders.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new LabFailure("can't list " + labs + ": " + e.getMessage());
    }
  }

  @Override
  public List<Lab> list() {
    return names().stream().map(this::lab).toList();
  }

  private Lab lab(String name) {
    Map<String, String> facts = read(name);
    Path folder = home.lab(name);
    String settings = facts.getOrDefault("LAB_SETTINGS", "");
    String engine = facts.getOrDefault("LAB_ENGINE", "?");
    return new Lab(
        name,
        name(),
        settings.isEmpty() ? engine : engine + "," + settings.replace(';', ','),
        Integer.parseInt(facts.getOrDefault("LAB_NODES", "0")),
        state(folder),
        folder.resolve("kubeconfig"));
  }

  private static LabState state(Path folder) {
    if (!FirstProcess.of(folder.resolve("init")).map(FirstProcess::isAlive).orElse(false)) {
      return LabState.DEAD;
    }
    return Files.exists(folder.resolve("ready")) ? LabState.READY : LabState.STARTING;
  }

  @Override
  public void down(Lab lab) {
    needRoot();
    Command.Ended ended = script(read(lab.name()), "down").run();
    if (ended.code() != 0) {
      throw new LabFailure(
          "the lab %s could not be removed: %s".formatted(lab.name(), ended.output().strip()));
    }
  }

  /** A command that runs in a lab: in the network of a node, an outside host or the router. */
  public Command inside(Lab lab, String where, List<String> words) {
    return script(read(lab.name()), "exec").and(List.of(where)).and(words);
  }

  /** The lab as a place to send packets in. */
  public Ground ground(Lab lab) {
    return new LocalGround(lab, kubectl(), verb -> script(read(lab.name()), verb));
  }

  private Command script(Map<String, String> facts, String verb) {
    return Command.of("bash", home.unpacked().resolve("lab").toString(), verb).with(facts);
  }

  /** kubectl for labs: the one that was built, else the system's. */
  public Command kubectl() {
    return Command.of(
        Optional.of(home.binaries().resolve("kubectl"))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .orElse("kubectl"));
  }

  private static void needRoot() {
    try {
      if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
        return;
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new LabFailure("labs of this machine's processes need Linux");
    }
    throw new LabFailure(
        "labs of this machine's processes need root: they make network namespaces and load eBPF;"
            + " try sudo");
  }
}
