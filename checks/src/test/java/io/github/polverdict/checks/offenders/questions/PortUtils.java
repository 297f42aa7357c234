package io.github.polverdict.checks.offenders.questions;

/** Is called after nothing that it is. */
final class PortUtils {
  private PortUtils() {}
}
