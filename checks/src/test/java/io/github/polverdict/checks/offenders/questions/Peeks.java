package io.github.polverdict.checks.offenders.questions;

/** Sees dialects.api, which {@code questions} must not. */
public record Peeks(io.github.polverdict.checks.offenders.dialects.api.Peeks other) {}
