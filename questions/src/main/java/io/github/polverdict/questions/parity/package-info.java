/**
 * The same objects under several engines. Knows benches; knows no document, no network plug-in and
 * no output format.
 */
@NullMarked
package io.github.polverdict.questions.parity;

import org.jspecify.annotations.NullMarked;
