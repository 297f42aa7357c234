package io.github.polverdict.checks;

/**
 * One place where a rule is broken.
 *
 * @param subject what an exception would name: a class below the base package, a file, a commit
 * @param what what is wrong there
 */
record Violation(String subject, String what) {
  @Override
  public String toString() {
    return subject + ": " + what;
  }
}
