package io.github.polverdict.core.kernel;

/**
 * How much a finding matters: an ERROR makes the answer incomplete, a WARNING changes it, a NOTE
 * informs.
 */
public enum Severity {
  NOTE,
  WARNING,
  ERROR
}
