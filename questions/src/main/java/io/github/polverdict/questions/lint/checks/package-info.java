/**
 * Checks: each looks at a bench for one finding or a family of them. What cannot be decided is not
 * reported as a fact. Knows the neutral model and its evaluators; knows no document, no suppression
 * and no network plug-in.
 */
@NullMarked
package io.github.polverdict.questions.lint.checks;

import org.jspecify.annotations.NullMarked;
