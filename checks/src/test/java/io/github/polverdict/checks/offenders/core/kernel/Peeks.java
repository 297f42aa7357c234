package io.github.polverdict.checks.offenders.core.kernel;

/** Sees core.model, which {@code core.kernel} must not. */
public record Peeks(io.github.polverdict.checks.offenders.core.model.Peeks other) {}
