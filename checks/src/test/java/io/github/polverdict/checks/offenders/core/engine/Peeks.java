package io.github.polverdict.checks.offenders.core.engine;

/** Sees questions, which {@code core.engine} must not. */
public record Peeks(io.github.polverdict.checks.offenders.questions.Peeks other) {}
