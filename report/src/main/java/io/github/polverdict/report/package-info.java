/**
 * Answers as text, JSON, YAML and CSV. Knows the questions' answers only; judges nothing and adds
 * nothing to them.
 */
@NullMarked
package io.github.polverdict.report;

import org.jspecify.annotations.NullMarked;
