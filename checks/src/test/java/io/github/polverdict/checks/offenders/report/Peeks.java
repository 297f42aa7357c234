package io.github.polverdict.checks.offenders.report;

/** Sees workbench, which {@code report} must not. */
public record Peeks(io.github.polverdict.checks.offenders.workbench.Peeks other) {}
