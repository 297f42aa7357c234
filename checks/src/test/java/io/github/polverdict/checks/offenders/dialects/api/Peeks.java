package io.github.polverdict.checks.offenders.dialects.api;

/** Sees dialects.kubernetes, which {@code dialects.api} must not. */
public record Peeks(io.github.polverdict.checks.offenders.dialects.kubernetes.Peeks other) {}
