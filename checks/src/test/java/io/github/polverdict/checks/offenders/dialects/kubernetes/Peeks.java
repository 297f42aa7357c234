package io.github.polverdict.checks.offenders.dialects.kubernetes;

/** Sees dialects.north, which {@code dialects.kubernetes} must not. */
public record Peeks(io.github.polverdict.checks.offenders.dialects.north.Peeks other) {}
