package io.github.polverdict.checks.offenders.dialects.north;

/** Sees questions, which {@code dialects.north} must not. */
public record Peeks(io.github.polverdict.checks.offenders.questions.Peeks other) {}
