package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.IpSet;
import java.util.Optional;

/** Address ranges as the API server reads them. */
final class Cidrs {
  private Cidrs() {}

  /**
   * Reads a range as {@code netutils.ParseCIDRSloppy} does: leading zeros of a dotted quad are
   * taken as decimal (KEP-4858 describes the laxness of ipBlock's validation).
   */
  static Optional<IpSet> sloppy(String text) {
    return IpSet.cidr(text.indexOf(':') >= 0 ? text : text.replaceAll("(^|\\.)0+(?=[0-9])", "$1"));
  }
}
