/** What becomes of a call that something depends on. Knows no finding and no baseline. */
@NullMarked
package io.github.polverdict.questions.calls;

import org.jspecify.annotations.NullMarked;
