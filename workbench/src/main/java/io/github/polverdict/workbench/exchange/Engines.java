package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.model.Pin;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.questions.Exchange.Described;
import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The engines of two sessions as inputs: as a whole when they are others, else by version and
 * setting.
 */
final class Engines {
  private static final Ingredient WHOLE = new Ingredient(Kind.ENGINE, "engine");
  private static final String UNSET = "not set";

  private final Session a;
  private final Session b;
  private final boolean same;
  private final SettingPlaces places;

  Engines(Session a, Session b) {
    this.a = a;
    this.b = b;
    List<String> names = names(a);
    this.same = names.equals(names(b)) && names.stream().distinct().count() == names.size();
    this.places = new SettingPlaces(List.of(a, b), differing());
  }

  private static List<String> names(Session session) {
    return session.engines().stream().map(Sighting::dialect).toList();
  }

  List<Ingredient> differing() {
    List<Ingredient> out = new ArrayList<>();
    if (!same) {
      return List.of(WHOLE);
    }
    for (int i = 0; i < a.engines().size(); i++) {
      Pin pin = a.model().pins().get(i);
      Pin other = b.model().pins().get(i);
      if (!pin.version().equals(other.version())) {
        out.add(new Ingredient(Kind.ENGINE_VERSION, pin.dialect()));
      }
      TreeSet<String> settings = new TreeSet<>(pin.settings().keySet());
      settings.addAll(other.settings().keySet());
      for (String name : settings) {
        if (!same(name, pin.settings(), other.settings())
            && !same(name, a.engines().get(i).settings(), b.engines().get(i).settings())) {
          out.add(new Ingredient(Kind.ENGINE_SETTING, pin.dialect() + " " + name));
        }
      }
    }
    return out;
  }

  /** Of versions that have other defaults, one setting may be unusual for one and not the other. */
  private static boolean same(String name, Map<String, String> some, Map<String, String> others) {
    return some.getOrDefault(name, "").equals(others.getOrDefault(name, ""));
  }

  /** The engines of the first with these inputs of the second. */
  List<Sighting> mixed(Set<Ingredient> fromB) {
    if (fromB.contains(WHOLE)) {
      return b.engines();
    }
    if (!same) {
      return a.engines();
    }
    List<Sighting> out = new ArrayList<>();
    for (int i = 0; i < a.engines().size(); i++) {
      out.add(mixed(a.engines().get(i), b.engines().get(i), fromB));
    }
    return out;
  }

  private static Sighting mixed(Sighting one, Sighting other, Set<Ingredient> fromB) {
    boolean version = fromB.contains(new Ingredient(Kind.ENGINE_VERSION, one.dialect()));
    Map<String, String> settings = new TreeMap<>(one.settings());
    TreeSet<String> names = new TreeSet<>(one.settings().keySet());
    names.addAll(other.settings().keySet());
    for (String name : names) {
      if (fromB.contains(new Ingredient(Kind.ENGINE_SETTING, one.dialect() + " " + name))) {
        String value = other.settings().get(name);
        if (value == null) {
          settings.remove(name);
        } else {
          settings.put(name, value);
        }
      }
    }
    return new Sighting(
        one.dialect(),
        version ? other.version() : one.version(),
        settings,
        fromB.contains(Parts.NODES) ? other.nodes() : one.nodes(),
        one.because());
  }

  Described describe(Ingredient input) {
    return new Described(
        words(a, input) + places.inOtherWords(a, input),
        words(b, input) + places.inOtherWords(b, input),
        places.of(a, b, input),
        places.of(b, a, input),
        List.of(),
        Optional.of(mend(input)));
  }

  private String mend(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE_VERSION -> "run " + input.name() + " " + words(a, input) + " there, too";
      case ENGINE_SETTING -> {
        String[] words = input.name().split(" ", 2);
        String value = words(a, input);
        yield value.equals(UNSET)
            ? "take %s of %s away".formatted(words[1], words[0])
            : "set %s of %s to: %s".formatted(words[1], words[0], value);
      }
      case ENGINE, READABLE, CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD ->
          "no patch makes one engine another: polverdict parity shows each flow that they differ in";
    };
  }

  private static String words(Session session, Ingredient input) {
    if (input.kind() == Kind.ENGINE_SETTING) {
      String[] words = input.name().split(" ", 2);
      return session.engines().stream()
          .filter(e -> e.dialect().equals(words[0]))
          .map(e -> session.workbench().setting(e, words[1]))
          .map(value -> value.isEmpty() ? UNSET : value)
          .collect(Collectors.joining(" and "));
    }
    return session.model().pins().stream()
        .filter(p -> input.equals(WHOLE) || input.name().split(" ")[0].equals(p.dialect()))
        .map(p -> words(p, input))
        .collect(Collectors.joining(" and "));
  }

  private static String words(Pin pin, Ingredient input) {
    String version = pin.version().isEmpty() ? "of unknown version" : pin.version();
    return switch (input.kind()) {
      case ENGINE_VERSION -> version;
      case ENGINE,
          ENGINE_SETTING,
          READABLE,
          CONFIGURATION,
          NODES,
          NAMESPACE,
          POLICY,
          SERVICE,
          WORKLOAD ->
          pin.dialect()
              + (pin.version().isEmpty() ? "" : " " + version)
              + (pin.settings().isEmpty()
                  ? ""
                  : " with " + pin.settings().toString().replaceAll("[{}]", ""));
    };
  }

  /** Whether a difference of other objects is told already: as a setting, or with the engine. */
  boolean tell(Difference difference) {
    return places.hold(difference);
  }
}
