package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.kubeovn.Attachments.Member;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Subnets: private ones, and their own ACLs (pkg/ovs/ovn-nb-acl.go, SetLogicalSwitchPrivate,
 * UpdateLogicalSwitchACL). ACLs of a switch are also asked where its router is plugged in; what
 * that does to traffic of other subnets is in doubt.
 */
final class Subnets {
  private static final int NODES = 3000;
  private static final int SAME_SUBNET = 1900;
  private static final int ALLOWED = 1001;
  private static final int ALLOWED_ONCE = 2004;
  private static final int DROP = 1000;
  private static final String ONE_WAY = "kube-ovn.subnet-east-west-one-way";
  private static final String OVER_POLICIES = "kube-ovn.allow-subnets-over-policies";
  private static final PeerSpec SERVICES =
      new PeerSpec.CalledBy(Set.of(Via.CLUSTER_IP, Via.NODE_PORT, Via.LOAD_BALANCER));

  private final Context context;
  private final Attachments attachments;
  private final Acls acls;

  Subnets(Context context, Attachments attachments) {
    this.context = context;
    this.attachments = attachments;
    this.acls = new Acls(context);
  }

  Compiled<List<Placed>> compile(Document subnet) {
    List<Member> members = attachments.on(subnet);
    List<Finding> refusals = context.refusals(subnet, () -> checked(subnet));
    if (members.isEmpty()) {
      return new Compiled<>(List.of(), refusals);
    }
    if (!refusals.isEmpty()) {
      Finding first = refusals.getFirst();
      Doubt doubt = new Doubt.NotReadable(subnet.id().text(), first.message(), first.origin());
      return new Compiled<>(
          PolicyCompiler.anything(subnet.id().text(), Attachments.selector(members), doubt).stream()
              .map(b -> new Placed(Acls.SERVICES, b))
              .toList(),
          refusals);
    }
    List<Acl> out = new ArrayList<>();
    Field spec = subnet.at("spec");
    if (spec.get("private").bool().orElse(false)) {
      out.addAll(closed(spec, members));
    }
    List<Field> own = spec.get("acls").items();
    own.forEach(acl -> out.addAll(acl(spec, members, acl)));
    Field inside = spec.get("allowEWTraffic");
    if (!own.isEmpty() && inside.bool().orElse(false)) {
      for (Direction direction : Direction.values()) {
        Acl acl =
            Acl.allowing(Attachments.selector(members), direction, SAME_SUBNET, inside)
                .to(range(cidr(spec)));
        out.add(context.active(ONE_WAY) ? acl.perhaps(context.origin(ONE_WAY)) : acl);
      }
    }
    List<Placed> placed = new ArrayList<>(gateway(subnet, members));
    out.forEach(a -> placed.addAll(acls.placed(a)));
    return Compiled.of(placed);
  }

  /** The ACLs that older releases make for the gateway (CreateGatewayACL). */
  private List<Placed> gateway(Document subnet, List<Member> members) {
    boolean sure = context.active("kube-ovn.gateway");
    IpSet addresses = Attachments.ranges(subnet.at("spec", "gateway"));
    if (!context.active("kube-ovn.policies-before-lb")) {
      addresses = addresses.or(Attachments.ranges(subnet.at("status", "u2oInterconnectionIP")));
    }
    if (addresses.isEmpty() || !(sure || context.active("kube-ovn.gateway-perhaps"))) {
      return List.of();
    }
    List<Placed> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Acl acl =
          Acl.allowing(
                  Attachments.selector(members), direction, Acls.POLICY_ALLOWS, subnet.at("spec"))
              .to(range(addresses));
      out.add(
          acls.besidePolicies(
              sure
                  ? acl.because(context.origin("kube-ovn.gateway"))
                  : acl.perhaps(context.origin("kube-ovn.gateway-perhaps"))));
    }
    return out;
  }

  private static List<Finding> checked(Document subnet) {
    FieldChecks checks = new FieldChecks("PV080");
    Field spec = subnet.at("spec");
    checks.isMap(spec);
    checks.isString(spec.get("cidrBlock"));
    checks.isBool(spec.get("private"));
    checks.isList(spec.get("allowSubnets"));
    checks.isList(spec.get("acls"));
    for (Field acl : spec.get("acls").items()) {
      checks.isMap(acl);
      checks.onlyFields(acl, Set.of("direction", "priority", "match", "action"));
      checks.oneOf(acl.get("direction"), List.of("from-lport", "to-lport"));
      if (checks.required(acl.get("priority"))) {
        checks.inRange(acl.get("priority"), 0, 32767);
      }
      checks.required(acl.get("match"));
      checks.oneOf(
          acl.get("action"),
          List.of("allow-related", "allow-stateless", "allow", "drop", "reject"));
    }
    return checks.findings();
  }

  private static IpSet cidr(Field spec) {
    return Attachments.ranges(spec.get("cidrBlock"));
  }

  private static PeerSpec range(IpSet addresses) {
    return new PeerSpec.InRange(addresses, Kind.INSIDE);
  }

  /** What is outside of a private subnet, and not among those that it names, does not come in. */
  private List<Acl> closed(Field spec, List<Member> members) {
    Selector subject = Attachments.selector(members);
    Field place = spec.get("private");
    Field named = spec.get("allowSubnets");
    IpSet others = Attachments.ranges(named);
    List<Acl> out = new ArrayList<>();
    out.add(Acl.allowing(subject, Direction.INGRESS, ALLOWED, place).to(range(cidr(spec))));
    if (!others.isEmpty()) {
      out.add(Acl.allowing(subject, Direction.INGRESS, ALLOWED, named).to(range(others)));
      if (context.active(OVER_POLICIES)) {
        out.add(
            Acl.allowing(subject, Direction.INGRESS, ALLOWED_ONCE, named)
                .to(range(others))
                .perhaps(context.origin(OVER_POLICIES)));
      }
    }
    out.add(Acl.allowing(subject, Direction.INGRESS, DROP, place).doing(Action.DENY));
    out.add(
        Acl.allowing(subject, Direction.INGRESS, NODES, place)
            .to(joined())
            .perhaps(context.origin("kube-ovn.private-nodes")));
    out.add(
        Acl.allowing(subject, Direction.EGRESS, DROP, place)
            .to(range(IpSet.ALL.minus(cidr(spec).or(others))))
            .doing(Action.DENY)
            .perhaps(context.origin("kube-ovn.acl-at-router")));
    return out;
  }

  /** The nodes that may come with an address of the join network. */
  private PeerSpec joined() {
    return context.active("kube-ovn.remote-node-address")
        ? new PeerSpec.AllOf(List.of(Passages.HOSTS, SERVICES))
        : Passages.HOSTS;
  }

  /** What an ACL says, with the ends of its packets told apart. */
  private record Meant(Field acl, Direction direction, AclMatch match) {
    boolean in() {
      return direction == Direction.INGRESS;
    }

    IpSet local() {
      return in() ? match.destination() : match.source();
    }

    IpSet remote() {
      return in() ? match.source() : match.destination();
    }

    Acl on(List<Member> members, Direction gate, IpSet peers) {
      Acl all =
          Acl.allowing(
                  Attachments.selector(members), gate, acl.get("priority").integer().orElse(0), acl)
              .carrying(match.traffic())
              .doing(action(acl));
      return peers.equals(IpSet.ALL) ? all : all.to(range(peers));
    }
  }

  private static Action action(Field acl) {
    return acl.get("action").text("").startsWith("allow") ? Action.ALLOW : Action.DENY;
  }

  private List<Acl> acl(Field spec, List<Member> members, Field acl) {
    boolean in = acl.get("direction").text("").equals("to-lport");
    Direction direction = in ? Direction.INGRESS : Direction.EGRESS;
    Optional<AclMatch> match = AclMatch.read(acl.get("match").text(""));
    if (match.isEmpty()) {
      Doubt opaque =
          new Doubt.Unsupported(
              "the match " + acl.get("match").text(""), "kube-ovn", acl.get("match").origin());
      int priority = acl.get("priority").integer().orElse(0);
      return List.of(
          Acl.allowing(Attachments.selector(members), direction, priority, acl)
              .doing(action(acl))
              .given(List.of(opaque)));
    }
    Meant meant = new Meant(acl, direction, match.get());
    List<Acl> out = new ArrayList<>();
    List<Member> here = members.stream().filter(m -> isIn(m, meant.local())).toList();
    List<Member> perhaps = members.stream().filter(m -> m.addresses().isEmpty()).toList();
    if (!here.isEmpty()) {
      out.add(meant.on(here, direction, meant.remote()));
    }
    if (!perhaps.isEmpty()) {
      Doubt which = new Doubt.KnownAtRuntime("the addresses of these pods", acl.origin());
      boolean everybody = meant.local().equals(IpSet.ALL);
      out.add(
          meant
              .on(perhaps, direction, meant.remote())
              .given(everybody ? List.of() : List.of(which)));
    }
    if (action(acl) == Action.DENY) {
      out.addAll(atRouter(spec, members, meant));
    }
    return out;
  }

  private static boolean isIn(Member member, IpSet range) {
    return member.addresses().overlaps(range);
  }

  /** The other gate of traffic that crosses the border of the subnet. */
  private List<Acl> atRouter(Field spec, List<Member> members, Meant meant) {
    IpSet far = meant.local().minus(cidr(spec));
    List<Member> here =
        members.stream().filter(m -> m.addresses().isEmpty() || isIn(m, meant.remote())).toList();
    Direction other = meant.in() ? Direction.EGRESS : Direction.INGRESS;
    return far.isEmpty() || here.isEmpty()
        ? List.of()
        : List.of(meant.on(here, other, far).perhaps(context.origin("kube-ovn.acl-at-router")));
  }
}
