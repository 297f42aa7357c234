package io.github.polverdict.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One literate case: a cluster, and what each engine makes of some flows.
 *
 * @param title one sentence
 * @param yaml the cluster as manifests
 * @param engines the columns of flows, each as {@code --cni} takes it
 * @param lints what lint says of it
 */
public record Scenario(
    Path file, String title, String yaml, List<String> engines, List<Row> rows, List<Lint> lints) {

  /**
   * One finding that is, or is not, to be made.
   *
   * @param line 1-based line of the file
   * @param code {@code PV201}
   * @param object as findings name it; empty for the cluster as a whole
   * @param fires by engine, whether it is made; an engine without a say is not in it
   */
  public record Lint(int line, String code, String object, Map<String, Boolean> fires) {}

  /**
   * One flow.
   *
   * @param line 1-based line of the file
   * @param says the comment on the line before, without its sign; empty when there is none
   * @param expected by engine; an engine without a say is not in it
   */
  public record Row(int line, String says, String from, String to, Map<String, Cell> expected) {}

  /**
   * What one engine makes of it.
   *
   * @param outcome ALLOWED, DENIED or UNKNOWN
   * @param quirks the deviations that make it so
   */
  public record Cell(String outcome, Set<String> quirks) {}
}
