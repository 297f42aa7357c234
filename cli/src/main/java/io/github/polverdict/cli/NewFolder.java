package io.github.polverdict.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that is filled whole or not at all. */
record NewFolder(Path path) {

  /** Fails now when it could not be filled later. */
  static NewFolder checked(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(absolute) && (!Files.isDirectory(absolute) || !isEmpty(absolute))) {
        throw new Complaint(
            ExitCode.UNREADABLE, path + " is there and not an empty folder: name another");
      }
      Path parent = absolute.getParent();
      if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
        throw new Complaint(
            ExitCode.UNREADABLE, "cannot write " + path + ": there is no folder " + parent);
      }
    } catch (IOException e) {
      throw Complaint.of("cannot look at " + path, e);
    }
    return new NewFolder(absolute);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** Writes texts by their paths within the folder. */
  void write(Map<String, String> files) {
    try {
      Path part = Files.createTempDirectory(path.getParent(), "." + path.getFileName() + ".part");
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          Path to = part.resolve(file.getKey());
          Files.createDirectories(to.getParent());
          Files.writeString(to, file.getValue());
        }
        Files.deleteIfExists(path);
        Files.move(part, path);
      } finally {
        delete(part);
      }
    } catch (IOException e) {
      throw Complaint.of("cannot write " + path, e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }
}
