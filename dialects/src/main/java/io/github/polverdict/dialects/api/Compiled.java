package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import java.util.List;

/** A value and what was wrong on the way to it. */
public record Compiled<T>(T value, List<Finding> findings) {
  public Compiled {
    findings = List.copyOf(findings);
  }

  public static <T> Compiled<T> of(T value) {
    return new Compiled<>(value, List.of());
  }
}
