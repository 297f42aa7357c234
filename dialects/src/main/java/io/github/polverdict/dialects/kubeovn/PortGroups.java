package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.kubeovn.Attachments.Member;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** NetworkPolicies as one port group each (pkg/controller/network_policy.go). */
final class PortGroups {
  private static final TrafficSet WITH_PORTS =
      TrafficSet.all(Protocol.TCP)
          .or(TrafficSet.all(Protocol.UDP))
          .or(TrafficSet.all(Protocol.SCTP));

  /** Multicast listeners, routers and neighbours. */
  private static final TrafficSet NEIGHBOURS =
      TrafficSet.of(Protocol.ICMP, 130 * 256, 136 * 256 + 255)
          .or(TrafficSet.of(Protocol.ICMP, 143 * 256, 143 * 256 + 255));

  private final Context context;
  private final Attachments attachments;
  private final PortTable ports;
  private final AddressSets sets;
  private final Map<String, List<String>> byGroup = new HashMap<>();

  PortGroups(Snapshot snapshot, Context context, Attachments attachments) {
    this.context = context;
    this.attachments = attachments;
    this.ports = new PortTable(context, attachments.all());
    this.sets = new AddressSets(snapshot, context, attachments);
    for (Document policy : snapshot.ofKind(NetworkPolicies.KIND)) {
      byGroup.computeIfAbsent(portGroup(policy), _ -> new ArrayList<>()).add(policy.id().text());
    }
  }

  /** The name of the group in OVN, in which dashes are dots. */
  private static String portGroup(Document policy) {
    String name = policy.id().name();
    String letters = name.matches("[A-Za-z].*") ? name : "np" + name;
    return (letters + "." + policy.id().namespace()).replace('-', '.');
  }

  Compiled<List<Placed>> compile(Document document) {
    if (isForOtherNetworks(document)) {
      Origin.BuiltIn row = context.origin("kube-ovn.policy-for");
      return new Compiled<>(
          List.of(), List.of(), List.of(Standing.of(document, Standing.Degree.INERT, row)));
    }
    List<Placed> out = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<Standing> standings = new ArrayList<>();
    Compiled<List<Placed>> refused =
        NetworkPolicies.compile(
            document,
            spec -> {
              out.addAll(placed(spec));
              sets.open(spec).ifPresent(standings::add);
              return Optional.empty();
            },
            Reading.specification());
    findings.addAll(refused.findings());
    out.addAll(refused.value());
    return new Compiled<>(out, findings, standings);
  }

  private boolean isForOtherNetworks(Document document) {
    String said =
        document
            .at("metadata", "annotations")
            .get(Attachments.PREFIX + "network_policy_for")
            .text("");
    return context.active("kube-ovn.policy-for")
        && !said.isBlank()
        && Stream.of(said.split(",", -1)).noneMatch(p -> p.strip().equalsIgnoreCase("ovn"));
  }

  private List<Placed> placed(NetworkPolicySpec spec) {
    List<String> same = byGroup.getOrDefault(portGroup(spec.document()), List.of());
    if (same.size() > 1) {
      Doubt overwritten = Doubt.Unverified.of(context.origin("kube-ovn.port-group-collision"));
      return NetworkPolicies.unsure(spec, overwritten, Reading.specification());
    }
    NetworkPolicySpec isolating =
        Bends.isolatingByRules(spec, context.origin("kube-ovn.policytypes"));
    NetworkPolicySpec bent = ports.numbered(isolating);
    List<Placed> out =
        NetworkPolicies.placed(leaking(bent), Reading.specification()).stream()
            .map(p -> new Placed(p.tier(), withoutExcepted(p.block(), bent)))
            .map(p -> new Placed(p.tier(), enforced(p.block(), spec.document())))
            .map(p -> new Placed(p.tier(), sets.of(p.block(), spec)))
            .toList();
    for (Doubt doubt : ports.open(spec)) {
      out = NetworkPolicies.isolatingOnly(out, doubt);
    }
    return out;
  }

  private boolean leaks() {
    return context.active("kube-ovn.except-leak");
  }

  /** Every except of a rule, taken from all of its ipBlocks. */
  private NetworkPolicySpec leaking(NetworkPolicySpec spec) {
    return leaks() ? spec.mapRules(this::leaking) : spec;
  }

  private RuleEntry leaking(RuleEntry rule) {
    List<IpSet> all = excepts(rule);
    if (all.isEmpty() || rule.peers().size() < 2) {
      return rule;
    }
    List<Peer> out = new ArrayList<>();
    for (Peer peer : rule.peers()) {
      out.add(
          switch (peer) {
            case Peer.Pods pods -> pods;
            case Peer.Block b -> new Peer.Block(b.place(), b.addresses(), all, b.strict());
          });
    }
    return rule.withPeers(out, context.origin("kube-ovn.except-leak"));
  }

  private static List<IpSet> excepts(RuleEntry rule) {
    return rule.peers().stream()
        .filter(Peer.Block.class::isInstance)
        .flatMap(p -> ((Peer.Block) p).except().stream())
        .toList();
  }

  /** Peers by selector lose the pods whose addresses are excepted next to them. */
  private Block withoutExcepted(Block block, NetworkPolicySpec spec) {
    if (!leaks()) {
      return block;
    }
    Map<Origin, IpSet> lost = new HashMap<>();
    for (RuleEntry rule : spec.rules(block.direction())) {
      rule.peers().forEach(p -> lost.put(p.place().origin(), IpSet.union(excepts(rule))));
    }
    List<Rule> rules =
        block.rules().stream()
            .map(r -> without(r, lost.getOrDefault(r.origin().place(), IpSet.NONE)))
            .toList();
    return block.withRules(rules);
  }

  private Rule without(Rule rule, IpSet lost) {
    List<Member> gone =
        attachments.all().stream().filter(m -> m.addresses().overlaps(lost)).toList();
    boolean selects = rule.peers().stream().anyMatch(PeerSpec.Selected.class::isInstance);
    if (gone.isEmpty() || !selects) {
      return rule;
    }
    List<PeerSpec> peers = new ArrayList<>();
    for (PeerSpec peer : rule.peers()) {
      peers.add(
          peer instanceof PeerSpec.Selected(Selector selector)
              ? new PeerSpec.Selected(
                  Selector.and(selector, new Selector.Not(Attachments.selector(gone))))
              : peer);
    }
    return rule.withPeers(peers).bent(context.origin("kube-ovn.except-leak"));
  }

  /** What is dropped: everything but ICMPv6, or in the lax mode only what has ports. */
  private Block enforced(Block block, Document policy) {
    List<Rule> rules = new ArrayList<>(block.rules());
    if (isLax(policy)) {
      Origin.BuiltIn row = context.origin("kube-ovn.lax");
      rules.add(
          new Rule(
              1,
              List.of(PeerSpec.ANYONE),
              List.of(new TrafficSpec.Numeric(WITH_PORTS)),
              Action.DENY,
              List.of(),
              new Origin.Bent(block.origin().place(), row)));
      return block.withRules(rules).isolating(false);
    }
    rules.addAll(icmpv6());
    return block.withRules(rules).isolating(true);
  }

  /** Releases that drop ICMPv6 let neighbour discovery through, as OVN always does. */
  private List<Rule> icmpv6() {
    if (context.active("kube-ovn.icmpv6")) {
      return List.of(icmpv6(TrafficSet.all(Protocol.ICMP), "kube-ovn.icmpv6"));
    }
    Rule discovery = icmpv6(NEIGHBOURS, "kube-ovn.icmpv6-old");
    if (!context.active("kube-ovn.icmpv6-perhaps")) {
      return List.of(discovery);
    }
    Rule all = icmpv6(TrafficSet.all(Protocol.ICMP), "kube-ovn.icmpv6-perhaps");
    Doubt doubt = Doubt.Unverified.of(context.origin("kube-ovn.icmpv6-perhaps"));
    return List.of(discovery, all.onlyIf(doubt));
  }

  private Rule icmpv6(TrafficSet traffic, String row) {
    return Rule.allow(
        List.of(new PeerSpec.InRange(IpSet.ALL_V6, Kind.INSIDE)),
        List.of(new TrafficSpec.Numeric(traffic)),
        context.origin(row));
  }

  private boolean isLax(Document policy) {
    Optional<String> said =
        policy
            .at("metadata", "annotations")
            .get(Attachments.PREFIX + "network_policy_enforcement")
            .text();
    return context.active("kube-ovn.lax")
        && said.map("lax"::equals).orElse(context.setting("np-enforcement").equals("lax"));
  }
}
