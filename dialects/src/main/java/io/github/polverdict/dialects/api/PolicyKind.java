package io.github.polverdict.dialects.api;

import io.github.polverdict.core.model.Kind;
import io.github.polverdict.snapshot.ResourceId;
import java.util.EnumSet;
import java.util.Set;

/**
 * A kind of object that an engine takes policies from, and what an object of it could do if it
 * could not be read.
 *
 * @param type as {@link ResourceId#type()} has it
 * @param subjects the kinds of endpoint that it may be for
 */
public record PolicyKind(String type, Power power, Set<Kind> subjects) {
  /** The most that an object of a kind can do. */
  public enum Power {
    /** Isolate whom it selects and allow, as a NetworkPolicy does. */
    ISOLATES_AND_ALLOWS,
    /** Allow, deny and pass, before other policies are asked. */
    DECIDES,
    /** Nothing yet: it is staged, and the engine only notes what it would do. */
    REHEARSES,
    /** Nothing of its own: policies refer to it. The dialect sees to objects that are missing. */
    SUPPORTS
  }

  public PolicyKind {
    subjects = Set.copyOf(subjects);
  }

  /** Policies of pods that isolate and allow. */
  public static PolicyKind allowing(String type) {
    return new PolicyKind(type, Power.ISOLATES_AND_ALLOWS, EnumSet.of(Kind.POD));
  }

  /** Policies of pods that may also deny. */
  public static PolicyKind deciding(String type) {
    return new PolicyKind(type, Power.DECIDES, EnumSet.of(Kind.POD));
  }

  /** Policies that are staged. */
  public static PolicyKind rehearsing(String type) {
    return new PolicyKind(type, Power.REHEARSES, Set.of());
  }

  /** Objects that policies refer to. */
  public static PolicyKind supporting(String type) {
    return new PolicyKind(type, Power.SUPPORTS, Set.of());
  }

  /** The same kind, whose objects may be for nodes and for pods on their network, too. */
  public PolicyKind ofNodesToo() {
    return new PolicyKind(type, power, EnumSet.of(Kind.POD, Kind.NODE, Kind.HOST_POD));
  }
}
