package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.workbench.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where two sessions' engines, their versions and their settings are read from. */
final class SettingPlaces {
  /** Lists of a container, whose items are not told by their numbers on the other side. */
  private static final String ITEM = "/(env|args|command)/.*";

  private final Set<Place> fields = new HashSet<>();
  private final Set<Place> objects = new HashSet<>();

  /**
   * A place by its object and its pointer.
   *
   * @param source the file with the line, or the cluster
   */
  private record Place(String object, String source, String pointer) {
    static Optional<Place> of(Origin origin) {
      return switch (origin.place()) {
        case Origin.InFile f ->
            Optional.of(new Place(f.object(), f.path() + ":" + f.line(), f.pointer()));
        case Origin.InCluster c -> Optional.of(new Place(c.object(), c.cluster(), c.pointer()));
        case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> Optional.empty();
      };
    }

    Place ofObject() {
      return new Place(object, source.replaceFirst(":[0-9]+$", ""), "");
    }
  }

  /**
   * The places that the inputs which differ are read from.
   *
   * @param differing inputs that are engines, versions or settings
   */
  SettingPlaces(List<Session> both, List<Ingredient> differing) {
    for (Session session : both) {
      for (Ingredient input : differing) {
        shown(session, input)
            .map(Reason::origin)
            .flatMap(o -> Place.of(o).stream())
            .forEach(p -> {
              fields.add(p);
              objects.add(p.ofObject());
            });
      }
    }
  }

  /** Whether a difference is at such a place; an object of one side only if it has one in it. */
  boolean hold(Difference difference) {
    List<Place> places =
        Stream.of(difference.originA(), difference.originB())
            .flatMap(Optional::stream)
            .flatMap(o -> Place.of(o).stream())
            .toList();
    return places.size() == 1
        ? objects.contains(places.getFirst().ofObject())
        : places.stream().anyMatch(fields::contains);
  }

  /** What shows an input; of a whole engine everything. */
  private static Stream<Reason> shown(Session session, Ingredient input) {
    String[] words = input.name().split(" ", 2);
    String setting = input.kind() == Kind.ENGINE_SETTING ? words[1] : "";
    return session.engines().stream()
        .filter(e -> input.kind() == Kind.ENGINE || e.dialect().equals(words[0]))
        .map(Sighting::because)
        .flatMap(List::stream)
        .filter(r -> input.kind() == Kind.ENGINE || r.setting().equals(setting));
  }

  /**
   * Where one session shows an input; where it is a default, the place that the other has it in, or
   * else what the engine is known by.
   */
  Optional<Origin> of(Session session, Session other, Ingredient input) {
    Optional<Origin> known =
        shown(session, new Ingredient(Kind.ENGINE_VERSION, input.name().split(" ", 2)[0]))
            .map(Reason::origin)
            .findFirst();
    boolean said = known.filter(o -> o instanceof Origin.Said).isPresent();
    return first(session, input)
        .or(() -> first(other, input).filter(_ -> !said).flatMap(o -> counterpart(session, o)))
        .or(() -> known);
  }

  /** How a setting is written, where that is not by its name: {@code (… has bpfEnabled: true)}. */
  String inOtherWords(Session session, Ingredient input) {
    if (input.kind() != Kind.ENGINE_SETTING) {
      return "";
    }
    String setting = input.name().split(" ", 2)[1];
    return shown(session, input)
        .findFirst()
        .map(Reason::says)
        .filter(says -> !says.contains(setting))
        .map(says -> " (" + says + ")")
        .orElse("");
  }

  private static Optional<Origin> first(Session session, Ingredient input) {
    return shown(session, input).map(Reason::origin).findFirst();
  }

  private static Optional<Origin> counterpart(Session session, Origin elsewhere) {
    return Place.of(elsewhere)
        .flatMap(place ->
            session.snapshot().documents().stream()
                .filter(d -> d.id().text().equals(place.object()))
                .map(d -> new Field(d, place.pointer().replaceFirst(ITEM, "/$1"), null).origin())
                .findFirst());
  }
}
