package io.github.polverdict.checks.offenders.workbench;

import io.github.polverdict.checks.offenders.dialects.api.Dialect;
import io.github.polverdict.checks.offenders.dialects.north.Unlisted;

/** Makes a dialect by its name, as a switch would. */
final class Creates {
  Dialect north() {
    return new Unlisted();
  }
}
