package io.github.polverdict.dialects.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An engine as a user says it: {@code NAME[@VERSION][,key=value…]}. A value may contain commas when
 * the key stands again or the value is in quotes.
 *
 * @param version empty when not said
 */
public record CniSpec(String name, String version, Map<String, String> settings) {
  public CniSpec {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /**
   * Reads the form above; says nothing of whether such an engine or setting exists.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static CniSpec parse(String text) {
    String[] parts = text.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    String[] engine = parts[0].strip().split("@", 2);
    if (engine[0].isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "' names no engine; say NAME[@VERSION][,key=value...]");
    }
    Map<String, String> settings = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].strip().split("=", 2);
      if (pair.length < 2 || pair[0].isEmpty()) {
        throw new IllegalArgumentException("'" + parts[i] + "' in '" + text + "' is not key=value");
      }
      String value = pair[1].replaceAll("^\"|\"$", "");
      settings.merge(pair[0], value, (a, b) -> a + "," + b);
    }
    return new CniSpec(engine[0], engine.length > 1 ? engine[1] : "", settings);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(name).append(version.isEmpty() ? "" : "@" + version);
    settings.forEach((k, v) ->
        out.append(',').append(k).append('=').append(v.contains(",") ? "\"" + v + "\"" : v));
    return out.toString();
  }
}
