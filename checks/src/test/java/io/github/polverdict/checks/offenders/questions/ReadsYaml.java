package io.github.polverdict.checks.offenders.questions;

import org.snakeyaml.engine.v2.api.Load;

/** Holds the YAML parser. */
record ReadsYaml(Load library) {}
