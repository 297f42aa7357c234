package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the agent does not take (pkg/policy/api/rule_validation.go, Sanitize), and what of a rule is
 * not judged here.
 */
final class Sanity {
  static final List<String> SECTIONS = List.of("ingress", "ingressDeny", "egress", "egressDeny");
  private static final Set<String> WHO =
      Set.of("Endpoints", "Entities", "CIDR", "CIDRSet", "Nodes", "Services", "FQDNs", "Groups");

  private static final String SELECTORS = "PV104";
  private static final List<Direction> DIRECTIONS = List.of(Direction.values());
  private static final Set<String> UNCHECKED = Set.of("Services", "FQDNs", "Groups");

  /**
   * What agents differ in.
   *
   * @param nodeLabels rules may name nodes by their labels
   * @param portsOfServices rules may have toServices and toPorts
   * @param requirements rules may have fromRequires and toRequires
   * @param proxy there is a proxy for L7 rules
   * @param extended there are protocols without ports
   * @param nothing a rule may have no item in any section
   */
  record Allows(
      boolean nodeLabels,
      boolean portsOfServices,
      boolean requirements,
      boolean proxy,
      boolean extended,
      boolean nothing) {}

  private Sanity() {}

  /** What the custom resource definition of releases between the bundled ones asks for. */
  static List<Finding> refusals(Field rule, Allows allows) {
    FieldChecks checks = new FieldChecks("PV080");
    for (Direction direction : allows.requirements() ? List.<Direction>of() : DIRECTIONS) {
      requires(rule, direction)
          .ifPresent(f -> checks.refuse(f, "must be empty: it is no longer supported"));
    }
    return checks.findings();
  }

  /**
   * Why the agent rejects a rule, one clause; empty when it takes it.
   *
   * @param allows what this agent allows and others do not
   */
  static Optional<String> rejects(Field rule, boolean clusterwide, Allows allows) {
    boolean hosts = rule.get("nodeSelector").present();
    if (hosts && !clusterwide) {
      return Optional.of("a nodeSelector may be used in a CiliumClusterwideNetworkPolicy only");
    }
    if (!new FieldChecks(SELECTORS).labelSelector(rule.get("nodeSelector"))) {
      return Optional.of("its nodeSelector cannot be read");
    }
    if (!allows.nothing() && SECTIONS.stream().allMatch(s -> rule.get(s).items().isEmpty())) {
      return Optional.of("a rule must have a rule in ingress, ingressDeny, egress or egressDeny");
    }
    return SECTIONS.stream()
        .flatMap(
            s -> rule.get(s).items().stream().flatMap(e -> entry(e, s, hosts, allows).stream()))
        .findFirst();
  }

  private static Optional<String> entry(Field entry, String section, boolean hosts, Allows allows) {
    List<String> who = peers(entry).filter(k -> !entry.get(k).items().isEmpty()).toList();
    if (who.size() > 1) {
      return Optional.of("combining " + String.join(" and ", who) + " is not supported yet");
    }
    if (!allows.nodeLabels() && who.stream().anyMatch(k -> k.endsWith("Nodes"))) {
      return Optional.of(who.getFirst() + " needs the setting enable-node-selector-labels");
    }
    if (!allows.portsOfServices() && namesPortsOfServices(entry)) {
      return Optional.of("combining toServices and toPorts is not supported yet");
    }
    if (!entry.get("icmps").items().isEmpty() && !entry.get("toPorts").items().isEmpty()) {
      return Optional.of("icmps may not be combined with toPorts");
    }
    return Optional.of(new RequestRules(section.equals("ingress"), hosts, allows.proxy()))
        .filter(_ -> !section.endsWith("Deny")) // where there is no such field
        .flatMap(requests -> requests.rejects(entry))
        .or(() -> ports(entry, allows))
        .or(() ->
            Stream.of("fromCIDRSet", "toCIDRSet")
                .flatMap(k -> entry.get(k).items().stream())
                .flatMap(range -> wrongRange(range).stream())
                .findFirst());
  }

  private static Optional<String> ports(Field entry, Allows allows) {
    if (entry.get("toPorts").items().stream().anyMatch(p -> p.get("ports").items().size() > 40)) {
      return Optional.of("too many ports, the most is 40");
    }
    return entry.get("toPorts").items().stream()
        .flatMap(p -> p.get("ports").items().stream())
        .flatMap(p -> port(p, allows).stream())
        .findFirst();
  }

  private static Optional<String> port(Field port, Allows allows) {
    String text = port.get("port").text("");
    if (text.isEmpty() && !allows.extended()) {
      return Optional.of("port must be specified");
    }
    if (!text.matches("[0-9]+")) {
      return Optional.empty();
    }
    if (text.length() > 5 || Integer.parseInt(text) > 65535) {
      return Optional.of("port " + text + " is greater than 65535");
    }
    return Traffic.isPortless(port.get("protocol").text("")) && !text.equals("0")
        ? Optional.of("port must be empty or 0")
        : Optional.empty();
  }

  static boolean namesPortsOfServices(Field entry) {
    return !entry.get("toServices").items().isEmpty() && !entry.get("toPorts").items().isEmpty();
  }

  private static Optional<String> wrongRange(Field range) {
    long kinds =
        Stream.of("cidr", "cidrGroupRef", "cidrGroupSelector")
            .filter(k -> range.get(k).present())
            .count();
    if (kinds != 1) {
      return Optional.of("a range must have one of cidr, cidrGroupRef and cidrGroupSelector");
    }
    Optional<IpSet> whole = Groups.cidr(range.get("cidr"));
    if (range.get("cidr").present() && whole.isEmpty()) {
      return Optional.of(range.get("cidr").text("") + " is not a range");
    }
    for (Field except : range.get("except").items()) {
      Optional<IpSet> part = Groups.cidr(except);
      if (part.isEmpty() || whole.filter(w -> !part.get().minus(w).isEmpty()).isPresent()) {
        return Optional.of(except.text("") + " is no part of the range");
      }
    }
    return Optional.empty();
  }

  /** The fields that say who an entry is about. */
  static Stream<String> peers(Field entry) {
    return entry.members().keySet().stream()
        .filter(k -> entry.get(k).present())
        .filter(k -> WHO.contains(k.replaceFirst("^(from|to)", "")));
  }

  /** Whether a list of peers is there and empty, which makes its entry one about nobody. */
  static boolean isEmptyList(String key, Field peers) {
    return peers.items().isEmpty() && !UNCHECKED.contains(key.replaceFirst("^(from|to)", ""));
  }

  /** A part of a rule without which it means something else, and that is not judged. */
  static Optional<Field> beyond(Field rule, Derived derived, boolean authenticates) {
    return SECTIONS.stream()
        .flatMap(s -> rule.get(s).items().stream())
        .flatMap(e ->
            Stream.concat(
                Stream.of(e.get("authentication")).filter(f -> f.present() && !authenticates),
                Stream.of("fromEndpoints", "toEndpoints")
                    .flatMap(k -> e.get(k).items().stream())
                    .filter(f -> EndpointQuery.read(f, derived).isBeyond())))
        .findFirst();
  }

  /** What narrows the rules of other policies, too; by the sections of one direction. */
  static Optional<Field> requires(Field rule, Direction direction) {
    boolean in = direction == Direction.INGRESS;
    String section = in ? "ingress" : "egress";
    return Stream.of(section, section + "Deny")
        .flatMap(s -> rule.get(s).items().stream())
        .map(e -> e.get(in ? "fromRequires" : "toRequires"))
        .filter(f -> !f.items().isEmpty())
        .findFirst();
  }
}
