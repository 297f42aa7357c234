package io.github.polverdict.snapshot.git;

import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code git ls-tree -r -z} lists of a folder.
 *
 * @param entries in the order of their paths
 */
record GitTree(List<Entry> entries) {
  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");
  private static final String FILE = "100";
  private static final String LINK = "120000";

  GitTree {
    entries = List.copyOf(entries);
  }

  /**
   * One name in the folder or below it.
   *
   * @param mode as git writes it: {@code 100644} a file, {@code 120000} a link, {@code 160000} a
   *     submodule
   * @param object the id of the content
   * @param path from the folder on
   */
  record Entry(String mode, String object, String path) {
    private boolean isManifest() {
      return EXTENSIONS.stream().anyMatch(path::endsWith);
    }

    /** Whether manifests may stand behind it: a folder's name has no extension as a rule. */
    private boolean mayLeadToManifests() {
      return isManifest() || path.indexOf('.', path.lastIndexOf('/') + 1) < 0;
    }
  }

  /** Where links lead. */
  interface Links {
    /** The words in a link. */
    String target(Entry link) throws UnreadableSource;
  }

  static GitTree parse(String listing) {
    return new GitTree(
        Stream.of(listing.split("\0", -1))
            .filter(line -> !line.isEmpty())
            .map(line -> line.split("[ \t]", 4))
            .map(words -> new Entry(words[0], words[2], words[3]))
            .toList());
  }

  /** The files that are read. */
  List<Entry> manifests() {
    return entries.stream().filter(e -> e.mode().startsWith(FILE) && e.isManifest()).toList();
  }

  /** Links and submodules behind which manifests may stand that are not read here. */
  List<Entry> unfollowed(Links links) throws UnreadableSource {
    List<Entry> out = new ArrayList<>();
    for (Entry entry : entries) {
      boolean file = entry.mode().startsWith(FILE);
      if (!file && entry.mayLeadToManifests() && !(isLink(entry) && isRead(entry, links))) {
        out.add(entry);
      }
    }
    return out;
  }

  private static boolean isLink(Entry entry) {
    return entry.mode().equals(LINK);
  }

  private boolean isRead(Entry link, Links links) throws UnreadableSource {
    Path at = Path.of(link.path()).resolveSibling(links.target(link)).normalize();
    return manifests().stream().anyMatch(e -> Path.of(e.path()).startsWith(at));
  }
}
