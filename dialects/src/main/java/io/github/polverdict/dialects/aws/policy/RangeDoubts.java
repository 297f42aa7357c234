package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ranges of which the agent may lose one: two that are equal but for their host bits
 * (aws-network-policy-agent, issue 609), and one that is written with the address of a node
 * (IsNodeIP in pkg/utils looks at the address only, not at the prefix), or that begins with it
 * since the agent takes the host bits off first.
 */
final class RangeDoubts {
  private static final String BITS = "aws-vpc-cni.cidr-host-bits";
  private static final String AT_NODE = "aws-vpc-cni.range-at-node-address";

  private final Context context;
  private final Cluster cluster;
  private final Map<Key, Map<String, Set<NetworkPolicySpec>>> texts = new HashMap<>();
  private final Set<IpAddress> nodes = new HashSet<>();

  private record Key(String namespace, Direction direction, IpSet range) {}

  RangeDoubts(Snapshot snapshot, List<NetworkPolicySpec> specs, Cluster cluster, Context context) {
    this.context = context;
    this.cluster = cluster;
    for (Document node : snapshot.ofKind("Node")) {
      node.at("status", "addresses").items().stream()
          .filter(a -> a.get("type").text("").equals("InternalIP"))
          .flatMap(a -> IpAddress.parse(a.get("address").text("")).stream())
          .forEach(nodes::add);
    }
    for (NetworkPolicySpec spec : specs) {
      for (Direction direction : Direction.values()) {
        spec.rules(direction).stream()
            .flatMap(r -> r.blocks().stream())
            .forEach(b -> note(spec, direction, b));
      }
    }
  }

  private void note(NetworkPolicySpec spec, Direction direction, Peer.Block block) {
    Field written = block.place().get("ipBlock");
    add(spec, direction, block.addresses(), written.get("cidr"));
    List<Field> excepts = written.get("except").items();
    for (int i = 0; i < excepts.size(); i++) {
      add(spec, direction, block.except().get(i), excepts.get(i));
    }
  }

  private void add(NetworkPolicySpec spec, Direction direction, IpSet range, Field text) {
    texts
        .computeIfAbsent(new Key(spec.namespace(), direction, range), _ -> new TreeMap<>())
        .computeIfAbsent(text.text(""), _ -> new HashSet<>())
        .add(spec);
  }

  /** A rule of a ClusterNetworkPolicy; for a range it may not be there. */
  Rule of(Rule rule, RuleEntry entry) {
    boolean lost =
        entry.blocks().stream()
            .filter(b -> b.place().origin().equals(rule.origin().place()))
            .anyMatch(b -> isAtNode(b.place().text(""), b.addresses()));
    return lost ? rule.onlyIf(Doubt.Unverified.of(context.origin(AT_NODE))) : rule;
  }

  /** A rule for a range, which may not be there. */
  Rule of(Rule rule, NetworkPolicySpec spec, Direction direction) {
    Rule out = rule;
    for (Peer.Block block : spec.blocks()) {
      if (block.place().origin().equals(rule.origin().place())) {
        for (String row : rows(block, spec, direction)) {
          out = out.onlyIf(Doubt.Unverified.of(context.origin(row)));
        }
      }
    }
    return out;
  }

  private List<String> rows(Peer.Block block, NetworkPolicySpec spec, Direction direction) {
    List<String> out = new ArrayList<>();
    Key key = new Key(spec.namespace(), direction, block.addresses());
    String text = block.place().get("ipBlock").get("cidr").text("");
    boolean alike =
        texts.getOrDefault(key, Map.of()).entrySet().stream()
            .filter(e -> !e.getKey().equals(text))
            .anyMatch(e -> e.getValue().stream().anyMatch(s -> cluster.together(s, spec)));
    if (context.active(BITS) && alike) {
      out.add(BITS);
    }
    if (isAtNode(text, block.addresses())) {
      out.add(AT_NODE);
    }
    return out;
  }

  /** Whether the agent of some node passes a range over, which is more than the node. */
  private boolean isAtNode(String text, IpSet range) {
    if (range.ranges().stream().allMatch(r -> r.first().equals(r.last()))) {
      return false;
    }
    String written = text.substring(0, Math.max(0, text.indexOf('/')));
    return context.active(BITS)
        ? IpAddress.parse(written).filter(nodes::contains).isPresent()
        : nodes.contains(range.ranges().getFirst().first());
  }
}
