package io.github.polverdict.checks.offenders.questions;

import picocli.CommandLine;

/** Holds a command line. */
record ReadsArguments(CommandLine library) {}
