package io.github.polverdict.dialects.aws.policy;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Frame.TierFrame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.aws.policy.NarrowerRanges.Change;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The table of the agent, one by longest prefix for a pod and a direction
 * (aws-network-policy-agent, pkg/fwruleprocessor, ComputeMapEntriesFromEndpointRules). Of all
 * ranges of all policies the longest with an address decides: an except denies, a range or a pod
 * has its own ports and those of the wider ranges. Where there are excepts this takes tiers of
 * their own: one that looks for the longest, and one for each range that several rules share, whose
 * excepts the agent throws together.
 */
final class Table {
  private static final String EXCEPTS = "longest prefix";
  private static final String ALIKE = "aws-vpc-cni.except-and-range-alike";

  private final Context context;
  private final boolean excepts;
  private final Map<Key, List<List<IpSet>>> byKey = new HashMap<>();
  private final NarrowerRanges narrower;

  /** A range that policies of a namespace name for a direction. */
  private record Key(String namespace, Direction direction, IpSet range) {}

  Table(List<NetworkPolicySpec> specs, Cluster cluster, Context context) {
    this.context = context;
    this.narrower = new NarrowerRanges(specs, cluster);
    this.excepts = specs.stream().anyMatch(s -> s.blocks().stream().anyMatch(this::closes));
    for (NetworkPolicySpec spec : specs) {
      for (Direction direction : Direction.values()) {
        for (RuleEntry rule : spec.rules(direction)) {
          if (rule.anyone()) {
            add(new Key(spec.namespace(), direction, IpSet.ALL_V4), List.of());
            add(new Key(spec.namespace(), direction, IpSet.ALL_V6), List.of());
          }
          rule.blocks()
              .forEach(b -> add(new Key(spec.namespace(), direction, b.addresses()), b.except()));
        }
      }
    }
  }

  private void add(Key key, List<IpSet> excepts) {
    byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(excepts);
  }

  /** Whether an ipBlock's excepts close anything. */
  private boolean closes(Peer.Block block) {
    boolean ignored = block.whole() && context.active("aws-vpc-cni.whole-range-except-ignored");
    return !block.except().isEmpty() && !ignored;
  }

  /** Whether rules share a range and not all have the same excepts. */
  private boolean shared(Key key) {
    List<List<IpSet>> lists = byKey.getOrDefault(key, List.of());
    return context.active("aws-vpc-cni.excepts-merged") && lists.stream().distinct().count() > 1;
  }

  /** The tiers that come before the one of NetworkPolicies. */
  List<TierFrame> tiers() {
    List<TierFrame> out = new ArrayList<>();
    if (excepts) {
      out.add(new TierFrame(EXCEPTS, List.of(), Action.PASS));
    }
    byKey.keySet().stream()
        .filter(this::shared)
        .map(k -> tier(k.range()))
        .distinct()
        .sorted()
        .forEach(name -> out.add(new TierFrame(name, List.of(), Action.PASS)));
    return out;
  }

  private static String tier(IpSet range) {
    return "the entry " + range;
  }

  /** A block's rules, each in its tier; with others that lead to whole addresses. */
  List<Placed> placed(NetworkPolicySpec spec, Block block, List<Rule> more) {
    Parts parts = new Parts(spec, block);
    block.rules().forEach(parts::add);
    more.forEach(parts::whole);
    return parts.placed();
  }

  /** The rules of one block on their way to tiers. */
  private final class Parts {
    private final NetworkPolicySpec spec;
    private final Block block;
    private final Map<Origin, Peer> peers = new HashMap<>();
    private final List<Rule> usual = new ArrayList<>();
    private final List<Rule> longest = new ArrayList<>();
    private final Map<String, List<Rule>> keyed = new TreeMap<>();

    Parts(NetworkPolicySpec spec, Block block) {
      this.spec = spec;
      this.block = block;
      spec.peers().forEach(p -> peers.put(p.place().origin(), p));
    }

    void add(Rule rule) {
      if (rule.peers().contains(PeerSpec.ANYONE)) {
        anyone(rule);
      } else if (peers.get(rule.origin().place()) instanceof Peer.Block range) {
        range(rule, range);
      } else {
        whole(rule);
      }
    }

    /** Addresses of pods, of their nodes and of Services: the longest that there are. */
    void whole(Rule rule) {
      longest.add(with(rule, 0, rule.peers(), Action.PASS));
      usual.add(rule);
    }

    private void anyone(Rule rule) {
      longest.add(with(rule, rank(Family.IPV6.bits(), false), rule.peers(), Action.PASS));
      IpSet left = IpSet.ALL;
      for (IpSet family : List.of(IpSet.ALL_V4, IpSet.ALL_V6)) {
        if (shared(key(family))) {
          keyed(family).add(with(rule, 1, in(family), Action.ALLOW));
          left = left.minus(family);
        }
      }
      if (!left.isEmpty()) {
        usual.add(left.equals(IpSet.ALL) ? rule : with(rule, 0, in(left), Action.ALLOW));
      }
    }

    private void range(Rule rule, Peer.Block range) {
      Field cidr = range.place().get("ipBlock").get("cidr");
      int lacking = lacking(cidr.text(""));
      longest.add(with(rule, rank(lacking, false), in(range.addresses()), Action.PASS));
      if (closes(range)) {
        closed(range);
      }
      boolean inherits = !closes(range) || context.active("aws-vpc-cni.except-inherits");
      Change change =
          closes(range) && context.active(NarrowerRanges.ROW)
              ? narrower.of(range, spec, block.direction())
              : Change.NONE;
      IpSet unsure = change.won().or(change.lost());
      if (shared(key(range.addresses()))) {
        List<Rule> here = keyed(range.addresses());
        if (!range.except().isEmpty()) {
          here.add(pass(rule, IpSet.union(range.except()).minus(change.won())));
        }
        perhaps(pass(rule, unsure), unsure, here);
        here.add(with(rule, 1, in(range.addresses()), Action.ALLOW));
      } else {
        IpSet addresses = inherits ? range.addresses() : range.net();
        usual.add(with(rule, 0, in(addresses.minus(change.lost())), Action.ALLOW));
        perhaps(with(rule, 0, in(unsure), Action.ALLOW), unsure, usual);
      }
    }

    private void perhaps(Rule rule, IpSet addresses, List<Rule> to) {
      if (!addresses.isEmpty()) {
        to.add(rule.onlyIf(Doubt.Unverified.of(context.origin(NarrowerRanges.ROW))));
      }
    }

    private void closed(Peer.Block range) {
      Origin.BuiltIn row = context.origin("aws-vpc-cni.except-global");
      List<Field> texts = range.place().get("ipBlock").get("except").items();
      for (int i = 0; i < texts.size(); i++) {
        IpSet addresses = range.except().get(i);
        int rank = rank(lacking(texts.get(i).text("")), true);
        Origin origin = new Origin.Bent(texts.get(i).origin(), row);
        longest.add(
            new Rule(
                rank, in(addresses), List.of(TrafficSpec.ALL), Action.DENY, List.of(), origin));
        if (context.active(ALIKE) && byKey.containsKey(key(addresses))) {
          Rule first =
              new Rule(
                  rank - 2,
                  in(addresses),
                  List.of(TrafficSpec.ALL),
                  Action.DENY,
                  List.of(Doubt.Unverified.of(context.origin(ALIKE))),
                  new Origin.Bent(texts.get(i).origin(), context.origin(ALIKE)));
          longest.add(first);
        }
      }
    }

    private Rule pass(Rule rule, IpSet addresses) {
      Origin place = rule.origin();
      return new Rule(0, in(addresses), List.of(TrafficSpec.ALL), Action.PASS, List.of(), place);
    }

    private Key key(IpSet range) {
      return new Key(spec.namespace(), block.direction(), range);
    }

    private List<Rule> keyed(IpSet range) {
      return keyed.computeIfAbsent(tier(range), _ -> new ArrayList<>());
    }

    List<Placed> placed() {
      List<Placed> out = new ArrayList<>();
      if (excepts) {
        out.add(new Placed(EXCEPTS, of(longest, false)));
      }
      keyed.forEach((tier, rules) -> out.add(new Placed(tier, of(rules, false))));
      out.add(new Placed(Reading.TIER, of(usual, block.isolates())));
      return out;
    }

    private Block of(List<Rule> rules, boolean isolates) {
      return block.withRules(rules).isolating(isolates);
    }
  }

  private static List<PeerSpec> in(IpSet addresses) {
    return List.of(new PeerSpec.InRange(addresses, Kind.INSIDE));
  }

  private static Rule with(Rule rule, int rank, List<PeerSpec> peers, Action action) {
    List<TrafficSpec> traffic = action == Action.PASS ? List.of(TrafficSpec.ALL) : rule.traffic();
    return new Rule(rank, peers, traffic, action, rule.onlyIf(), rule.origin());
  }

  /** The rank of a range: twice what its prefix lacks to a whole address, lowest first. */
  private static int rank(int lacking, boolean denies) {
    return 2 * lacking + (denies ? 1 : 0);
  }

  private static int lacking(String cidr) {
    int bits = cidr.indexOf(':') >= 0 ? Family.IPV6.bits() : Family.IPV4.bits();
    return bits - Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
  }
}
