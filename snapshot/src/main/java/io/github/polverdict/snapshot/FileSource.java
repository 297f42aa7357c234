package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.FileTree.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A snapshot source of files, directories and standard input, read as kubectl reads them. Documents
 * that cannot be read are findings and gaps; the rest is read all the same.
 */
public final class FileSource implements SnapshotSource {
  private final List<String> paths;
  private final InputStream stdin;
  private final Limits limits;
  private final String namespace;
  private final Scopes scopes;

  private FileSource(
      List<String> paths, InputStream stdin, Limits limits, String namespace, Scopes scopes) {
    this.paths = List.copyOf(paths);
    this.stdin = stdin;
    this.limits = limits;
    this.namespace = namespace;
    this.scopes = scopes;
  }

  /**
   * A source of these paths; {@code -} is standard input.
   *
   * @param stdin read only when {@code -} is among the paths; never closed
   */
  public static FileSource of(List<String> paths, InputStream stdin) {
    return new FileSource(paths, stdin, Limits.DEFAULT, "", Scopes.builtIn());
  }

  /** This source with other limits. */
  public FileSource withLimits(Limits others) {
    return new FileSource(paths, stdin, others, namespace, scopes);
  }

  /**
   * This source with the namespace of objects that name none, as {@code kubectl -n} gives it.
   * Without it they go to {@code default}, which a finding says.
   */
  public FileSource withDefaultNamespace(String other) {
    return new FileSource(paths, stdin, limits, other, scopes);
  }

  /** This source with what is known of custom kinds; definitions among the objects go first. */
  public FileSource withScopes(Scopes others) {
    return new FileSource(paths, stdin, limits, namespace, others);
  }

  /** The files that would be read, in order; standard input is not among them. */
  public List<Path> files() {
    FileTree tree = new FileTree(limits);
    paths.forEach(tree::add);
    return tree.inputs().stream().filter(i -> !i.isStdin()).map(Input::path).toList();
  }

  @Override
  public Snapshot read() throws UnreadableSource {
    FileTree tree = new FileTree(limits);
    paths.forEach(tree::add);
    List<Reading> readings = new ArrayList<>();
    for (Outcome outcome : tree.inputs().parallelStream().map(this::read).toList()) {
      switch (outcome) {
        case Outcome.Read(Reading reading) -> readings.add(reading);
        case Outcome.Failed(String name, String why) ->
            tree.unreadable(
                name, "PV021", "The file cannot be read: " + why, "check its permissions");
      }
    }
    if (readings.isEmpty()) {
      throw new UnreadableSource(
          tree.fruitless().isEmpty() ? "no file was named" : String.join("; ", tree.fruitless()));
    }
    readings.addFirst(tree.problems());
    return new Assembly(scopes, namespace).snapshot(String.join(", ", paths), readings);
  }

  /** What became of a file. */
  private sealed interface Outcome {
    record Read(Reading reading) implements Outcome {}

    record Failed(String name, String why) implements Outcome {}
  }

  private Outcome read(Input input) {
    try {
      long limit = limits.bytesPerFile();
      if (!input.isStdin() && Files.size(input.path()) > limit) {
        return new Outcome.Read(tooLarge(input.name()));
      }
      byte[] bytes = bytes(input, (int) limit + 1);
      return new Outcome.Read(
          bytes.length > limit
              ? tooLarge(input.name())
              : new FileReader(input.name(), bytes, limits).read());
    } catch (IOException e) {
      return new Outcome.Failed(input.name(), FileTree.reason(e));
    }
  }

  private byte[] bytes(Input input, int most) throws IOException {
    if (input.isStdin()) {
      return stdin.readNBytes(most);
    }
    try (InputStream in = Files.newInputStream(input.path())) {
      return in.readNBytes(most);
    }
  }

  private Reading tooLarge(String name) {
    Reading out = new Reading(name);
    Origin at = new Origin.InFile("", name, "", 1, 1);
    String message = "The file is larger than " + limits.bytesPerFile() + " bytes; it is left out";
    out.finding(
        "PV015",
        Severity.ERROR,
        message,
        "split it, or leave out what is no policy or workload",
        at);
    out.gap(Set.of(), "", "the file is larger than " + limits.bytesPerFile() + " bytes", at);
    return out;
  }
}
