package io.github.polverdict.core.model;

import java.util.List;
import java.util.Map;

/**
 * What an answer depends on: one engine as it was read or assumed.
 *
 * @param version as found or said; empty when not known
 * @param profile version of the profile that its verdicts come from
 * @param settings those that differ from the default, by name
 * @param because how each of these is known, one sentence each
 * @param assumed what had to be assumed, one sentence each
 */
public record Pin(
    String dialect,
    String version,
    int profile,
    Map<String, String> settings,
    List<String> because,
    List<String> assumed) {
  public Pin {
    settings = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(settings));
    because = List.copyOf(because);
    assumed = List.copyOf(assumed);
  }
}
