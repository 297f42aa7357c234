/**
 * Pages for a browser: the frame that all share, tables that open and filter, escaping. Each is one
 * file that needs no network. Knows no answer and no question.
 */
@NullMarked
package io.github.polverdict.report.page;

import org.jspecify.annotations.NullMarked;
