package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression of OVN's ACLs (ovn-nb(5), "match"), as far as it is a conjunction over addresses,
 * protocols and destination ports.
 *
 * @param source whose packets; {@link IpSet#ALL} when not said
 * @param destination to whom
 */
record AclMatch(IpSet source, IpSet destination, TrafficSet traffic) {
  private static final Pattern ADDRESS = Pattern.compile("ip([46])\\.(src|dst)==(.+)");
  private static final Pattern PORT = Pattern.compile("(tcp|udp|sctp)\\.dst(==|>=|<=|>|<)(.+)");
  private static final Pattern BETWEEN =
      Pattern.compile("([0-9]{1,5})<=(tcp|udp|sctp)\\.dst<=([0-9]{1,5})");
  private static final AclMatch ANY = new AclMatch(IpSet.ALL, IpSet.ALL, TrafficSet.ALL);

  /** Empty when the expression says more than can be read here. */
  static Optional<AclMatch> read(String text) {
    String tight = text.replaceAll("\\s+", "");
    if (tight.isEmpty() || tight.contains("||") || tight.matches(".*[!()$@\"].*")) {
      return Optional.empty();
    }
    Optional<AclMatch> out = Optional.of(ANY);
    for (String term : tight.split("&&", -1)) {
      out = out.flatMap(m -> term(term).map(m::and));
    }
    return out;
  }

  private AclMatch and(AclMatch other) {
    return new AclMatch(
        source.and(other.source), destination.and(other.destination), traffic.and(other.traffic));
  }

  private static Optional<AclMatch> term(String term) {
    Matcher address = ADDRESS.matcher(term);
    if (address.matches()) {
      return addresses(address.group(3))
          .map(a ->
              address.group(2).equals("src")
                  ? new AclMatch(a, IpSet.ALL, TrafficSet.ALL)
                  : new AclMatch(IpSet.ALL, a, TrafficSet.ALL));
    }
    Matcher between = BETWEEN.matcher(term);
    if (between.matches()) {
      return ports(between.group(2), number(between.group(1)), number(between.group(3)));
    }
    Matcher port = PORT.matcher(term);
    return port.matches() ? port(port) : protocol(term);
  }

  private static Optional<AclMatch> protocol(String term) {
    return switch (term) {
      case "ip" -> Optional.of(ANY);
      case "ip4" -> Optional.of(new AclMatch(IpSet.ALL_V4, IpSet.ALL_V4, TrafficSet.ALL));
      case "ip6" -> Optional.of(new AclMatch(IpSet.ALL_V6, IpSet.ALL_V6, TrafficSet.ALL));
      case "tcp" -> traffic(TrafficSet.all(Protocol.TCP));
      case "udp" -> traffic(TrafficSet.all(Protocol.UDP));
      case "sctp" -> traffic(TrafficSet.all(Protocol.SCTP));
      case "icmp" -> traffic(TrafficSet.all(Protocol.ICMP));
      case "icmp4" ->
          Optional.of(new AclMatch(IpSet.ALL_V4, IpSet.ALL_V4, TrafficSet.all(Protocol.ICMP)));
      case "icmp6" ->
          Optional.of(new AclMatch(IpSet.ALL_V6, IpSet.ALL_V6, TrafficSet.all(Protocol.ICMP)));
      case String _ -> Optional.empty();
    };
  }

  private static Optional<AclMatch> traffic(TrafficSet traffic) {
    return Optional.of(new AclMatch(IpSet.ALL, IpSet.ALL, traffic));
  }

  private static Optional<IpSet> addresses(String text) {
    List<IpSet> out = new ArrayList<>();
    for (String part : text.replaceAll("^\\{|}$", "").split(",", -1)) {
      Optional<IpSet> range = Attachments.range(part);
      if (range.isEmpty()) {
        return Optional.empty();
      }
      out.add(range.get());
    }
    return Optional.of(IpSet.union(out));
  }

  private static Optional<AclMatch> port(Matcher port) {
    String protocol = port.group(1);
    if (port.group(2).equals("==")) {
      TrafficSet out = TrafficSet.NONE;
      for (String part : port.group(3).replaceAll("^\\{|}$", "").split(",", -1)) {
        Optional<AclMatch> one = ports(protocol, number(part), number(part));
        if (one.isEmpty()) {
          return Optional.empty();
        }
        out = out.or(one.get().traffic());
      }
      return traffic(out);
    }
    int limit = number(port.group(3));
    return switch (limit < 0 ? "" : port.group(2)) {
      case ">=" -> ports(protocol, limit, 65535);
      case ">" -> ports(protocol, limit + 1, 65535);
      case "<=" -> ports(protocol, 1, limit);
      case "<" -> ports(protocol, 1, limit - 1);
      case String _ -> Optional.empty();
    };
  }

  /** Less than zero when it is no port. */
  private static int number(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
  }

  private static Optional<AclMatch> ports(String protocol, int first, int last) {
    boolean fit = first >= 1 && last <= 65535 && first <= last;
    Protocol which = Protocol.valueOf(protocol.toUpperCase(java.util.Locale.ROOT));
    return fit ? traffic(TrafficSet.of(which, first, last)) : Optional.empty();
  }
}
