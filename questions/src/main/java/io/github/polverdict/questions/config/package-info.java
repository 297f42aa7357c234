/** What the options of commands are set to, and by what. Knows no command. */
@NullMarked
package io.github.polverdict.questions.config;

import org.jspecify.annotations.NullMarked;
