package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Documents with other names of namespaces and other ranges of addresses: in metadata, in
 * references, and in selectors of the labels that hold a namespace's name, also where these are
 * written as an expression.
 */
final class Translation {
  /** Members of these are labels, whose keys are the user's own words. */
  private static final Set<String> LABELS =
      Set.of("labels", "matchLabels", "selector", "annotations");

  private static final Pattern QUOTED = Pattern.compile("(['\"])([^'\"]*)\\1");

  private final UnaryOperator<String> names;
  private final Map<String, String> ranges;
  private final Set<String> labels;
  private final Pattern expression;

  /**
   * A translation.
   *
   * @param names what becomes of the name of a namespace
   * @param ranges what becomes of a range, as it is written
   * @param labels those that hold a namespace's name
   */
  Translation(UnaryOperator<String> names, Map<String, String> ranges, Set<String> labels) {
    this.names = names;
    this.ranges = ranges;
    this.labels = labels;
    String keys = labels.stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"));
    this.expression =
        Pattern.compile(
            "(?:%s)\\s*(?:[=!]=\\s*%s|(?:not )?in\\s*\\{[^}]*})".formatted(keys, QUOTED));
  }

  Document of(Document document) {
    ResourceId id = document.id();
    boolean namespace = id.kind().equals("Namespace");
    ResourceId renamed =
        new ResourceId(
            id.apiVersion(),
            id.kind(),
            id.namespace().isEmpty() ? "" : names.apply(id.namespace()),
            namespace ? names.apply(id.name()) : id.name());
    Mapping root = mapping(document.root(), false);
    if (namespace && root.entries().get("metadata") instanceof Mapping metadata) {
      Value name = new Scalar(renamed.name(), Value.Type.STRING, metadata.mark());
      root = Trees.with(root, "metadata", Trees.with(metadata, "name", name));
    }
    return new Document(renamed, root, document.source(), document.live());
  }

  private Value value(Value value, boolean inLabels) {
    return switch (value) {
      case Scalar s -> text(s);
      case Sequence s ->
          new Sequence(s.items().stream().map(i -> value(i, false)).toList(), s.mark());
      case Mapping m -> mapping(m, inLabels);
    };
  }

  /** A range of addresses, or an expression with labels in it. */
  private Scalar text(Scalar scalar) {
    String text = ranges.getOrDefault(scalar.text(), expression(scalar.text()));
    return text.equals(scalar.text()) ? scalar : new Scalar(text, scalar.type(), scalar.mark());
  }

  private String expression(String text) {
    return expression.matcher(text).replaceAll(m -> Matcher.quoteReplacement(quoted(m)));
  }

  private String quoted(MatchResult term) {
    return QUOTED
        .matcher(term.group())
        .replaceAll(
            m -> Matcher.quoteReplacement(m.group(1) + names.apply(m.group(2)) + m.group(1)));
  }

  private Mapping mapping(Mapping mapping, boolean inLabels) {
    boolean byName = mapping.entries().get("key") instanceof Scalar key && holdsName(key.text());
    Map<String, Value> entries = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach((key, value) -> {
          if (holdsName(key) || (key.equals("namespace") && !inLabels)) {
            entries.put(key, name(value));
          } else {
            boolean values = byName && key.equals("values");
            entries.put(key, values ? each(value) : value(value, LABELS.contains(key)));
          }
        });
    return new Mapping(entries, mapping.mark());
  }

  /**
   * Whether a label holds a namespace's name; engines may write where labels are from before it.
   */
  private boolean holdsName(String key) {
    return labels.stream()
        .anyMatch(l -> key.equals(l) || key.endsWith(":" + l) || key.endsWith("." + l));
  }

  private Value each(Value value) {
    return value instanceof Sequence s
        ? new Sequence(s.items().stream().map(this::name).toList(), s.mark())
        : value;
  }

  private Value name(Value value) {
    return value instanceof Scalar s
        ? new Scalar(names.apply(s.text()), s.type(), s.mark())
        : value(value, false);
  }
}
