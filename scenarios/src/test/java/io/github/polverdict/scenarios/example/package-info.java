/**
 * The made-up engine of docs/guide/add-a-dialect.md: everything that a dialect needs and nothing
 * else. It is known to its own test only.
 */
@NullMarked
package io.github.polverdict.scenarios.example;

import org.jspecify.annotations.NullMarked;
