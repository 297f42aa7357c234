package io.github.polverdict.questions.lint.checks;

/** Looks for one finding or a family of them. */
@FunctionalInterface
interface Check {
  void look(Ground ground, Sink out);
}
