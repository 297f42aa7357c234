package io.github.polverdict.checks.offenders.live;

/** Sees questions, which {@code live} must not. */
public record Peeks(io.github.polverdict.checks.offenders.questions.Peeks other) {}
