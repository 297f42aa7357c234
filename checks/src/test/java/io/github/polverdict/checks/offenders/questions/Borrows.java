package io.github.polverdict.checks.offenders.questions;

import com.tngtech.archunit.core.domain.JavaClass;

/** Uses a library that the house does not list. */
record Borrows(JavaClass library) {}
