package io.github.polverdict.lab.replay;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Node ports that are still free, so that scenarios which say the same number stand side by side.
 * They begin where the API server gives none by itself (KEP-3668: the range's lower 86).
 */
final class NodePorts {
  private static final Pattern SAID = Pattern.compile("nodePort: *\"?(\\d+)");

  private int next = 30000;

  /** For each node port that Services of a manifest say, a free one. */
  Map<String, String> inPlaceOf(String yaml) {
    Map<String, String> out = new LinkedHashMap<>();
    Matcher said = SAID.matcher(yaml);
    while (said.find()) {
      out.computeIfAbsent(said.group(1), _ -> String.valueOf(next++));
    }
    return out;
  }

  /** The text with others in the place of these numbers, wherever it has them. */
  static String replaced(String text, Map<String, String> ports) {
    return ports.isEmpty()
        ? text
        : Pattern.compile("\\b(" + String.join("|", ports.keySet()) + ")\\b")
            .matcher(text)
            .replaceAll(m -> ports.getOrDefault(m.group(), m.group()));
  }
}
