package io.github.polverdict.lab.replay;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flow of a scenario taken apart.
 *
 * @param from a pod, {@code node/n1} or an address
 * @param to the same, or {@code svc/shop/web}
 * @param protocol {@code TCP}, {@code UDP}, {@code SCTP} or {@code ICMP}
 */
record Way(String from, String to, String protocol, int port) {
  private static final Pattern TO =
      Pattern.compile(
          "([^:\\[\\]]+):(?:((?:8/)?icmp)|(\\d+)(?:/(TCP|UDP|SCTP))?)", Pattern.CASE_INSENSITIVE);

  /** Empty when it is not one flow of IPv4 with a number. */
  static Optional<Way> of(String from, String to) {
    Matcher matcher = TO.matcher(to);
    if (!matcher.matches() || from.contains("*") || from.contains(":")) {
      return Optional.empty();
    }
    if (matcher.group(2) != null) {
      return Optional.of(new Way(from, matcher.group(1), "ICMP", 0));
    }
    String protocol = matcher.group(4) == null ? "TCP" : matcher.group(4).toUpperCase(Locale.ROOT);
    return Optional.of(
        new Way(from, matcher.group(1), protocol, Integer.parseInt(matcher.group(3))));
  }

  static boolean isAddress(String end) {
    return end.matches("\\d+(\\.\\d+){3}");
  }
}
