package io.github.polverdict.checks.offenders.core.kernel;

import java.util.logging.Logger;

/** Has a logger. */
record Logs(Logger log) {}
