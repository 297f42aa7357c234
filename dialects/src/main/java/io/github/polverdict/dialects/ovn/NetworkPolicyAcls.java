package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
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
import io.github.polverdict.snapshot.Snapshot;
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
  private final HostPods hostPods;
  private final Reading reading = Reading.specification();

  NetworkPolicyAcls(Snapshot snapshot, Context context) {
    this.context = context;
    this.hosts = new HostNetwork(snapshot, context);
    this.hostPods = new HostPods(snapshot, context);
  }

  Compiled<List<Placed>> compile(Document document) {
    List<Placed> out = new ArrayList<>();
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              NetworkPolicySpec grouped = PortGroups.of(spec, context);
              List<Placed> own = new ArrayList<>(NetworkPolicies.placed(grouped, reading));
              own.addAll(
                  NetworkPolicies.dormant(
                      grouped, reading, context.origin("ovn-kubernetes.policytypes")));
              own.stream()
                  .map(p -> new Placed(p.tier(), hosts.asPeers(p.block(), spec)))
                  .map(p -> new Placed(p.tier(), hostPods.asPeers(p.block(), spec)))
                  .forEach(out::add);
              return Optional.empty();
            },
            reading);
    out.addAll(compiled.value());
    return new Compiled<>(replies(document, icmp(out)), compiled.findings());
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
