package io.github.polverdict.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is remembered of labs: a folder for each, with its facts, {@code KEY=VALUE}.
 *
 * @param folder of the labs' folders
 */
public record Shelf(Path folder) {
  /** Who has made the lab: a driver's name. */
  public static final String DRIVER = "LAB_DRIVER";

  private static final String FACTS = "lab.env";

  /** The folder of one lab. */
  public Path of(String name) {
    return folder.resolve(name);
  }

  /** The names of a driver's labs, in order. */
  public List<String> names(String driver) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(f -> String.valueOf(f.getFileName()))
          .filter(n -> read(n).getOrDefault(DRIVER, "local").equals(driver))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new LabFailure("can't list " + folder + ": " + e.getMessage());
    }
  }

  /** The facts of a lab; empty when there are none. */
  public Map<String, String> read(String name) {
    Map<String, String> out = new HashMap<>();
    try {
      for (String line : Files.readAllLines(of(name).resolve(FACTS))) {
        String[] pair = line.split("=", 2);
        out.put(pair[0], pair.length > 1 ? pair[1] : "");
      }
    } catch (IOException _) {
      return Map.of();
    }
    return out;
  }

  /** Fails when there is a lab of that name. */
  public void mustBeFree(String name) {
    if (Files.exists(of(name))) {
      throw new LabFailure(
          "there is a lab %s; 'polverdict lab down --name %s' removes it".formatted(name, name));
    }
  }

  /** Writes the facts of a lab, whole or not at all. */
  public void write(String name, Map<String, String> facts) {
    try {
      Files.createDirectories(of(name));
      Path fresh = of(name).resolve(FACTS + ".new");
      Files.write(
          fresh, facts.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
      Files.move(fresh, of(name).resolve(FACTS), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LabFailure("can't write to " + of(name) + ": " + e.getMessage());
    }
  }

  /** Forgets a lab of which nothing is left: removes its folder. */
  public void forget(String name) {
    if (!Files.exists(of(name))) {
      return;
    }
    try (Stream<Path> files = Files.walk(of(name))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new LabFailure("can't remove " + of(name) + ": " + e.getMessage());
    }
  }
}
