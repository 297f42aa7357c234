package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports that no policy closes on a HostEndpoint, as Felix is told them: {@code tcp:22}, {@code 22},
 * {@code tcp:10.0.0.0/8:22} or {@code tcp:[fd00::/8]:22}, with commas between; {@code none} for
 * none (felix/config/param_types.go, PortListParam; felix/rules/static.go, failsafeInChain).
 */
public record Failsafes(List<Failsafe> all) {
  private static final Pattern FORM =
      Pattern.compile("(?:(tcp|udp):)?(?:\\[([^\\]]+)\\]:|([0-9./]+):)?([0-9]{1,5})");

  /** A port, for some addresses of the other end. */
  public record Failsafe(TrafficSet traffic, IpSet other) {}

  /** Empty when Felix would not start with it. */
  public static Optional<Failsafes> parse(String text) {
    List<Failsafe> out = new ArrayList<>();
    if (!text.strip().equalsIgnoreCase("none")) {
      for (String part : text.toLowerCase(Locale.ROOT).split(",")) {
        Matcher form = FORM.matcher(part.strip());
        if (!part.isBlank()) {
          Optional<IpSet> other = form.matches() ? other(form) : Optional.empty();
          if (other.isEmpty() || Integer.parseInt(form.group(4)) > 65535) {
            return Optional.empty();
          }
          int port = Integer.parseInt(form.group(4));
          Protocol protocol = "udp".equals(form.group(1)) ? Protocol.UDP : Protocol.TCP;
          out.add(new Failsafe(TrafficSet.of(protocol, port, port), other.get()));
        }
      }
    }
    return Optional.of(new Failsafes(out));
  }

  private static Optional<IpSet> other(Matcher form) {
    String range = form.group(2) == null ? form.group(3) : form.group(2);
    return range == null ? Optional.of(IpSet.ALL) : LabelledAddresses.range(range);
  }

  /** What is open for every address. */
  TrafficSet forAll() {
    TrafficSet out = TrafficSet.NONE;
    for (Failsafe each : all) {
      out = each.other().equals(IpSet.ALL) ? out.or(each.traffic()) : out;
    }
    return out;
  }
}
