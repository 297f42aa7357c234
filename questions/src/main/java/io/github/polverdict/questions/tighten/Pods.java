package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.model.Endpoint;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pods that a policy is for or speaks of: those of a workload, or one of them. Two with the same
 * members are the same.
 */
final class Pods implements Comparable<Pods> {
  private final String name;
  private final List<Endpoint> members;
  private final Set<String> ids;

  /**
   * Pods of one namespace.
   *
   * @param name as they are shown
   * @param members at least one
   */
  Pods(String name, List<Endpoint> members) {
    this.name = name;
    this.members = List.copyOf(members);
    this.ids = members.stream().map(Endpoint::id).collect(Collectors.toUnmodifiableSet());
  }

  String name() {
    return name;
  }

  List<Endpoint> members() {
    return members;
  }

  String namespace() {
    return members.getFirst().namespace();
  }

  boolean has(Endpoint endpoint) {
    return ids.contains(endpoint.id());
  }

  boolean has(String id) {
    return ids.contains(id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pods p && ids.equals(p.ids);
  }

  @Override
  public int hashCode() {
    return ids.hashCode();
  }

  @Override
  public int compareTo(Pods other) {
    return name.compareTo(other.name);
  }
}
