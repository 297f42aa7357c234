package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What selectors ask, taken apart. */
final class Labelled {
  private Labelled() {}

  /** Whether a selector asks for labels of pods, their accounts or their names. */
  static boolean asks(Selector selector) {
    return asks(selector, Scope.ENDPOINT) || asks(selector, Scope.SERVICE_ACCOUNT);
  }

  /** Whether a selector asks for a label to be there, of pods or namespaces. */
  static boolean names(Selector selector) {
    return switch (selector) {
      case Selector.HasLabel _, Selector.LabelIn _, Selector.LabelLike _ -> true;
      case Selector.OfServiceAccount _, Selector.Is _ -> true;
      case Selector.And(var all) -> all.stream().anyMatch(Labelled::names);
      case Selector.Or(var any) -> !any.isEmpty() && any.stream().allMatch(Labelled::names);
      case Selector.Not _,
          Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.AtAddress _,
          Selector.OnNode _ ->
          false;
    };
  }

  /** Whether a selector asks for labels of the scope. */
  static boolean asks(Selector selector, Scope scope) {
    return switch (selector) {
      case Selector.HasLabel(Scope s, String _) -> s == scope;
      case Selector.LabelIn(Scope s, String _, var _) -> s == scope;
      case Selector.LabelLike(Scope s, String _, var _, String _) -> s == scope;
      case Selector.OfServiceAccount _ -> scope == Scope.SERVICE_ACCOUNT;
      case Selector.Is _ -> scope == Scope.ENDPOINT;
      case Selector.Not(Selector of) -> asks(of, scope);
      case Selector.And(var all) -> all.stream().anyMatch(s -> asks(s, scope));
      case Selector.Or(var any) -> any.stream().anyMatch(s -> asks(s, scope));
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.AtAddress _,
          Selector.OnNode _ ->
          false;
    };
  }

  /** The part of a conjunction that asks for labels of pods; empty when it is no conjunction. */
  static Optional<Selector> ofPods(Selector selector) {
    return switch (selector) {
      case Selector.And(var all) -> {
        List<Selector> parts =
            all.stream()
                .filter(s -> !(s instanceof Selector.InNamespace))
                .filter(s -> !asks(s, Scope.NAMESPACE))
                .toList();
        yield Optional.of(new Selector.And(parts));
      }
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Not _,
          Selector.Or _ ->
          Optional.empty();
    };
  }

  /** The namespaces that a selector is confined to by their names; empty when it is not. */
  static Optional<Set<String>> namespaces(Selector selector) {
    return switch (selector) {
      case Selector.InNamespace(String name) -> Optional.of(Set.of(name));
      case Selector.LabelIn(Scope scope, String key, var values)
          when scope == Scope.NAMESPACE && key.equals("kubernetes.io/metadata.name") ->
          Optional.of(values);
      case Selector.And(var all) -> all.stream().flatMap(s -> namespaces(s).stream()).findFirst();
      case Selector.All _,
          Selector.OfKind _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.AtAddress _,
          Selector.OnNode _,
          Selector.Not _,
          Selector.Or _ ->
          Optional.empty();
    };
  }

  /** The labels that it asks for, in words: {@code app=web, tier in (a, b)}. */
  static String words(Selector selector, Scope scope) {
    return switch (selector) {
      case Selector.HasLabel(Scope s, String key) -> s == scope ? key : "";
      case Selector.LabelIn(Scope s, String key, var values) -> {
        String list = values.stream().sorted().collect(Collectors.joining(", "));
        yield s != scope ? "" : values.size() == 1 ? key + "=" + list : key + " in (" + list + ")";
      }
      case Selector.LabelLike(Scope s, String key, var likeness, String part) ->
          s == scope
              ? key + " " + likeness.name().toLowerCase(java.util.Locale.ROOT) + " " + part
              : "";
      case Selector.Not(Selector of) -> {
        String inner = words(of, scope);
        yield inner.isEmpty() ? "" : "not " + inner;
      }
      case Selector.And(var all) -> joined(all, scope, ", ");
      case Selector.Or(var any) -> joined(any, scope, " or ");
      case Selector.OfServiceAccount(var names) ->
          scope == Scope.SERVICE_ACCOUNT ? String.join(", ", names.stream().sorted().toList()) : "";
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.Is _,
          Selector.AtAddress _,
          Selector.OnNode _ ->
          "";
    };
  }

  private static String joined(List<Selector> parts, Scope scope, String with) {
    return parts.stream()
        .map(s -> words(s, scope))
        .filter(w -> !w.isEmpty())
        .collect(Collectors.joining(with));
  }
}
