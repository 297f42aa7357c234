package io.github.polverdict.lab.local;

import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.Shelf;
import io.github.polverdict.lab.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where labs keep their files: {@code $POLVERDICT_LAB_HOME}, else {@code polverdict/lab} in the
 * user's cache.
 *
 * @param folder of it all
 * @param binaries what has been built; {@code $POLVERDICT_LAB_BIN} where that is set
 */
public record Home(Path folder, Path binaries) {

  public static Home of(Map<String, String> environment) {
    String cache =
        set(environment, "XDG_CACHE_HOME").orElse(System.getProperty("user.home") + "/.cache");
    Path folder =
        Path.of(set(environment, "POLVERDICT_LAB_HOME").orElse(cache + "/polverdict/lab"))
            .toAbsolutePath();
    return new Home(
        folder,
        set(environment, "POLVERDICT_LAB_BIN")
            .map(p -> Path.of(p).toAbsolutePath())
            .orElse(folder.resolve("bin")));
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isEmpty());
  }

  /** What is remembered of labs, whoever makes them. */
  public Shelf shelf() {
    return new Shelf(folder.resolve("labs"));
  }

  /** The folder of one lab. */
  Path lab(String name) {
    return shelf().of(name);
  }

  Path scripts() {
    return folder.resolve("scripts");
  }

  /** The rows of a table among the resources. */
  static List<List<String>> table(String resource) {
    return Table.of(Home.class, resource);
  }

  /** Writes the scripts and Go modules of this version of the program, and says where. */
  Path unpacked() {
    try {
      for (String line : Table.text(Home.class, "files.txt").lines().toList()) {
        Path file = scripts().resolve(line);
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(file.getParent(), ".new", "");
        try (InputStream in = Table.open(Home.class, line)) {
          Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        fresh.toFile().setExecutable(true);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return scripts();
    } catch (IOException e) {
      throw new LabFailure(
          "can't write to %s (%s); say another folder in POLVERDICT_LAB_HOME"
              .formatted(folder, e.getMessage()));
    }
  }
}
