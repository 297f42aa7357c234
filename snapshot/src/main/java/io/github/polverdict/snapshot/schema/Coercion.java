package io.github.polverdict.snapshot.schema;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the API server makes of an object before it looks at it: fields that the schema does not
 * know are told and taken away, with a {@code null} that no schema allows; defaults are put in
 * (apiextensions-apiserver 0.34, {@code schema/pruning}, {@code schema/defaulting}). {@code status}
 * is taken away, as it is of an object that is created.
 */
final class Coercion {
  private static final Set<String> OF_ALL = Set.of("apiVersion", "kind", "metadata");

  private final FieldChecks checks;

  Coercion(FieldChecks checks) {
    this.checks = checks;
  }

  Document of(Document document, Schema schema) {
    Map<String, Value> members = new LinkedHashMap<>(document.root().entries());
    members.remove("status");
    Mapping root = new Mapping(members, document.root().mark());
    Document without = new Document(document.id(), root, document.source(), document.live());
    Mapping coerced = mapping(without.field(), root, schema, OF_ALL);
    return new Document(document.id(), coerced, document.source(), document.live());
  }

  private Value value(Field field, Value value, Schema schema) {
    return switch (value) {
      case Scalar s -> s;
      case Sequence s -> sequence(field, s, schema);
      case Mapping m ->
          mapping(
              field, m, schema, schema.is("x-kubernetes-embedded-resource") ? OF_ALL : Set.of());
    };
  }

  private Sequence sequence(Field field, Sequence sequence, Schema schema) {
    Optional<Schema> items = schema.schema("items");
    if (items.isEmpty() && schema.open()) {
      return sequence;
    }
    Schema of = items.orElseGet(schema::none); // a list where none belongs: nothing in it is known
    List<Value> out = new ArrayList<>();
    List<Field> fields = field.items();
    for (int i = 0; i < fields.size(); i++) {
      out.add(value(fields.get(i), sequence.items().get(i), of));
    }
    return new Sequence(out, sequence.mark());
  }

  private Mapping mapping(Field field, Mapping mapping, Schema schema, Set<String> exempt) {
    if (!schema.open()) {
      Set<String> known = new HashSet<>(schema.properties());
      known.addAll(exempt);
      checks.onlyFields(field, known);
    }
    Map<String, Value> out = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((name, member) -> {
          Optional<Schema> of = schema.member(name);
          if (exempt.contains(name) || (of.isEmpty() && schema.open())) {
            out.put(name, member);
          } else if (of.isPresent() && !isNothing(member, of.get())) {
            out.put(name, value(field.get(name), member, of.get()));
          }
        });
    for (String name : schema.properties()) {
      Schema of = schema.property(name).orElseThrow();
      if (!out.containsKey(name)) {
        of.usual().ifPresent(v -> out.put(name, value(field.get(name), unmarked(v), of)));
      }
    }
    return new Mapping(out, mapping.mark());
  }

  /** A {@code null} that counts as absent. */
  private static boolean isNothing(Value value, Schema schema) {
    return value instanceof Scalar s && s.type() == Value.Type.NULL && !schema.is("nullable");
  }

  /** A default, which stands nowhere in the document. */
  private static Value unmarked(Value value) {
    return switch (value) {
      case Scalar s -> new Scalar(s.text(), s.type(), Mark.NONE);
      case Sequence s -> new Sequence(s.items(), Mark.NONE);
      case Mapping m -> new Mapping(m.entries(), Mark.NONE);
    };
  }
}
