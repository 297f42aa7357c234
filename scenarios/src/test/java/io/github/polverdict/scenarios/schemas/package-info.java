/**
 * Bundled schemas: objects made of them, what they refuse, and the API server's own code as judge.
 */
@NullMarked
package io.github.polverdict.scenarios.schemas;

import org.jspecify.annotations.NullMarked;
