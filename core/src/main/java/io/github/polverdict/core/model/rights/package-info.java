/** What may be done in a cluster: the rights that features need, and what was granted of them. */
@NullMarked
package io.github.polverdict.core.model.rights;

import org.jspecify.annotations.NullMarked;
