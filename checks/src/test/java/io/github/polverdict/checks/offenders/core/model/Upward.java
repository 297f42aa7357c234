package io.github.polverdict.checks.offenders.core.model;

import io.github.polverdict.checks.offenders.core.kernel.Peeks;

/** Closes a cycle of packages: the kernel sees the model as well. */
record Upward(Peeks kernel) {}
