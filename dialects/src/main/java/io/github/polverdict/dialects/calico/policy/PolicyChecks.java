package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is refused of a policy: by its shape (api/pkg/apis/projectcalico/v3, policy_common.go,
 * networkpolicy.go and globalnetworkpolicy.go), and by what its fields say together
 * (libcalico-go/lib/validator/v3/validator.go), in the words of these.
 */
final class PolicyChecks {
  static final String CODE = "PV080";
  private static final String FORMATTED = "knp.default."; // as NetworkPolicies are called
  private static final String PORTS =
      "rules that specify ports must set protocol to TCP or UDP or SCTP";
  private static final String GLOBAL =
      "global() can only be used in an EntityRule namespaceSelector";
  private static final Set<String> RULE =
      Set.of(
          "action",
          "ipVersion",
          "protocol",
          "icmp",
          "notProtocol",
          "notICMP",
          "source",
          "destination",
          "http",
          "metadata");
  private static final Set<String> END =
      Set.of(
          "nets",
          "selector",
          "namespaceSelector",
          "services",
          "ports",
          "notNets",
          "notSelector",
          "notPorts",
          "serviceAccounts");

  private final FieldChecks checks = new FieldChecks(CODE);
  private final Document policy;
  private final Field spec;
  private final boolean cluster;

  PolicyChecks(Document policy) {
    this.policy = policy;
    this.spec = policy.at("spec");
    this.cluster = policy.id().kind().equals(CalicoPolicies.CLUSTER);
  }

  /** What Calico's API server does not take as a name in a tier (libcalico-go/lib/names). */
  List<Finding> ofName(String tier) {
    String name = policy.id().name();
    boolean fits =
        name.startsWith(tier + ".")
            || tier.equals(Tiers.DEFAULT) && (!name.contains(".") || name.startsWith(FORMATTED));
    if (!fits) {
      checks.refuse(policy.at("metadata", "name"), "Incorrectly formatted policy name " + name);
    }
    return checks.findings();
  }

  /** What the shape of the objects does not allow. */
  List<Finding> ofShape() {
    checks.onlyFields(policy.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    checks.isMap(spec);
    Set<String> known = new LinkedHashSet<>();
    known.addAll(Set.of("tier", "order", "selector", "types", "serviceAccountSelector"));
    known.addAll(Set.of("ingress", "egress", "performanceHints"));
    if (cluster) {
      known.addAll(Set.of("doNotTrack", "preDNAT", "applyOnForward", "namespaceSelector"));
      List.of("doNotTrack", "preDNAT", "applyOnForward").forEach(k -> checks.isBool(spec.get(k)));
    }
    checks.onlyFields(spec, known);
    checks.isString(spec.get("tier"));
    if (spec.get("order").present() && Tiers.order(spec.get("order")).isEmpty()) {
      checks.refuse(spec.get("order"), "spec.order in body must be of type number");
    }
    List.of("selector", "serviceAccountSelector", "namespaceSelector")
        .forEach(k -> checks.isString(spec.get(k)));
    checks.isList(spec.get("types"));
    spec.get("types").items().forEach(t -> checks.oneOf(t, List.of("Ingress", "Egress")));
    for (String section : List.of("ingress", "egress")) {
      checks.isList(spec.get(section));
      spec.get(section).items().forEach(this::shape);
    }
    return checks.findings();
  }

  private void shape(Field rule) {
    checks.isMap(rule);
    checks.onlyFields(rule, RULE);
    if (checks.required(rule.get("action"))) {
      checks.oneOf(rule.get("action"), List.of("Allow", "Deny", "Log", "Pass"));
    }
    List.of("protocol", "notProtocol").forEach(k -> checks.intOrString(rule.get(k)));
    checks.isInteger(rule.get("ipVersion"));
    for (String icmp : List.of("icmp", "notICMP")) {
      checks.isMap(rule.get(icmp));
      checks.onlyFields(rule.get(icmp), Set.of("type", "code"));
      checks.inRange(rule.get(icmp).get("type"), 0, 254);
      checks.inRange(rule.get(icmp).get("code"), 0, 255);
    }
    checks.isMap(rule.get("http"));
    for (String end : List.of("source", "destination")) {
      Field field = rule.get(end);
      checks.isMap(field);
      checks.onlyFields(field, END);
      List.of("selector", "namespaceSelector", "notSelector")
          .forEach(k -> checks.isString(field.get(k)));
      List.of("nets", "notNets", "ports", "notPorts").forEach(k -> checks.isList(field.get(k)));
      List.of("ports", "notPorts").forEach(k -> field.get(k).items().forEach(checks::intOrString));
      checks.isMap(field.get("serviceAccounts"));
      checks.onlyFields(field.get("serviceAccounts"), Set.of("names", "selector"));
      checks.isMap(field.get("services"));
      checks.onlyFields(field.get("services"), Set.of("name", "namespace"));
    }
  }

  /**
   * What a policy of the right shape must not say.
   *
   * @param namesOfAny whether a rule without a protocol may name ports
   */
  List<Finding> ofSense(boolean namesOfAny) {
    Set<String> types = new HashSet<>();
    spec.get("types").items().stream()
        .filter(t -> !types.add(t.text("")))
        .forEach(t -> checks.refuse(t, "'" + t.text("") + "' type specified more than once"));
    List.of("selector", "serviceAccountSelector", "namespaceSelector")
        .forEach(k -> selector(spec.get(k), false));
    if (cluster) {
      hosts();
    }
    for (Field rule : spec.get("ingress").items()) {
      rule(rule, namesOfAny);
      checks.forbidden(
          rule.get("destination").get("services"), "not allowed in ingress rule destination");
      home(rule.get("source").get("services"));
    }
    for (Field rule : spec.get("egress").items()) {
      rule(rule, namesOfAny);
      checks.forbidden(rule.get("source").get("services"), "not allowed in egress rule source");
      checks.forbidden(rule.get("http"), "not allowed in egress rule");
      home(rule.get("destination").get("services"));
    }
    return checks.findings();
  }

  private void home(Field services) {
    if (cluster && services.present() && services.get("namespace").text("").isEmpty()) {
      checks.refuse(services.get("namespace"), "must specify a namespace");
    }
  }

  private void hosts() {
    boolean untracked = spec.get("doNotTrack").bool().orElse(false);
    boolean early = spec.get("preDNAT").bool().orElse(false);
    if (untracked && early) {
      checks.refuse(spec.get("preDNAT"), "preDNAT and doNotTrack cannot both be true");
    }
    if (early && !spec.get("egress").items().isEmpty()) {
      checks.refuse(spec.get("egress"), "preDNAT policy cannot have any egress rules");
    }
    if (early && spec.get("types").items().stream().anyMatch(t -> t.text("").equals("Egress"))) {
      checks.refuse(spec.get("types"), "preDNAT policy cannot have 'Egress' type");
    }
    if ((untracked || early) && !spec.get("applyOnForward").bool().orElse(false)) {
      checks.refuse(spec, "applyOnForward must be true if either preDNAT or doNotTrack is true");
    }
  }

  private void selector(Field field, boolean ofNamespaces) {
    String text = field.text("");
    try {
      ExpressionParser.parse(text);
    } catch (ExpressionParser.Malformed e) {
      checks.refuse(field, "invalid selector: " + e.getMessage());
      return;
    }
    if (text.contains("global(") && !ofNamespaces) {
      checks.refuse(field, GLOBAL);
    } else if (text.contains("global(") && !text.strip().matches("global\\(\\s*\\)")) {
      checks.refuse(field, "global() cannot be combined with other selectors");
    }
  }

  private void rule(Field rule, boolean namesOfAny) {
    int protocol = protocol(rule, "protocol");
    protocol(rule, "notProtocol");
    boolean ports = Set.of(6, 17, 132).contains(protocol);
    for (String end : List.of("source", "destination")) {
      for (String key : List.of("ports", "notPorts")) {
        Field list = rule.get(end).get(key);
        boolean names = namesOfAny && !rule.get("protocol").present() && areNames(list);
        if (!list.items().isEmpty() && !ports && !names) {
          checks.refuse(list, PORTS);
        }
        list.items().forEach(this::port);
      }
      end(rule.get(end));
    }
    Field icmp = rule.get("icmp");
    if (icmp.present() && protocol != 1 && protocol != 58) {
      checks.refuse(icmp, "ICMP fields require protocol to be ICMP or ICMPv6");
    }
    for (String key : List.of("icmp", "notICMP")) {
      if (rule.get(key).get("code").present() && !rule.get(key).get("type").present()) {
        checks.refuse(rule.get(key).get("code"), "ICMP code specified without an ICMP type");
      }
    }
    Field http = rule.get("http");
    if (http.present() && protocol > 0 && protocol != 6) {
      checks.refuse(rule.get("protocol"), "rules with HTTP match must have protocol TCP or unset");
    }
    if (http.present() && !rule.get("action").text("").equals("Allow")) {
      checks.refuse(http, "HTTP match is only valid on Allow rules");
    }
    families(rule, protocol);
    Field destination = rule.get("destination");
    boolean both =
        !destination.get("ports").items().isEmpty()
            || !destination.get("notPorts").items().isEmpty();
    if (destination.get("services").present() && both) {
      checks.refuse(destination, "ports and notPorts cannot be specified with services");
    }
  }

  private static boolean areNames(Field ports) {
    return ports.items().stream().noneMatch(p -> p.text("").matches("[0-9]+(:[0-9]+)?"));
  }

  private int protocol(Field rule, String key) {
    int protocol = Traffic.protocol(rule.get(key)).orElse(0);
    if (rule.get(key).present() && (protocol < 1 || protocol > 255)) {
      checks.refuse(
          rule.get(key),
          "protocol name invalid: must be one of TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite or an"
              + " integer 1-255");
    }
    return protocol;
  }

  private void port(Field field) {
    String[] ends = field.text("").split(":", 2);
    boolean numbers = true;
    List<Integer> found = new ArrayList<>();
    for (String end : ends) {
      boolean fits = end.matches("[0-9]{1,5}") && Integer.parseInt(end) <= 65535;
      numbers &= fits;
      found.add(fits ? Integer.parseInt(end) : -1);
    }
    boolean name = ends.length == 1 && field.text("").matches("[a-zA-Z0-9_.-]{1,128}");
    if (!numbers && !name) {
      checks.refuse(field, "invalid port: a number, a range as 80:90, or a name");
    } else if (numbers && found.getFirst() > found.getLast()) {
      checks.refuse(
          field,
          "minimum port number (%d) is greater than maximum port number (%d) in port range"
              .formatted(found.getFirst(), found.getLast()));
    }
  }

  private void end(Field end) {
    selector(end.get("selector"), false);
    selector(end.get("notSelector"), false);
    selector(end.get("namespaceSelector"), true);
    selector(end.get("serviceAccounts").get("selector"), false);
    Field services = end.get("services");
    if (!services.present()) {
      return;
    }
    if (services.get("name").text("").isEmpty()) {
      checks.refuse(services, "must specify a service name");
    }
    for (String other :
        List.of(
            "namespaceSelector", "selector", "notSelector", "serviceAccounts", "nets", "notNets")) {
      if (end.get(other).present()) {
        checks.refuse(services, "cannot specify " + other + " and services on the same rule");
      }
    }
  }

  private void families(Field rule, int protocol) {
    String version = rule.get("ipVersion").text("");
    if (rule.get("ipVersion").present() && !Set.of("4", "6").contains(version)) {
      checks.oneOf(rule.get("ipVersion"), List.of("4", "6"));
    }
    if (version.equals("6") && protocol == 1 || version.equals("4") && protocol == 58) {
      checks.refuse(
          rule.get("ipVersion"),
          protocol == 1
              ? "protocol ICMP requires ipVersion 4"
              : "protocol ICMPv6 requires ipVersion 6");
    }
    IpSet all = IpSet.NONE;
    for (String end : List.of("source", "destination")) {
      for (String key : List.of("nets", "notNets")) {
        for (Field net : rule.get(end).get(key).items()) {
          if (LabelledAddresses.range(net.text("")).isEmpty()) {
            checks.refuse(net, "invalid CIDR");
          }
        }
        all = all.or(LabelledAddresses.addresses(rule.get(end).get(key)));
      }
    }
    boolean four = all.overlaps(IpSet.ALL_V4);
    boolean six = all.overlaps(IpSet.ALL_V6);
    if (four && six) {
      checks.refuse(rule, "rule contains both IPv4 and IPv6 CIDRs");
    } else if (version.equals("4") && six || version.equals("6") && four) {
      checks.refuse(rule.get("ipVersion"), "rule IP version doesn't match CIDR version");
    }
  }
}
