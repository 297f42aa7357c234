package io.github.polverdict.checks.offenders.questions;

import java.lang.module.ModuleDescriptor.Version;

/** Compares versions on its own. */
final class AsksForVersion {
  boolean newer(String version) {
    return Version.parse(version).compareTo(Version.parse("1.15")) >= 0;
  }
}
