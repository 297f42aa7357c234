package io.github.polverdict.checks.offenders.dialects.north;

import io.github.polverdict.checks.offenders.dialects.api.Dialect;

/** A dialect that no service file lists. */
public final class Unlisted implements Dialect {}
