package io.github.polverdict.snapshot.saved;

import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotSource;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a user's paths name: one saved snapshot, which its first bytes tell, or files and folders.
 *
 * @param paths as given
 * @param files the source of these paths when none is a saved snapshot
 */
public record PathSource(List<String> paths, FileSource files) implements SnapshotSource {
  public PathSource {
    paths = List.copyOf(paths);
  }

  @Override
  public Snapshot read() throws UnreadableSource {
    for (String path : paths) {
      if (isSaved(path)) {
        if (paths.size() > 1) {
          throw new UnreadableSource(
              path + " is a saved snapshot, which is read alone; name no other path beside it");
        }
        return new SavedSnapshot(Path.of(path)).read();
      }
    }
    return files.read();
  }

  private static boolean isSaved(String path) {
    try {
      return SavedSnapshot.isOne(Path.of(path));
    } catch (InvalidPathException _) {
      return false; // the source of files says so
    }
  }
}
