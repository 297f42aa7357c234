package io.github.polverdict.checks.offenders.questions;

import tools.jackson.core.JsonParser;

/** Holds a JSON parser. */
record ReadsJson(JsonParser library) {}
