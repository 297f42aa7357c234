package io.github.polverdict.snapshot.pseudonyms;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import io.github.polverdict.snapshot.kept.Kept;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces the words in trees, each by where it stands. */
final class Renamer {
  private static final Pattern QUOTED =
      Pattern.compile("(?<!\\b(?:contains|with)\\s{1,9})(?<quote>[\"'])(?<word>[^\"']*)\\k<quote>");

  /** Annotations in which users say why a finding is accepted. */
  private static final String OWN = "polverdict.github.io/";

  /** How the texts in a part of a tree are read. */
  private enum Way {
    /** By the key they stand under. */
    BY_KEY,
    /** As {@link #BY_KEY}, and a name is that of an object, whether it is known or not. */
    REFERENCE,
    /** As {@link #BY_KEY}, but no object is named. */
    NAMELESS,
    /** Each is a word, or a list of them. */
    WORDS,
    /** Words or {@code key=word}. */
    LABELS
  }

  private final Pseudonyms pseudonyms;
  private final Set<String> names;
  private boolean system; // whether the object at hand is the system's own

  Renamer(Pseudonyms pseudonyms, Set<String> names) {
    this.pseudonyms = pseudonyms;
    this.names = names;
  }

  /** The tree of an object that is now called so. */
  Mapping of(Document document, String name) {
    Way way = document.id().kind().equals("ConfigMap") ? Way.NAMELESS : Way.BY_KEY;
    system = Survey.isOfSystem(document);
    if (document.id().kind().equals("CustomResourceDefinition")) {
      return document.root(); // of a product, with the words that its objects must have
    }
    Mapping root = mapping(document.root(), way);
    if (!(root.entries().get("metadata") instanceof Mapping metadata)
        || !(metadata.entries().get("name") instanceof Scalar before)) {
      return root;
    }
    Mapping named = with(metadata, "name", new Scalar(name, before.type(), before.mark()));
    return with(root, "metadata", named);
  }

  private static Mapping with(Mapping mapping, String key, Value value) {
    Map<String, Value> entries = new LinkedHashMap<>(mapping.entries());
    entries.put(key, value);
    return new Mapping(entries, mapping.mark());
  }

  private Mapping mapping(Mapping mapping, Way way) {
    Map<String, Value> entries = new LinkedHashMap<>();
    mapping.entries().forEach((key, value) -> entries.put(key, member(key, value, mapping, way)));
    return new Mapping(entries, mapping.mark());
  }

  private Value member(String key, Value value, Mapping in, Way way) {
    if (key.startsWith(OWN) && value instanceof Scalar note) {
      return replaced(
          note, note.text().replaceAll("^.*?(\\(until [0-9-]*\\))?$", "accepted $1").strip());
    }
    if (way == Way.WORDS || way == Way.LABELS) {
      return value(value, way);
    }
    if (value instanceof Mapping && Places.MAPS.contains(key)) {
      boolean selector =
          ((Mapping) value).entries().keySet().stream().anyMatch(Renamer::isSelector);
      return value(value, selector ? way : Way.WORDS);
    }
    if (key.equals("labels")) {
      return value(value, Way.LABELS);
    }
    if (Places.WORDS.contains(key) && isWords(value)) {
      return value(value, Way.WORDS);
    }
    if (value instanceof Scalar scalar) {
      return scalar.type() == Type.STRING ? replaced(scalar, text(key, scalar, in, way)) : scalar;
    }
    boolean nameless = Places.NAMELESS.contains(key) || key.equals("annotations");
    Way below = Places.REFERENCES.contains(key) ? Way.REFERENCE : way;
    return value(value, nameless ? Way.NAMELESS : below);
  }

  private static boolean isWords(Value value) {
    return value instanceof Scalar
        || (value instanceof Sequence s && s.items().stream().allMatch(Scalar.class::isInstance));
  }

  private static boolean isSelector(String key) {
    return key.equals("matchLabels") || key.equals("matchExpressions");
  }

  private String text(String key, Scalar scalar, Mapping in, Way way) {
    String text = scalar.text();
    if (key.endsWith("elector") && QUOTED.matcher(text).find()) {
      return quoted(text);
    }
    if (key.equals("image") && in.entries().get("name") instanceof Scalar name) {
      boolean stays = system || Kept.agents().contains(name.text());
      return stays ? text : pseudonyms.word(text.replaceAll("[^a-z0-9.-]", "-"));
    }
    if (key.equals("providerID")) {
      int slash = text.lastIndexOf('/');
      return text.substring(0, slash + 1) + pseudonyms.word(text.substring(slash + 1));
    }
    boolean known = way == Way.REFERENCE || (way == Way.BY_KEY && names.contains(text));
    return known && Places.OBJECTS.contains(key) ? pseudonyms.word(text) : pseudonyms.text(text);
  }

  private Value value(Value value, Way way) {
    return switch (value) {
      case Mapping m -> mapping(m, way);
      case Sequence s ->
          new Sequence(s.items().stream().map(i -> value(i, way)).toList(), s.mark());
      case Scalar s ->
          s.type() == Type.STRING
              ? replaced(
                  s,
                  switch (way) {
                    case WORDS -> pseudonyms.word(s.text());
                    case LABELS -> label(s.text());
                    case BY_KEY, REFERENCE, NAMELESS -> pseudonyms.text(s.text());
                  })
              : s;
    };
  }

  private static Scalar replaced(Scalar scalar, String text) {
    return new Scalar(text, scalar.type(), scalar.mark());
  }

  /** {@code app=web} by its value, else a word. */
  private String label(String text) {
    int sign = text.indexOf('=');
    return text.substring(0, sign + 1) + pseudonyms.word(text.substring(sign + 1));
  }

  private String quoted(String selector) {
    return QUOTED
        .matcher(selector)
        .replaceAll(m ->
            Matcher.quoteReplacement(
                m.group("quote") + pseudonyms.word(m.group("word")) + m.group("quote")));
  }
}
