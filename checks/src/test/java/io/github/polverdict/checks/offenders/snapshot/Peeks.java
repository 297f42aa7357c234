package io.github.polverdict.checks.offenders.snapshot;

/** Sees core.model, which {@code snapshot} must not. */
public record Peeks(io.github.polverdict.checks.offenders.core.model.Peeks other) {}
