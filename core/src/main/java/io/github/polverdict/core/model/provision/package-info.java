/**
 * What pods of some namespaces shall be denied and allowed, before it is written in the language of
 * an engine. Knows no object that says so.
 */
@NullMarked
package io.github.polverdict.core.model.provision;

import org.jspecify.annotations.NullMarked;
