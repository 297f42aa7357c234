package io.github.polverdict.checks.offenders.testkit;

/** Sees cli, which {@code testkit} must not. */
public record Peeks(io.github.polverdict.checks.offenders.cli.Peeks other) {}
