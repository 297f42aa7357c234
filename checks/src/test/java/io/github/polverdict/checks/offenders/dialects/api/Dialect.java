package io.github.polverdict.checks.offenders.dialects.api;

/** Stands for the interface that every dialect has. */
public interface Dialect {}
