package io.github.polverdict.snapshot.git;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.MemorySource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotSource;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.git.GitTree.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A snapshot source of a file or folder as it was in a revision of the repository of the working
 * directory. Nothing is checked out: objects are read by the program {@code git}, which knows every
 * form of repository (partial clones, worktrees) that a library would have to learn.
 *
 * @param revision a branch, tag, commit or whatever else git takes for one
 * @param path from the top of the repository; empty for all of it; {@code ./} from here
 * @param namespace of objects that name none; empty for {@code default}
 */
public record GitSource(String revision, String path, String namespace) implements SnapshotSource {
  /**
   * One file that is read.
   *
   * @param name as git takes it, {@code main:manifests/web.yaml}
   * @param id of the object in git
   */
  public record Blob(String name, String id, byte[] bytes) {}

  /**
   * Fails when the revision, or the path in it, is not there.
   *
   * @throws UnreadableSource with a sentence for the user
   */
  public void check() throws UnreadableSource {
    type();
  }

  @Override
  public Snapshot read() throws UnreadableSource {
    Map<String, byte[]> files = new LinkedHashMap<>();
    blobs().forEach(b -> files.put(b.name(), b.bytes()));
    if (files.isEmpty()) {
      throw new UnreadableSource("no .yaml, .yml or .json file is in " + spec());
    }
    Snapshot read = new MemorySource("git:" + spec(), files, namespace).read();
    for (Entry entry : unfollowed()) {
      read = without(read, name(entry));
    }
    return read;
  }

  private List<Entry> unfollowed() throws UnreadableSource {
    return type().equals("tree")
        ? tree().unfollowed(link -> Git.text("cat-file", "blob", link.object()))
        : List.of();
  }

  private static Snapshot without(Snapshot read, String name) {
    Origin at = new Origin.InFile("", name, "", 1, 1);
    String message = "This is a link or a submodule, which is not followed in a revision";
    String help = "check the revision out, and name the folder";
    return read.with(
        List.of(new Gap(Set.of(), "", "objects in " + name, message, at)),
        List.of(new Finding("PV022", Severity.ERROR, message, help, at)));
  }

  /**
   * Every file that is read, in its order.
   *
   * @throws UnreadableSource with a sentence for the user
   */
  public List<Blob> blobs() throws UnreadableSource {
    boolean folder = type().equals("tree");
    List<Blob> out = new ArrayList<>();
    for (Entry entry : folder ? tree().manifests() : List.of(file())) {
      byte[] bytes = Git.bytes("cat-file", "blob", entry.object());
      out.add(new Blob(name(entry), entry.object(), bytes));
    }
    return out;
  }

  /** The commit that the revision is at present. */
  public String commit() throws UnreadableSource {
    type();
    return Git.text("rev-parse", "--verify", revision + "^{commit}").strip();
  }

  /** The one file that the path is. */
  private Entry file() throws UnreadableSource {
    return new Entry("", Git.text("rev-parse", "--verify", spec()).strip(), "");
  }

  private String spec() {
    return revision + ":" + path;
  }

  /** As git itself takes it, so that {@code git show} shows the file. */
  private String name(Entry entry) {
    String folder = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    return entry.path().isEmpty() ? spec() : revision + ":" + folder + entry.path();
  }

  private String type() throws UnreadableSource {
    if (revision.isEmpty() || revision.startsWith("-")) {
      throw new UnreadableSource("'" + revision + "' is no revision; say git:REVISION:PATH");
    }
    if (!Git.succeeds("rev-parse", "--git-dir")) {
      throw new UnreadableSource(
          "this folder is in no repository that git reads; start polverdict inside of one");
    }
    if (!Git.succeeds("rev-parse", "--verify", "--quiet", revision + "^{tree}")) {
      throw new UnreadableSource(
          "there is no revision '%s' in this repository%s"
              .formatted(revision, "; git fetch may bring it, git branch -a lists what is there"));
    }
    if (!Git.succeeds("cat-file", "-e", spec())) {
      throw new UnreadableSource("there is no '%s' in revision '%s'".formatted(path, revision));
    }
    return Git.text("cat-file", "-t", spec()).strip();
  }

  private GitTree tree() throws UnreadableSource {
    return GitTree.parse(Git.text("ls-tree", "-r", "-z", "--full-tree", spec()));
  }
}
