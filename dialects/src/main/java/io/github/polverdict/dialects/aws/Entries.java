package io.github.polverdict.dialects.aws;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All rules for a pod and a direction in one table by longest prefix
 * (aws-network-policy-agent/pkg/fwrp, ComputeMapEntriesFromEndpointRules): an except is an entry
 * that denies, whichever policy has it; only entries with a longer prefix, or an equal one, open it
 * again.
 */
final class Entries {
  private static final int MOST_PORTS = 24;

  private Entries() {}

  /** The rank of an address: twice what its prefix lacks to a whole address, lowest first. */
  private static int rank(int lacking, boolean denies) {
    return 2 * lacking + (denies ? 1 : 0);
  }

  private static int lacking(Field cidr) {
    String text = cidr.text("");
    int bits = text.indexOf(':') >= 0 ? Family.IPV6.bits() : Family.IPV4.bits();
    return bits - Integer.parseInt(text.substring(text.indexOf('/') + 1));
  }

  /** A rule as the library compiled it, with the rank of the address that it is for. */
  static Rule ranked(Rule rule, NetworkPolicySpec spec, Direction direction) {
    int rank = 0; // addresses of pods are whole
    if (rule.peers().contains(PeerSpec.ANYONE)) {
      rank = rank(Family.IPV6.bits(), false);
    }
    Origin place = rule.origin().place();
    for (RuleEntry entry : spec.rules(direction)) {
      for (Peer peer : entry.peers()) {
        if (peer instanceof Peer.Block block && peer.place().origin().equals(place)) {
          rank = rank(lacking(block.place().get("ipBlock").get("cidr")), false);
        }
      }
    }
    return new Rule(
        rank, rule.peers(), rule.traffic(), rule.action(), rule.onlyIf(), rule.origin());
  }

  /** The entries that deny: every except of the direction. */
  static List<Rule> excepts(NetworkPolicySpec spec, Direction direction, Context context) {
    Origin.BuiltIn row = context.origin("aws-vpc-cni.except-global");
    List<Rule> out = new ArrayList<>();
    for (RuleEntry entry : spec.rules(direction)) {
      for (Peer peer : entry.peers()) {
        for (Field except : peer.place().get("ipBlock").get("except").items()) {
          IpSet.cidr(except.text(""))
              .ifPresent(addresses ->
                  out.add(
                      new Rule(
                          rank(lacking(except), true),
                          List.of(
                              new PeerSpec.InRange(
                                  addresses, Set.of(Kind.POD, Kind.HOST_POD, Kind.NODE))),
                          List.of(TrafficSpec.ALL),
                          Action.DENY,
                          List.of(),
                          new Origin.Bent(except.origin(), row))));
        }
      }
    }
    return out;
  }

  /** Why the entries of a policy may not all be there. */
  static List<Doubt> doubts(NetworkPolicySpec spec, Context context) {
    List<Doubt> out = new ArrayList<>();
    boolean hostBits =
        spec.blocks().stream()
            .map(b -> b.place().get("ipBlock").get("cidr").text(""))
            .anyMatch(Entries::hasHostBits);
    if (hostBits && context.active("aws-vpc-cni.cidr-host-bits")) {
      out.add(Doubt.Unverified.of(context.origin("aws-vpc-cni.cidr-host-bits")));
    }
    boolean many =
        Stream.concat(spec.ingress().stream(), spec.egress().stream())
            .anyMatch(r -> r.ports().size() > MOST_PORTS);
    if (many) {
      out.add(Doubt.Unverified.of(context.origin("aws-vpc-cni.24-ports-per-cidr")));
    }
    return out;
  }

  private static boolean hasHostBits(String cidr) {
    String address = cidr.substring(0, Math.max(0, cidr.indexOf('/')));
    return IpSet.cidr(cidr)
        .map(s -> !s.ranges().getFirst().first().toString().equals(address))
        .orElse(false);
  }
}
