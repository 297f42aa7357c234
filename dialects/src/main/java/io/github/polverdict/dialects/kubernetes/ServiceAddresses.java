package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.snapshot.AddressTexts;
import io.github.polverdict.snapshot.Document;
import java.util.stream.Stream;

/** The addresses that a Service is called by; what is no address counts for nothing. */
public final class ServiceAddresses {
  private ServiceAddresses() {}

  /** Those within the cluster; none for a headless one. */
  public static IpSet cluster(Document service) {
    return AddressTexts.read(
        Stream.concat(
            service.at("spec", "clusterIPs").items().stream(),
            Stream.of(service.at("spec", "clusterIP"))));
  }

  /** Its {@code externalIPs}. */
  public static IpSet external(Document service) {
    return AddressTexts.read(service.at("spec", "externalIPs").items().stream());
  }

  /** Those that its balancers were given. */
  public static IpSet balancers(Document service) {
    return AddressTexts.read(
        service.at("status", "loadBalancer", "ingress").items().stream().map(i -> i.get("ip")));
  }
}
