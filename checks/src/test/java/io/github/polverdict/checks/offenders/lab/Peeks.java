package io.github.polverdict.checks.offenders.lab;

/** Sees cli, which {@code lab} must not. */
public record Peeks(io.github.polverdict.checks.offenders.cli.Peeks other) {}
