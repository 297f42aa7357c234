package io.github.polverdict.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file that nobody named may count. As for git's {@code safe.directory}
 * (https://git-scm.com/docs/git-config), what another user left above a shared folder does not.
 */
final class Ownership {
  private Ownership() {}

  /**
   * Why a file is not to be trusted; empty when it is: it belongs to the user, to whom the folder
   * belongs that one stands in, or to the system's owner, and not everybody may write to it.
   */
  static Optional<String> objection(Path file, Path folder) {
    try {
      PosixFileAttributes own = attributes(file);
      if (own == null) {
        return Optional.empty(); // a system without such owners
      }
      Set<UserPrincipal> trusted = new HashSet<>();
      Path here = folder.toAbsolutePath();
      for (Path path :
          new Path[] {here, Path.of(System.getProperty("user.home", "")), root(here)}) {
        if (Files.exists(path)) {
          trusted.add(Files.getOwner(path));
        }
      }
      if (!trusted.contains(own.owner())) {
        return Optional.of("it belongs to " + own.owner().getName());
      }
      return own.permissions().contains(PosixFilePermission.OTHERS_WRITE)
          ? Optional.of("everybody may write to it")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Path root(Path folder) {
    Path root = folder.getRoot();
    return root == null ? folder : root;
  }

  private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    return view == null ? null : view.readAttributes();
  }
}
