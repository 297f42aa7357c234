package io.github.polverdict.checks.offenders.core.model;

/** Sees core.engine, which {@code core.model} must not. */
public record Peeks(io.github.polverdict.checks.offenders.core.engine.Peeks other) {}
