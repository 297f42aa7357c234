package io.github.polverdict.snapshot.schema;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import java.util.Set;

/**
 * Formats that the API server looks at (apiextensions-apiserver 0.34 {@code
 * pkg/apiserver/validation/formats.go}; kube-openapi {@code pkg/validation/strfmt}). Text in one
 * that is not here is taken, as in one that the server does not know.
 */
final class Formats {
  private static final IpSet IPV4_IN_IPV6 = IpSet.cidr("::ffff:0:0/96").orElseThrow();

  /** Those that are looked at here. */
  static final Set<String> KNOWN = Set.of("cidr", "ipv4", "ipv6");

  private Formats() {}

  static boolean fits(String format, String text) {
    return switch (format) {
      case "cidr" -> IpSet.cidr(withoutLeadingZeros(text)).isPresent();
      case "ipv4" -> !text.contains(":") && IpAddress.parse(text).isPresent();
      case "ipv6" -> text.contains(":") && IpAddress.parse(text).isPresent();
      case String _ -> true;
    };
  }

  /** CEL's isCIDR: host bits may be set, IPv4 in IPv6 is none (apiserver pkg/cel/library/cidr). */
  static boolean isCidr(String text) {
    return IpSet.cidr(text).isPresent()
        && IpAddress.parse(text.replaceFirst("/.*", "")).filter(IPV4_IN_IPV6::contains).isEmpty();
  }

  /** ParseCIDRSloppy of k8s.io/utils/net takes {@code 010.0.0.0/8}, as decimal. */
  private static String withoutLeadingZeros(String text) {
    return text.contains(":") ? text : text.replaceAll("(^|\\.)0+(?=[0-9])", "$1");
  }
}
