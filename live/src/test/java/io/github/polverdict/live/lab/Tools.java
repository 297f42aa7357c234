package io.github.polverdict.live.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The programs that real clusters are made with, and asked about. */
record Tools(Path livecluster, Path polverdict) {
  static final Path ROOT =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

  /** Those that the properties name; where one is missing the tests are skipped, saying so. */
  static Tools needed() throws IOException {
    Path livecluster = path("livecluster", "../shared/livecluster/livecluster");
    need(Files.isExecutable(livecluster), "there is no livecluster at " + livecluster);
    need(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "livecluster needs root");
    return new Tools(livecluster, path("polverdict", "polverdict"));
  }

  private static Path path(String property, String usual) {
    return Path.of(System.getProperty(property, ROOT.resolve(usual).toString())).normalize();
  }

  private static void need(boolean there, String otherwise) {
    if (!there) {
      System.out.println("real clusters are not checked: " + otherwise);
    }
    assumeTrue(there, otherwise);
  }
}
