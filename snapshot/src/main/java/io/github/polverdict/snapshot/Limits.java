package io.github.polverdict.snapshot;

/**
 * How much a file may hold before it is refused instead of read, so that no input can exhaust the
 * machine. Sizes are in bytes of UTF-8; the length of a line has no limit of its own.
 *
 * @param bytesPerFile a larger file is not opened at all
 * @param bytesPerDocument one YAML document or one JSON value; a {@code List} is one document
 * @param depth mappings and sequences inside each other; the deepest definitions in use have about
 *     50
 * @param aliasedNodes what all YAML aliases of one document would add if they were written out
 * @param documents in one file
 * @param files in all paths together
 */
public record Limits(
    long bytesPerFile,
    long bytesPerDocument,
    int depth,
    int aliasedNodes,
    int documents,
    int files) {
  private static final long MIB = 1024 * 1024;

  public static final Limits DEFAULT =
      new Limits(256 * MIB, 128 * MIB, 150, 100_000, 1_000_000, 100_000);

  public Limits {
    if (bytesPerFile > Integer.MAX_VALUE - 64 || bytesPerDocument > Integer.MAX_VALUE - 64) {
      throw new IllegalArgumentException("a file is read whole, so that it must stay below 2 GiB");
    }
  }
}
