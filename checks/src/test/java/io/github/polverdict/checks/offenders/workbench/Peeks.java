package io.github.polverdict.checks.offenders.workbench;

/** Sees live, which {@code workbench} must not. */
public record Peeks(io.github.polverdict.checks.offenders.live.Peeks other) {}
