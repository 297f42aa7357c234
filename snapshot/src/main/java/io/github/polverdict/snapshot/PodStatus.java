package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.IpSet;
import java.util.stream.Stream;

/** Reads the {@code status} of a pod. */
public final class PodStatus {
  private PodStatus() {}

  /** The addresses that it names. */
  public static IpSet addresses(Field status) {
    return AddressTexts.read(
        Stream.concat(
            status.get("podIPs").items().stream().map(entry -> entry.get("ip")),
            Stream.of(status.get("podIP"))));
  }
}
