package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.kubeovn.Attachments.Member;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SecurityGroups: what they do not allow is dropped, at priorities over those of NetworkPolicies
 * (pkg/controller/security_group.go, pkg/util/const.go).
 */
final class SecurityGroups {
  private static final int BASE = 2005;
  private static final int SAME_GROUP = 2004;
  private static final int DROP = 2003;
  private static final String UNSECURED = "kube-ovn.sg-unsecured-port";

  /** The Virtual Router Redundancy Protocol, which is always let through. */
  private static final int VRRP = 112;

  private final Snapshot snapshot;
  private final Context context;
  private final Attachments attachments;
  private final Acls acls;

  SecurityGroups(Snapshot snapshot, Context context, Attachments attachments) {
    this.snapshot = snapshot;
    this.context = context;
    this.attachments = attachments;
    this.acls = new Acls(context);
  }

  Compiled<List<Placed>> compile(Document group) {
    SecurityGroupRules rules = new SecurityGroupRules(snapshot, highest());
    List<Finding> refusals = context.refusals(group, () -> rules.refusals(group));
    List<Member> loose = loose(group.id().name());
    List<Placed> out = new ArrayList<>();
    if (!loose.isEmpty()) {
      Doubt doubt = Doubt.Unverified.of(context.origin(UNSECURED));
      out.addAll(anything(group, loose, doubt));
    }
    List<Member> members = held(group.id().name());
    if (!refusals.isEmpty()) {
      Finding first = refusals.getFirst();
      out.addAll(
          anything(
              group,
              members,
              new Doubt.NotReadable(group.id().text(), first.message(), first.origin())));
      return new Compiled<>(out, refusals);
    }
    Optional<String> wrong = rules.rejects(group);
    if (wrong.isPresent()) {
      Origin.BuiltIn row = context.origin("kube-ovn.sg-rejected");
      return new Compiled<>(
          out,
          List.of(rejected(group, wrong.get(), row)),
          List.of(Standing.of(group, Standing.Degree.INERT, row)));
    }
    if (SecurityGroupRules.hasTiers(group)) {
      Doubt tiers =
          new Doubt.Unsupported(
              "a security group of tier 1, or a rule that passes,", "kube-ovn", group.origin());
      out.addAll(anything(group, members, tiers));
    } else if (!members.isEmpty()) {
      for (Direction direction : Direction.values()) {
        acls(group, direction, members).forEach(a -> out.addAll(acls.placed(a)));
      }
    }
    return Compiled.of(out);
  }

  private int highest() {
    return context.active("kube-ovn.sg-priorities") ? 18484 : 2300;
  }

  /** The pods that a group surely holds for. */
  private List<Member> held(String group) {
    return attachments.in(group).stream().filter(m -> !isLoose(m)).toList();
  }

  private List<Member> loose(String group) {
    return attachments.in(group).stream().filter(this::isLoose).toList();
  }

  private boolean isLoose(Member member) {
    return context.active(UNSECURED) && !Attachments.isSecured(member);
  }

  private static List<Placed> anything(Document group, List<Member> members, Doubt doubt) {
    return members.isEmpty()
        ? List.of()
        : PolicyCompiler.anything(group.id().text(), Attachments.selector(members), doubt).stream()
            .map(b -> new Placed(Acls.SERVICES, b))
            .toList();
  }

  private static Finding rejected(Document group, String why, Origin.BuiltIn row) {
    return new Finding(
        "PV104",
        Severity.WARNING,
        group.id().text() + " is not enforced at all: the controller rejects it, " + why,
        "correct the rule; the controller's log names it too",
        new Origin.Bent(group.origin(), row));
  }

  private List<Acl> acls(Document group, Direction direction, List<Member> members) {
    Selector subject = Attachments.selector(members);
    Field spec = group.at("spec");
    List<Acl> out = new ArrayList<>();
    out.add(
        Acl.allowing(subject, direction, DROP, spec)
            .doing(Action.DENY)
            .because(context.origin("kube-ovn.sg-drops")));
    out.add(
        Acl.allowing(subject, direction, BASE, spec)
            .carrying(TrafficSet.of(Protocol.OTHER, VRRP, VRRP)));
    out.add(
        Acl.allowing(subject, direction, BASE, spec)
            .to(new PeerSpec.InRange(IpSet.ALL_V6, Kind.INSIDE))
            .carrying(neighbours(direction)));
    Field same = spec.get("allowSameGroupTraffic");
    if (same.bool().orElse(false)) {
      out.add(Acl.allowing(subject, direction, SAME_GROUP, same).to(peers(members, IpSet.ALL)));
    }
    String section = direction == Direction.INGRESS ? "ingressRules" : "egressRules";
    for (Field rule : spec.get(section).items()) {
      int priority = highest() - rule.get("priority").integer().orElse(1);
      boolean allows = rule.get("policy").text("").equals("allow");
      out.add(
          Acl.allowing(subject, direction, priority, rule)
              .to(remote(rule))
              .carrying(traffic(rule))
              .doing(allows ? Action.ALLOW : Action.DENY)
              .given(local(rule)));
    }
    return out;
  }

  /** Neighbour discovery of IPv6. */
  private static TrafficSet neighbours(Direction direction) {
    TrafficSet types = TrafficSet.NONE;
    int router = direction == Direction.INGRESS ? 134 : 133;
    for (int type : List.of(130, router, 135, 136)) {
      types = types.or(TrafficSet.of(Protocol.ICMP, type * 256, type * 256));
    }
    return types;
  }

  private static List<Doubt> local(Field rule) {
    Field local = rule.get("localAddress");
    return local.text("").isEmpty()
        ? List.of()
        : List.of(
            new Doubt.KnownAtRuntime(
                "which of the pod's addresses and ports it is", local.origin()));
  }

  /** The addresses of one family, or of the pods of another group in it. */
  private List<PeerSpec> remote(Field rule) {
    IpSet family = rule.get("ipVersion").text("").equals("ipv6") ? IpSet.ALL_V6 : IpSet.ALL_V4;
    if (rule.get("remoteType").text("").equals("securityGroup")) {
      return peers(held(rule.get("remoteSecurityGroup").text("")), family);
    }
    IpSet range = Attachments.ranges(rule.get("remoteAddress")).and(family);
    return List.of(new PeerSpec.InRange(range, Kind.INSIDE));
  }

  private static List<PeerSpec> peers(List<Member> members, IpSet family) {
    List<Member> without = members.stream().filter(m -> m.addresses().isEmpty()).toList();
    return Stream.concat(
            Stream.of(
                new PeerSpec.InRange(Attachments.addresses(members).and(family), Kind.INSIDE)),
            without.isEmpty()
                ? Stream.<PeerSpec>of()
                : Stream.of(new PeerSpec.Selected(Attachments.selector(without))))
        .toList();
  }

  private static TrafficSet traffic(Field rule) {
    int first = rule.get("portRangeMin").integer().orElse(1);
    int last = rule.get("portRangeMax").integer().orElse(65535);
    return switch (rule.get("protocol").text("all")) {
      case "icmp" -> TrafficSet.all(Protocol.ICMP);
      case "tcp" -> TrafficSet.of(Protocol.TCP, first, last);
      case "udp" -> TrafficSet.of(Protocol.UDP, first, last);
      case String _ -> TrafficSet.ALL;
    };
  }
}
