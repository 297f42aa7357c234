/**
 * Which features work with the present rights? Knows no cluster: the server's answers are given.
 */
@NullMarked
package io.github.polverdict.questions.auth;

import org.jspecify.annotations.NullMarked;
