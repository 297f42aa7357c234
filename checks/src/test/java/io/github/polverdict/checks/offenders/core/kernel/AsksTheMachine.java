package io.github.polverdict.checks.offenders.core.kernel;

import java.util.Map;

/** Reads the environment. */
final class AsksTheMachine {
  Map<String, String> environment() {
    return System.getenv();
  }
}
