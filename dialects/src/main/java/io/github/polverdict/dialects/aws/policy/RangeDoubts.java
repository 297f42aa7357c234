package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
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
 * (IsNodeIP in pkg/utils looks at the address only, not at the prefix).
 */
final class RangeDoubts {
  private final Context context;
  private final Cluster cluster;
  private final Map<Key, Map<String, Set<NetworkPolicySpec>>> texts = new HashMap<>();
  private final Set<String> nodes = new HashSet<>();

  private record Key(String namespace, Direction direction, IpSet range) {}

  RangeDoubts(Snapshot snapshot, List<NetworkPolicySpec> specs, Cluster cluster, Context context) {
    this.context = context;
    this.cluster = cluster;
    for (Document node : snapshot.ofKind("Node")) {
      node.at("status", "addresses").items().stream()
          .filter(a -> a.get("type").text("").equals("InternalIP"))
          .forEach(a -> nodes.add(a.get("address").text("")));
    }
    for (NetworkPolicySpec spec : specs) {
      for (Direction direction : Direction.values()) {
        spec.rules(direction).stream()
            .flatMap(r -> r.peers().stream())
            .forEach(p -> note(spec, direction, p));
      }
    }
  }

  private void note(NetworkPolicySpec spec, Direction direction, Peer peer) {
    if (peer instanceof Peer.Block block) {
      Field written = block.place().get("ipBlock");
      add(spec, direction, block.addresses(), written.get("cidr"));
      List<Field> excepts = written.get("except").items();
      for (int i = 0; i < excepts.size(); i++) {
        add(spec, direction, block.except().get(i), excepts.get(i));
      }
    }
  }

  private void add(NetworkPolicySpec spec, Direction direction, IpSet range, Field text) {
    texts
        .computeIfAbsent(new Key(spec.namespace(), direction, range), _ -> new TreeMap<>())
        .computeIfAbsent(text.text(""), _ -> new HashSet<>())
        .add(spec);
  }

  /** A rule for a range, which may not be there. */
  Rule of(Rule rule, NetworkPolicySpec spec, Direction direction) {
    Rule out = rule;
    for (Peer peer : spec.peers()) {
      if (peer instanceof Peer.Block block
          && block.place().origin().equals(rule.origin().place())) {
        for (String row : rows(block, spec, direction)) {
          out = out.onlyIf(Doubt.Unverified.of(context.origin(row)));
        }
      }
    }
    return out;
  }

  private List<String> rows(Peer.Block block, NetworkPolicySpec spec, Direction direction) {
    List<String> out = new ArrayList<>();
    String bits = "aws-vpc-cni.cidr-host-bits";
    Key key = new Key(spec.namespace(), direction, block.addresses());
    String text = block.place().get("ipBlock").get("cidr").text("");
    boolean alike =
        texts.getOrDefault(key, Map.of()).entrySet().stream()
            .filter(e -> !e.getKey().equals(text))
            .anyMatch(e -> e.getValue().stream().anyMatch(s -> cluster.together(s, spec)));
    if (context.active(bits) && alike) {
      out.add(bits);
    }
    String address = text.substring(0, Math.max(0, text.indexOf('/')));
    boolean whole = block.addresses().ranges().stream().allMatch(r -> r.first().equals(r.last()));
    if (nodes.contains(address) && !whole) {
      out.add("aws-vpc-cni.range-at-node-address");
    }
    return out;
  }
}
