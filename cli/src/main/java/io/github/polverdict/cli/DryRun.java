package io.github.polverdict.cli;

import io.github.polverdict.live.probe.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run would do, and the rights that it needs for it. */
final class DryRun {
  private DryRun() {}

  static List<String> notes(List<Step> steps) {
    List<String> out = new ArrayList<>();
    out.add("a dry run: nothing was done");
    steps.forEach(s -> out.add("would " + s.does()));
    Map<String, TreeSet<String>> rights = new TreeMap<>();
    for (Step step : steps) {
      step.rights()
          .forEach(r -> rights.computeIfAbsent(r, _ -> new TreeSet<>()).add(step.namespace()));
    }
    rights.forEach((right, where) -> {
      String in = String.join(", ", where);
      out.add("needs the right to " + right + (in.isEmpty() ? "" : " in " + in));
    });
    return out;
  }
}
