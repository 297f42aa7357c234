package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;
import java.util.stream.Collectors;

/** A named missing fact. An UNKNOWN verdict always carries the doubts that would decide it. */
public sealed interface Doubt {

  /** Something could not be read: a forbidden list, a broken document, an absent field. */
  record NotReadable(String what, String why, Origin origin) implements Doubt {}

  /** A fact that only the running cluster has: a chosen backend, an address, a resolved name. */
  record KnownAtRuntime(String what, Origin origin) implements Doubt {}

  /** Rules that disagree and that no order separates. */
  record UndefinedOrder(List<Origin> contenders) implements Doubt {
    public UndefinedOrder {
      contenders = List.copyOf(contenders);
    }
  }

  /** A feature that this profile of the engine does not model. */
  record Unsupported(String feature, String dialect, Origin origin) implements Doubt {}

  /** A behaviour of the engine that sources leave open. */
  record Unverified(String quirk, String says) implements Doubt {
    public static Doubt of(Origin.BuiltIn row) {
      return new Unverified(row.quirk(), row.says());
    }
  }

  /** The missing fact in one sentence without a full stop. */
  default String text() {
    return switch (this) {
      case NotReadable(String what, String why, Origin _) -> what + ": " + why;
      case KnownAtRuntime(String what, Origin _) -> what;
      case UndefinedOrder(List<Origin> contenders) ->
          "no order is defined between "
              + contenders.stream().map(Origin::text).collect(Collectors.joining(" and "));
      case Unsupported(String feature, String dialect, Origin _) ->
          feature + " is not modelled for " + dialect;
      case Unverified(String quirk, String says) -> quirk + ": " + says;
    };
  }
}
