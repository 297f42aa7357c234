package io.github.polverdict.checks.offenders.questions;

import com.google.re2j.Pattern;

/** Holds a pattern of RE2. */
record Matches(Pattern library) {}
