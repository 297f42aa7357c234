package io.github.polverdict.checks.offenders.core.kernel;

import java.io.File;

/** Does output, and names a file. */
final class Prints {
  void print(File file) {
    System.out.println(file);
  }
}
