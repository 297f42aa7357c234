package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One engine with a version and a configuration: which quirks are active and what the settings are.
 * The only thing that code may branch on.
 */
public interface Context {
  String dialect();

  /**
   * Whether a row of the profile holds for this version and configuration.
   *
   * @throws IllegalArgumentException when the profile has no such row
   */
  boolean active(String quirk);

  /** The row as an origin. */
  Origin.BuiltIn origin(String quirk);

  /** The first of some rows that holds; empty when none does. */
  default Optional<Origin.BuiltIn> row(String... quirks) {
    return Stream.of(quirks).filter(this::active).findFirst().map(this::origin);
  }

  /**
   * The value of a setting, its default when not set.
   *
   * @throws IllegalArgumentException when the profile has no such setting
   */
  String setting(String name);

  /**
   * Why the API server would refuse an object, by the definition of its kind: it does if one is an
   * error. Warnings are of fields that it drops. None when no definition is known.
   */
  List<Finding> refusals(Document document);

  /**
   * Why a policy cannot be read, all as errors: by the definition of its kind, or by the rules of
   * form that are known here where there is no definition. What only these rules do not take is
   * told as not judged yet.
   */
  List<Finding> refusals(Document document, Supplier<List<Finding>> form);

  /** All settings that differ from their default, by name. */
  Map<String, String> settings();
}
