/** What a pack of evidence holds. Knows answers by their names only. */
@NullMarked
package io.github.polverdict.questions.evidence;

import org.jspecify.annotations.NullMarked;
