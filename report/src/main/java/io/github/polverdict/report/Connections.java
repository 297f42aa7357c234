package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Ranges;
import io.github.polverdict.core.kernel.TrafficSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Traffic in the notation that netpol-analyzer made common. */
public final class Connections {
  private static final List<Protocol> WITH_PORTS =
      List.of(Protocol.SCTP, Protocol.TCP, Protocol.UDP);

  private static final Pattern PART =
      Pattern.compile("(?:(TCP|UDP|SCTP) )?([0-9]{1,5})(?:-([0-9]{1,5}))?");
  private static final String[] EVERY = {"SCTP 1-65535", "TCP 1-65535", "UDP 1-65535"};

  private Connections() {}

  /**
   * {@code All Connections} for every port of TCP, UDP and SCTP, {@code No Connections}, or {@code
   * SCTP 1-65535,TCP 80,443,UDP 53}. Says nothing of ICMP and other protocols.
   */
  public static String withPorts(TrafficSet traffic) {
    List<String> out = new ArrayList<>();
    int whole = 0;
    for (Protocol protocol : WITH_PORTS) {
      Ranges numbers = traffic.numbers(protocol);
      if (!numbers.isEmpty()) {
        out.add(protocol + " " + numbers);
        whole += numbers.equals(Ranges.of(1, 65535)) ? 1 : 0;
      }
    }
    if (whole == WITH_PORTS.size()) {
      return "All Connections";
    }
    return out.isEmpty() ? "No Connections" : String.join(",", out);
  }

  /** Reads what {@link #withPorts} writes; empty when it is nothing of the kind. */
  public static Optional<TrafficSet> parse(String text) {
    if (text.equals("No Connections")) {
      return Optional.of(TrafficSet.NONE);
    }
    TrafficSet out = TrafficSet.NONE;
    Protocol protocol = null;
    for (String part : text.equals("All Connections") ? EVERY : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      protocol = matcher.group(1) == null ? protocol : Protocol.valueOf(matcher.group(1));
      int first = Integer.parseInt(matcher.group(2));
      int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
      if (protocol == null || first < 1 || last > 65535 || first > last) {
        return Optional.empty();
      }
      out = out.or(TrafficSet.of(protocol, first, last));
    }
    return Optional.of(out);
  }

  /** Whether there is any TCP, UDP or SCTP in it. */
  static boolean anyWithPorts(TrafficSet traffic) {
    return WITH_PORTS.stream().anyMatch(p -> !traffic.numbers(p).isEmpty());
  }

  /**
   * All of it: {@code everything}, {@code everything but UDP 4789} where that is shorter, or the
   * notation above with ICMP and other protocols added.
   */
  public static String all(TrafficSet traffic) {
    if (traffic.equals(TrafficSet.ALL)) {
      return "everything";
    }
    String listed = listed(traffic);
    String but = "everything but " + listed(TrafficSet.ALL.minus(traffic));
    return but.length() < listed.length() ? but : listed;
  }

  private static String listed(TrafficSet traffic) {
    List<String> out = new ArrayList<>();
    if (anyWithPorts(traffic)) {
      out.add(withPorts(traffic).replace("All Connections", "SCTP, TCP and UDP on all ports"));
    }
    Ranges icmp = traffic.numbers(Protocol.ICMP);
    if (!icmp.isEmpty()) {
      boolean every = icmp.equals(TrafficSet.ALL.numbers(Protocol.ICMP));
      Ranges missing = icmp.gaps(0, Protocol.ICMP.highest());
      boolean most = missing.ranges().size() < icmp.ranges().size();
      out.add(every ? "ICMP" : most ? "ICMP but " + types(missing) : "ICMP " + types(icmp));
    }
    Ranges other = traffic.numbers(Protocol.OTHER);
    if (!other.isEmpty()) {
      boolean every = other.equals(TrafficSet.ALL.numbers(Protocol.OTHER));
      out.add(every ? "other protocols" : "IP protocol " + other);
    }
    return out.isEmpty() ? "nothing" : String.join(", ", out);
  }

  private static String types(Ranges numbers) {
    List<String> out = new ArrayList<>();
    for (int[] range : numbers.ranges()) {
      int first = range[0] >> 8;
      int last = range[1] >> 8;
      boolean wholeTypes = (range[0] & 255) == 0 && (range[1] & 255) == 255;
      out.add(
          wholeTypes
              ? (first == last ? "type " + first : "types " + first + "-" + last)
              : "type " + first + " code " + (range[0] & 255));
    }
    return String.join(", ", out);
  }
}
