package io.github.polverdict.checks.offenders.dialects.south;

import io.github.polverdict.checks.offenders.dialects.north.Peeks;

/** A dialect that names another dialect. */
record Rivalry(Peeks north) {}
