package io.github.polverdict.core.model;

import java.util.List;

/**
 * Everything that judges flows in one cluster.
 *
 * @param planes none when nothing enforces
 * @param pins one for each engine, also for those that enforce nothing
 */
public record PolicyModel(List<Plane> planes, List<Pin> pins) {
  public PolicyModel {
    planes = List.copyOf(planes);
    pins = List.copyOf(pins);
  }
}
