package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Antrea's admission webhook refuses of a policy that its definition takes, in the webhook's
 * words (pkg/controller/networkpolicy/validate.go, antreaPolicyValidator).
 */
final class Admission {
  private final FieldChecks checks = new FieldChecks(PolicyChecks.CODE);
  private final Tiers tiers;
  private final boolean requests;

  /**
   * @param requests whether rules for requests are switched on (L7NetworkPolicy)
   */
  Admission(Tiers tiers, boolean requests) {
    this.tiers = tiers;
    this.requests = requests;
  }

  List<Finding> check(Document policy) {
    Field spec = policy.at("spec");
    List<Field> ingress = spec.get("ingress").items();
    List<Field> egress = spec.get("egress").items();
    List<Field> all = Stream.concat(ingress.stream(), egress.stream()).toList();
    tier(policy, all);
    names(ingress, egress);
    appliedTo(spec, all);
    ingress.forEach(r -> peers(r, "from"));
    egress.forEach(r -> peers(r, "to"));
    ingress.forEach(r -> services(spec, r));
    egress.forEach(this::multicast);
    all.forEach(this::protocols);
    all.forEach(this::requests);
    all.forEach(r -> r.get("ports").items().forEach(this::port));
    return checks.findings();
  }

  private static String action(Field rule) {
    return rule.get("action").text("");
  }

  private void tier(Document policy, List<Field> rules) {
    Field tier = policy.at("spec", "tier");
    if (tiers.priority(policy).isEmpty() && tiers.unread().isEmpty()) {
      checks.refuse(
          tier,
          "tier " + tier.text("") + " does not exist",
          "create the Tier first; of Antrea's own there are emergency, securityops, networkops,"
              + " platform, application and baseline");
    }
    if (tier.text("").equalsIgnoreCase("baseline")) {
      rules.stream()
          .filter(r -> action(r).equals("Pass"))
          .forEach(r ->
              checks.refuse(
                  r.get("action"),
                  "`Pass` action should not be set for Baseline Tier policy rules"));
    }
  }

  private void names(List<Field> ingress, List<Field> egress) {
    Set<String> seen = new HashSet<>();
    Stream.concat(ingress.stream(), egress.stream())
        .map(r -> r.get("name"))
        .filter(n -> !n.text("").isEmpty()) // a rule without a name gets one
        .filter(n -> !seen.add(n.text("")))
        .forEach(n -> checks.refuse(n, "rules names must be unique within the policy"));
  }

  private void appliedTo(Field spec, List<Field> rules) {
    List<Field> ofPolicy = spec.get("appliedTo").items();
    long ofRules = rules.stream().filter(r -> !r.get("appliedTo").items().isEmpty()).count();
    if (!ofPolicy.isEmpty() && ofRules > 0) {
      checks.refuse(spec, "appliedTo should not be set in both spec and rules");
    } else if (ofPolicy.isEmpty() && ofRules == 0) {
      checks.refuse(spec, "appliedTo needs to be set in either spec or rules");
    } else if (ofRules > 0 && ofRules != rules.size()) {
      checks.refuse(spec, "appliedTo field should either be set in all rules or in none of them");
    }
    entries(ofPolicy, !spec.get("egress").items().isEmpty());
    for (Field rule : rules) {
      entries(rule.get("appliedTo").items(), rule.pointer().startsWith("/spec/egress"));
    }
  }

  private void entries(List<Field> appliedTo, boolean egress) {
    long services = 0;
    for (Field entry : appliedTo) {
      for (String alone : List.of("group", "nodeSelector", "serviceAccount", "service")) {
        if (entry.get(alone).present() && set(entry) > 1) {
          checks.refuse(entry, alone + " cannot be set with other peers in appliedTo");
        }
      }
      if (entry.get("service").present()) {
        services++;
        if (egress) {
          checks.refuse(entry, "egress rule cannot be applied to Services");
        }
      }
    }
    if (services > 0 && services < appliedTo.size()) {
      checks.refuse(
          appliedTo.getFirst(),
          "a rule/policy cannot be applied to Services and other peers at the same time");
    }
  }

  private static long set(Field entry) {
    return entry.members().values().stream().filter(Field::present).count();
  }

  private void peers(Field rule, String side) {
    if (rule.get("toServices").present()
        && Stream.of("to", "ports", "protocols").anyMatch(k -> rule.get(k).present())) {
      checks.refuse(
          rule.get("toServices"), "`toServices` cannot be used with `to`, `ports` or `protocols`");
    }
    for (Field peer : rule.get(side).items()) {
      Field namespaces = peer.get("namespaces");
      if (namespaces.present() && peer.get("namespaceSelector").present()) {
        checks.refuse(
            peer,
            "namespaces and namespaceSelector cannot be set at the same time for a single"
                + " NetworkPolicyPeer");
      }
      if (set(namespaces) > 1) {
        checks.refuse(
            namespaces,
            "only one matching criteria can be specified in a single peer namespaces field");
      }
      for (String alone : List.of("group", "serviceAccount", "nodeSelector")) {
        if (peer.get(alone).present() && set(peer) > 1) {
          checks.refuse(peer, alone + " cannot be set with other peers in rules");
        }
      }
      String name = peer.get("fqdn").text("");
      if (!name.isEmpty() && !name.matches("[-0-9a-zA-Z.*]+")) {
        checks.refuse(peer.get("fqdn"), "invalid characters in egress rule fqdn field: " + name);
      }
    }
  }

  private void services(Field spec, Field rule) {
    Optional<Field> first =
        Stream.concat(
                spec.get("appliedTo").items().stream(), rule.get("appliedTo").items().stream())
            .findFirst();
    if (first.filter(a -> a.get("service").present()).isEmpty()) {
      return;
    }
    rule.get("from").items().stream()
        .filter(p -> !p.get("ipBlock").present() || set(p) > 1)
        .forEach(p ->
            checks.refuse(
                p,
                "a rule/policy that is applied to Services can only use ipBlock to select"
                    + " workloads"));
  }

  private void multicast(Field rule) {
    List<Field> to = rule.get("to").items();
    List<Field> blocks = to.stream().map(p -> p.get("ipBlock")).filter(Field::present).toList();
    if (blocks.stream().noneMatch(IpBlocks::isMulticast)) {
      return;
    }
    if (Set.of("Pass", "Reject").contains(action(rule))) {
      checks.refuse(rule.get("action"), "multicast does not support action Pass or Reject");
    }
    if (IpBlocks.mixed(blocks)) {
      checks.refuse(
          rule, "can not set multicast groupAddress and unicast ip address at the same time");
    }
    if (to.stream().anyMatch(p -> p.get("ipBlock").present() && set(p) > 1)) {
      checks.refuse(rule, "can not set multicast groupAddress and selectors at the same time");
    }
  }

  private void protocols(Field rule) {
    List<Field> protocols = rule.get("protocols").items();
    List<Field> igmp = protocols.stream().map(p -> p.get("igmp")).filter(Field::present).toList();
    for (Field field : igmp) {
      String group = field.get("groupAddress").text("");
      boolean multicast =
          IpAddress.parse(group)
              .filter(a -> group.contains(":") ? group.startsWith("ff") : isClassD(a.toString()))
              .isPresent();
      if (!group.isEmpty() && !multicast) {
        checks.refuse(
            field.get("groupAddress"), "groupAddress " + group + " is not multicast address");
      }
      if (Set.of("Pass", "Reject").contains(action(rule))) {
        checks.refuse(rule.get("action"), "protocol IGMP does not support Pass or Reject");
      }
    }
    boolean more =
        Stream.of("ports", "toServices", "from", "to").anyMatch(k -> !rule.get(k).items().isEmpty())
            || igmp.size() < protocols.size();
    if (!igmp.isEmpty() && more) {
      checks.refuse(
          rule,
          "protocol IGMP can not be used with other protocols or other properties like from, to");
    }
  }

  private static boolean isClassD(String address) {
    return address.matches("2(2[4-9]|3[0-9])\\..*");
  }

  private void requests(Field rule) {
    Field l7 = rule.get("l7Protocols");
    if (l7.items().isEmpty()) {
      return;
    }
    if (!requests) {
      checks.refuse(l7, "layer 7 protocols can only be used when L7NetworkPolicy is enabled");
    }
    if (!action(rule).equals("Allow")) {
      checks.refuse(rule.get("action"), "layer 7 protocols only support Allow");
    }
    if (!rule.get("toServices").items().isEmpty()) {
      checks.refuse(l7, "layer 7 protocols can not be used with toServices");
    }
    if (l7.items().stream().noneMatch(p -> p.get("http").present())) {
      return;
    }
    rule.get("ports").items().stream()
        .filter(p -> !p.get("protocol").text("TCP").equals("TCP"))
        .forEach(p ->
            checks.refuse(
                p, "HTTP protocol can only be used when layer 4 protocol is TCP or unset"));
    rule.get("protocols")
        .items()
        .forEach(p -> checks.refuse(p, "HTTP protocol can not be used with protocol IGMP or ICMP"));
  }

  private void port(Field field) {
    List<String> wrong = new ArrayList<>();
    Optional<Integer> port = field.get("port").integer();
    Field end = field.get("endPort");
    if (end.present() && !field.get("port").present()) {
      wrong.add("if `endPort` is specified `port` must be specified");
    } else if (end.present() && port.isEmpty()) {
      wrong.add("if `port` is a string `endPort` cannot be specified");
    } else if (end.integer().orElse(65535) < port.orElse(0)) {
      wrong.add("`endPort` should be greater than or equal to `port`");
    }
    Field source = field.get("sourcePort");
    Field sourceEnd = field.get("sourceEndPort");
    if (sourceEnd.present() && !source.present()) {
      wrong.add("if `sourceEndPort` is specified `sourcePort` must be specified");
    } else if (sourceEnd.integer().orElse(65535) < source.integer().orElse(0)) {
      wrong.add("`sourceEndPort` should be greater than or equal to `sourcePort`");
    }
    wrong.forEach(w -> checks.refuse(field, w));
  }
}
