package io.github.polverdict.checks.offenders.attic;

/** Lives in a package that no part knows. */
record Lost() {}
