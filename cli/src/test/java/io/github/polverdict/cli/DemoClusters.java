package io.github.polverdict.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The demo's clusters in a folder of the test's own, and whole runs over them. */
@NullUnmarked
abstract class DemoClusters {
  @TempDir Path folder;
  String staging;
  String production;

  /** What a run gave. */
  record Ran(int code, String out, String err) {}

  @BeforeEach
  void unpackTheDemosClusters() throws IOException {
    for (String cluster : List.of("staging", "production")) {
      Path to = Files.createDirectories(folder.resolve(cluster));
      for (String name : List.of("cluster.yaml", "policies.yaml", "workloads.yaml")) {
        try (InputStream in = Main.class.getResourceAsStream("demo/" + cluster + "/" + name)) {
          Files.write(to.resolve(name), in.readAllBytes());
        }
      }
    }
    staging = folder.resolve("staging").toString();
    production = folder.resolve("production").toString();
  }

  static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err, true), args);
    return new Ran(code, out.toString(), err.toString());
  }

  /** The demo's production cluster, with one finding accepted and another no longer. */
  String accepting() throws IOException {
    Path policies = folder.resolve("production/policies.yaml");
    String text = Files.readString(policies);
    Files.writeString(
        policies,
        text.replace(
                "  name: media-streams\n",
                "  name: media-streams\n  annotations:\n    polverdict.github.io/ignore-PV104:"
                    + " \"streams come later (until 2999-12-31)\"\n")
            .replace(
                "  name: metrics\n",
                "  name: metrics\n  annotations:\n    polverdict.github.io/ignore-PV202:"
                    + " \"label comes with OPS-17 (until 2020-01-01)\"\n"));
    return production;
  }
}
