package io.github.polverdict.cli;

import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.saved.History;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the cluster is read from, by options, and under which engine it is judged. */
class SourceOptions {
  /**
   * Set where polverdict runs as kubectl's plugin, which asks the current context as kubectl does.
   */
  private static final String PLUGIN = "polverdict.plugin";

  private static final String HISTORY = "history:";

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      description =
          "file or folder with manifests or dumps, or one saved snapshot; - for standard input; may"
              + " be repeated")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "a running cluster, by its kubeconfig context")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "PATH",
      description = "the kubeconfig to take contexts from")
  private @Nullable String kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = {
        "namespace of names and manifests that say none; listings tell only of it;",
        "of a running cluster also where to look when the whole can't be listed; may be repeated"
      })
  private List<String> namespaces = new ArrayList<>();

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "listings tell of every namespace, also with -n")
  private boolean everyNamespace;

  @Option(
      names = "--cni",
      paramLabel = "ENGINE",
      description = {
        "the engine to judge by: NAME[@VERSION][,key=value...];",
        "without it: what the input shows; else a cluster is judged under every engine that it",
        "may be, and manifests by the one whose own policies they hold, or the specification"
      })
  private @Nullable String cni;

  Optional<String> cni() {
    return Optional.ofNullable(cni);
  }

  /** The namespace of names that say none; empty when there is no such namespace. */
  String namespace() {
    return namespaces.isEmpty() ? "" : namespaces.getFirst();
  }

  /** The namespace that listings tell of; empty for all. */
  String listed() {
    return everyNamespace ? "" : namespace();
  }

  /** The namespaces that were said; none when all are meant. */
  Set<String> listedNamespaces() {
    return everyNamespace ? Set.of() : Set.copyOf(namespaces);
  }

  /** Whether all namespaces were said to be meant. */
  boolean everyNamespace() {
    return everyNamespace;
  }

  /** What was said without an option; empty where a command takes nothing so. */
  Optional<String> word() {
    return Optional.empty();
  }

  /** The one place that is named, by a word or by options. */
  Place place() {
    boolean live = context != null || kubeconfig != null;
    if (word().isPresent() && (context != null || !files.isEmpty())) {
      throw new Complaint(ExitCode.USAGE, "say SOURCE or -f or --context, not several");
    }
    if (live && !files.isEmpty()) {
      throw new Complaint(ExitCode.USAGE, "say -f or --context, not both");
    }
    if (word().isEmpty() && !live && files.isEmpty() && !Boolean.getBoolean(PLUGIN)) {
      throw new Complaint(
          ExitCode.USAGE,
          "say what to read: a path, or context:NAME for a running cluster; or try 'polverdict"
              + " demo'");
    }
    return files.isEmpty() ? placeBeside() : new Place.Files(files, namespace());
  }

  /** The paths of {@code -f}. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** Fails where standard input is meant to be the source, and that file, too. */
  void leaveInputTo(@Nullable Path file) {
    boolean read = files.contains("-") || word().filter("-"::equals).isPresent();
    if (read && file != null && file.toString().equals("-")) {
      throw new Complaint(
          ExitCode.USAGE, "- is both the source and the flows: name a file for one of them");
    }
  }

  /** Whether a word or a cluster option says what to read, so that {@code -f} need not. */
  boolean saidBeside() {
    return word().isPresent() || context != null || kubeconfig != null;
  }

  /** The place that a word or a cluster option names, whatever {@code -f} is for. */
  Place placeBeside() {
    if (word().isPresent() && context != null) {
      throw new Complaint(ExitCode.USAGE, "say SOURCE or --context, not both");
    }
    return word().map(this::named).orElseGet(() -> cluster(context == null ? "" : context));
  }

  /**
   * The running cluster that a word or the options name.
   *
   * @param who asks, for the message when there is none
   */
  Place.Cluster running(String who) {
    boolean path = !files.isEmpty() || word().filter(w -> !w.startsWith("context:")).isPresent();
    if (!path && word().isEmpty() && context == null) {
      return cluster(""); // as kubectl: the current context
    }
    if (!path && place() instanceof Place.Cluster cluster) {
      return cluster;
    }
    throw new Complaint(
        ExitCode.USAGE, who + " asks a running cluster: say context:NAME or --context NAME");
  }

  /**
   * A place by one word: a path, {@code context:NAME}, {@code git:REVISION:PATH} or {@code
   * history:FOLDER@TIME}.
   */
  Place named(String word) {
    if (word.startsWith("git:")) {
      String[] parts = word.substring("git:".length()).split(":", 2);
      return new Place.Git(parts[0], parts.length > 1 ? parts[1] : "", namespace());
    }
    if (word.startsWith(HISTORY)) {
      return new Place.Files(List.of(remembered(word.substring(HISTORY.length()))), namespace());
    }
    return word.startsWith("context:")
        ? cluster(word.substring("context:".length()))
        : new Place.Files(List.of(word), namespace());
  }

  /** The saved snapshot of a folder at a time; the newest when none is said. */
  private static String remembered(String word) {
    int at = word.lastIndexOf('@');
    History history = new History(Path.of(at < 0 ? word : word.substring(0, at)));
    try {
      return (at < 0 ? history.newest() : history.at(word.substring(at + 1))).toString();
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    }
  }

  private Place.Cluster cluster(String name) {
    return new Place.Cluster(name, Optional.ofNullable(kubeconfig), namespaces, false);
  }
}
