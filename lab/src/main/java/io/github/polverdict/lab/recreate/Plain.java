package io.github.polverdict.lab.recreate;

import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Trees without marks: maps, lists, strings, numbers and booleans, as they are sent to a server.
 */
final class Plain {
  private Plain() {}

  static @Nullable Object of(Value value) {
    return switch (value) {
      case Mapping m -> {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        m.entries().forEach((key, member) -> out.put(key, of(member)));
        yield out;
      }
      case Sequence s -> s.items().stream().map(Plain::of).toList();
      case Scalar s ->
          switch (s.type()) {
            case STRING -> s.text();
            case INTEGER -> number(s.text());
            case FLOAT -> new BigDecimal(s.text());
            case BOOLEAN -> Boolean.valueOf(s.text());
            case NULL -> null;
          };
    };
  }

  private static Object number(String text) {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException _) {
      return text;
    }
  }

  /** The field's tree as a map; empty when it is none. */
  static Map<String, Object> map(Field field) {
    return field.value() instanceof Mapping m ? cast(of(m)) : Map.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(@Nullable Object map) {
    return (Map<String, Object>) java.util.Objects.requireNonNull(map);
  }

  /**
   * The tree with every string replaced.
   *
   * @param replace gets the key that a string stands under (that of its list for an item) and the
   *     string
   */
  static @Nullable Object replaced(
      @Nullable Object tree, String key, BinaryOperator<String> replace) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        String asked = asked(map, key);
        map.forEach((k, v) ->
            out.put(
                String.valueOf(k),
                replaced(v, k.equals("values") ? asked : String.valueOf(k), replace)));
        yield out;
      }
      case List<?> list -> list.stream().map(item -> replaced(item, key, replace)).toList();
      case String text -> replace.apply(key, text);
      case null, default -> tree;
    };
  }

  /** The values of a matchExpression are those of the label that it asks. */
  private static String asked(Map<?, ?> map, String otherwise) {
    return map.get("key") instanceof String label ? label : otherwise;
  }
}
