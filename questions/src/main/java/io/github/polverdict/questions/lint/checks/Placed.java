package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Tier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A block of a document in its plane, with the endpoints that it selects. */
final class Placed {
  private final Plane plane;
  private final int order;
  private final Tier tier;
  private final Block block;
  private final List<Endpoint> selected;
  private final List<Endpoint> perhaps;
  private final Set<String> surely = new HashSet<>();
  private final Set<String> maybe = new HashSet<>();

  /** Where a block stands: the number of its tier, from 0, in a plane. */
  record Place(Plane plane, int order, Tier tier) {}

  /**
   * @param selected surely selects
   * @param perhaps may select
   */
  Placed(Place place, Block block, List<Endpoint> selected, List<Endpoint> perhaps) {
    this.plane = place.plane();
    this.order = place.order();
    this.tier = place.tier();
    this.block = block;
    this.selected = List.copyOf(selected);
    this.perhaps = List.copyOf(perhaps);
    selected.forEach(e -> surely.add(e.id()));
    perhaps.forEach(e -> maybe.add(e.id()));
  }

  Plane plane() {
    return plane;
  }

  Tier tier() {
    return tier;
  }

  int order() {
    return order;
  }

  Block block() {
    return block;
  }

  /** The endpoints that it surely selects. */
  List<Endpoint> selected() {
    return selected;
  }

  /** The endpoints that it may select, or not. */
  List<Endpoint> perhaps() {
    return perhaps;
  }

  boolean selects(Endpoint endpoint) {
    return surely.contains(endpoint.id());
  }

  /** Whether it surely or perhaps selects an endpoint. */
  boolean maySelect(Endpoint endpoint) {
    return selects(endpoint) || maybe.contains(endpoint.id());
  }

  /** The endpoints that both surely select. */
  List<Endpoint> shared(Placed other) {
    return selected.stream().filter(other::selects).toList();
  }

  /** Whether it surely exists, as it stands. */
  boolean sure() {
    return block.onlyIf().isEmpty();
  }

  /** Whether rules of the two are served together. */
  boolean meets(Placed other) {
    return plane == other.plane
        && order == other.order
        && block.direction() == other.block.direction();
  }
}
