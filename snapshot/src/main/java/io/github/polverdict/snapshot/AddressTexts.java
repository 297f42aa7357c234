package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import java.util.stream.Stream;

/** Reads addresses; what is none is left to whoever reports it. */
public final class AddressTexts {
  private AddressTexts() {}

  /** The addresses among texts. */
  public static IpSet read(Stream<Field> texts) {
    return IpSet.union(
        texts.flatMap(f -> f.text().flatMap(IpAddress::parse).stream()).map(IpSet::of).toList());
  }
}
