package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import java.util.stream.Stream;

/** Reads the {@code status} of a pod. */
public final class PodStatus {
  private PodStatus() {}

  /** The addresses that it names; what is no address is left to whoever reports it. */
  public static IpSet addresses(Field status) {
    return IpSet.union(
        Stream.concat(
                status.get("podIPs").items().stream().map(entry -> entry.get("ip")),
                Stream.of(status.get("podIP")))
            .flatMap(ip -> ip.text().flatMap(IpAddress::parse).stream())
            .map(IpSet::of)
            .toList());
  }
}
