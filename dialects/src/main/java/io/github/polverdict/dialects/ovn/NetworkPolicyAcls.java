package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a NetworkPolicy: ACLs that allow, in a port group of the policy's own, and the
 * namespace's group of ports that deny all else (base_network_controller_policy.go).
 */
final class NetworkPolicyAcls {
  private static final String ICMP = "ovn-kubernetes.icmp-bypass-flag";
  private static final String STATELESS = "ovn-kubernetes.stateless";

  private final Context context;
  private final HostNetwork hosts;
  private final Reading reading = Reading.specification();

  NetworkPolicyAcls(Context context, HostNetwork hosts) {
    this.context = context;
    this.hosts = hosts;
  }

  Compiled<List<Placed>> compile(Document document) {
    List<Placed> out = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              NetworkPolicySpec grouped = PortGroups.of(spec, context);
              List<Placed> own = new ArrayList<>(NetworkPolicies.placed(grouped, reading));
              own.addAll(dormant(grouped));
              own.forEach(p -> out.add(new Placed(p.tier(), hosts.asPeers(p.block(), spec))));
              return Optional.empty();
            },
            reading);
    out.addAll(compiled.value());
    return new Compiled<>(replies(document, icmp(out)), compiled.findings());
  }

  /** Rules of a direction that policyTypes leaves out: they allow, and isolate nobody. */
  private List<Placed> dormant(NetworkPolicySpec spec) {
    Origin.BuiltIn row = context.origin("ovn-kubernetes.policytypes");
    List<Placed> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (!spec.isolates().contains(direction) && !spec.rules(direction).isEmpty()) {
        NetworkPolicies.placed(spec.isolatingAlso(direction, row), reading).stream()
            .filter(p -> p.block().direction() == direction)
            .map(p -> new Placed(p.tier(), p.block().isolating(false)))
            .forEach(out::add);
      }
    }
    return out;
  }

  /** ICMP has an ACL in the groups that deny, so that it is for isolated pods only. */
  private List<Placed> icmp(List<Placed> placed) {
    if (!context.active(ICMP)) {
      return placed;
    }
    TrafficSpec icmp = new TrafficSpec.Numeric(TrafficSet.all(Protocol.ICMP));
    Rule allow = Rule.allow(List.of(PeerSpec.ANYONE), List.of(icmp), context.origin(ICMP));
    return placed.stream().map(p -> p.block().isolates() ? with(p, allow) : p).toList();
  }

  private static Placed with(Placed placed, Rule one) {
    List<Rule> rules = new ArrayList<>(placed.block().rules());
    rules.add(one);
    return new Placed(placed.tier(), placed.block().withRules(rules));
  }

  /** Without connection tracking, what a rule allows works only if rules allow the replies too. */
  private List<Placed> replies(Document document, List<Placed> placed) {
    boolean stateless =
        document
            .at("metadata", "annotations")
            .get("k8s.ovn.org/acl-stateless")
            .text("")
            .equals("true");
    return stateless && context.active(STATELESS)
        ? NetworkPolicies.isolatingOnly(placed, Doubt.Unverified.of(context.origin(STATELESS)))
        : placed;
  }
}
