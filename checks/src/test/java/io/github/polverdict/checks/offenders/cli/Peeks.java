package io.github.polverdict.checks.offenders.cli;

/** Sees testkit, which {@code cli} must not. */
public record Peeks(io.github.polverdict.checks.offenders.testkit.Peeks other) {}
