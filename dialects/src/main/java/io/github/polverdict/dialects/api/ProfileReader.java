package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a profile's YAML. A fault in it is a bug of ours, so it throws and names the place. */
final class ProfileReader {
  private static final Set<String> ROW =
      Set.of("id", "says", "when", "effect", "touches", "status", "evidence", "scenarios");

  private ProfileReader() {}

  static Profile read(Document yaml) {
    Field root = yaml.field();
    return new Profile(
        required(root, "dialect"),
        required(root, "title"),
        root.get("profile-version").integer().orElseThrow(() -> fault(root, "profile-version")),
        root.get("versions").get("oldest").text(""),
        root.get("versions").get("newest").text(""),
        root.get("settings").items().stream().map(ProfileReader::setting).toList(),
        root.get("unmodelled").items().stream().map(ProfileReader::unmodelled).toList(),
        quirks(root.get("quirks")));
  }

  private static List<Quirk> quirks(Field rows) {
    Set<String> ids = new HashSet<>();
    for (Field row : rows.items()) {
      if (!ids.add(required(row, "id"))) {
        throw fault(row, "one row only of " + required(row, "id"));
      }
    }
    return rows.items().stream().map(ProfileReader::quirk).toList();
  }

  private static Profile.Unmodelled unmodelled(Field field) {
    return new Profile.Unmodelled(
        field.get("kinds").items().stream().map(f -> f.text("")).toList(), when(field.get("when")));
  }

  private static Quirk.When when(Field field) {
    return new Quirk.When(field.get("version").text(""), field.get("config").strings());
  }

  private static Profile.Setting setting(Field field) {
    List<Profile.Setting.Default> defaults =
        field.get("default").items().isEmpty()
            ? List.of(new Profile.Setting.Default("", field.get("default").text("")))
            : field.get("default").items().stream()
                .map(f ->
                    new Profile.Setting.Default(f.get("version").text(""), f.get("value").text("")))
                .toList();
    return new Profile.Setting(
        required(field, "name"),
        required(field, "says"),
        field.get("values").items().stream().map(f -> f.text("")).toList(),
        defaults);
  }

  private static Quirk quirk(Field field) {
    field.members().keySet().stream()
        .filter(key -> !ROW.contains(key))
        .forEach(key -> {
          throw fault(field, "no key '" + key + "'");
        });
    Quirk.Effect effect = constant(Quirk.Effect.class, field.get("effect"));
    Optional<Touches> touches =
        field.get("touches").present()
            ? Optional.of(touches(field.get("touches")))
            : Optional.empty();
    if (touches.isPresent() != (effect == Quirk.Effect.DOUBT)) {
      throw fault(field, "'touches' exactly for the effect doubt");
    }
    return new Quirk(
        required(field, "id"),
        required(field, "says"),
        when(field.get("when")),
        effect,
        touches,
        constant(Quirk.Status.class, field.get("status")),
        field.get("evidence").items().stream()
            .map(f ->
                new Quirk.Evidence(required(f, "kind"), required(f, "link"), f.get("pin").text("")))
            .toList(),
        field.get("scenarios").items().stream().map(f -> f.text("")).toList());
  }

  private static Touches touches(Field field) {
    TrafficSet traffic =
        field.get("protocols").items().isEmpty()
            ? TrafficSet.ALL
            : field.get("protocols").items().stream()
                .map(f -> TrafficSet.all(constant(Protocol.class, f)))
                .reduce(TrafficSet.NONE, TrafficSet::or);
    return new Touches(
        field.get("gates").items().isEmpty()
            ? List.of(Direction.values())
            : field.get("gates").items().stream().map(f -> constant(Direction.class, f)).toList(),
        constants(Kind.class, field.get("from")),
        constants(Kind.class, field.get("to")),
        traffic,
        constants(Via.class, field.get("via")),
        field.get("where").present() ? constant(Where.class, field.get("where")) : Where.ANY);
  }

  private static <E extends Enum<E>> Set<E> constants(Class<E> type, Field field) {
    return field.items().stream()
        .map(f -> constant(type, f))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, Field field) {
    String text = field.text().orElseThrow(() -> fault(field, type.getSimpleName()));
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          field.origin().text() + ": no " + type.getSimpleName() + " '" + text + "'", e);
    }
  }

  private static String required(Field field, String key) {
    return field.get(key).text().orElseThrow(() -> fault(field, key));
  }

  private static IllegalStateException fault(Field field, String expected) {
    return new IllegalStateException(field.origin().text() + ": expected " + expected);
  }
}
