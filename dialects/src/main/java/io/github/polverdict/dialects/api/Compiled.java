package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import java.util.List;

/**
 * A value and what was wrong on the way to it.
 *
 * @param standings what becomes of policies where the value does not show it
 */
public record Compiled<T>(T value, List<Finding> findings, List<Standing> standings) {
  public Compiled {
    findings = List.copyOf(findings);
    standings = List.copyOf(standings);
  }

  public Compiled(T value, List<Finding> findings) {
    this(value, findings, List.of());
  }

  public static <T> Compiled<T> of(T value) {
    return new Compiled<>(value, List.of());
  }
}
