package io.github.polverdict.lab.local;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Cluster;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Driver;
import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Shelf;
import io.github.polverdict.lab.local.Engines.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Labs of this machine's own processes. Each is one tree of processes in its own namespaces, which
 * ends as a whole with its first process. Needs root on Linux.
 */
public final class LocalDriver implements Driver {
  private final Home home;
  private final Binaries binaries;
  private final Shelf shelf;

  public LocalDriver(Home home) {
    this.home = home;
    this.binaries = new Binaries(home);
    this.shelf = home.shelf();
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
    shelf.mustBeFree(request.name());
    Map<String, String> facts = facts(request, engine);
    shelf.write(request.name(), facts);
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
    out.put(Shelf.DRIVER, name());
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
    return shelf.names(name()).stream().map(n -> read(n).getOrDefault("LAB_LINK", "")).toList();
  }

  private Map<String, String> read(String name) {
    Map<String, String> out = new HashMap<>(shelf.read(name));
    out.putIfAbsent("LAB_NAME", name);
    out.putIfAbsent("LAB_RUN", home.lab(name).toString());
    out.putIfAbsent("LAB_LINK", "0");
    return out;
  }

  @Override
  public List<Lab> list() {
    return shelf.names(name()).stream().map(this::lab).toList();
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
        Lab.Access.whole(folder.resolve("kubeconfig")));
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

  @Override
  public Cluster cluster(Lab lab) {
    return ground(lab);
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
