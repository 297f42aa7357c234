package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.snapshot.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the agent does not take of rules for requests (PortRule.sanitize in
 * pkg/policy/api/rule_validation.go of Cilium 1.15.19 and 1.20.2).
 *
 * @param ingress whether it is about an item of {@code ingress}
 * @param hosts whether the rule is for nodes
 * @param proxy whether there is a proxy for L7 rules
 */
record RequestRules(boolean ingress, boolean hosts, boolean proxy) {

  /** Why the agent rejects the rule of an entry that allows, one clause; empty when it takes it. */
  Optional<String> rejects(Field entry) {
    return entry.get("toPorts").items().stream().flatMap(p -> of(p).stream()).findFirst();
  }

  /** Whether there are rules for requests; empty lists are none. */
  static boolean areThere(Field item) {
    return item.get("rules").members().values().stream()
        .anyMatch(f -> f.present() && !f.items().isEmpty());
  }

  /** The items of {@code toPorts} that go to the proxy without rules for requests. */
  static Stream<Field> proxied(Field rule) {
    return Stream.of("ingress", "egress")
        .flatMap(section -> rule.get(section).items().stream())
        .flatMap(entry -> entry.get("toPorts").items().stream())
        .filter(item -> Traffic.proxied(item).isPresent());
  }

  /** Whether agents make a listener of their own for an item, and wait until a proxy has it. */
  static boolean waits(Field item) {
    return looksIntoTls(item) && !item.get("listener").present();
  }

  private static boolean looksIntoTls(Field item) {
    return Stream.of("serverNames", "terminatingTLS", "originatingTLS")
        .anyMatch(name -> item.get(name).present());
  }

  private Optional<String> of(Field item) {
    boolean listens = item.get("listener").present();
    if (listens && ingress) {
      return Optional.of("a listener is not allowed on ingress");
    }
    if (!areThere(item)) {
      return Optional.empty();
    }
    boolean names = !item.get("rules").get("dns").items().isEmpty();
    if (hosts && (ingress || !names)) {
      return Optional.of("L7 rules are not supported for nodes");
    }
    if (!proxy) {
      return Optional.of("L7 rules need the setting enable-l7-proxy");
    }
    if (ingress && names) {
      return Optional.of("L7 rules of DNS are not supported on ingress");
    }
    if (listens) {
      return Optional.of("a listener is not allowed with L7 rules");
    }
    if (!item.get("serverNames").items().isEmpty() && !item.get("terminatingTLS").present()) {
      return Optional.of("serverNames are not allowed with L7 rules without terminatingTLS");
    }
    return ports(item.get("ports").items(), names);
  }

  private static Optional<String> ports(List<Field> ports, boolean names) {
    if (names && ports.isEmpty()) {
      return Optional.of("port 53 must be specified for DNS rules");
    }
    boolean tcp =
        ports.stream()
            .allMatch(p -> p.get("protocol").text("ANY").toUpperCase(Locale.ROOT).equals("TCP"));
    if (!names && !tcp) {
      return Optional.of("L7 rules but those of DNS need ports of the protocol TCP");
    }
    return ports.stream().anyMatch(p -> p.get("port").text("").equals("0"))
        ? Optional.of("L7 rules can not be used when a port is 0")
        : Optional.empty();
  }
}
