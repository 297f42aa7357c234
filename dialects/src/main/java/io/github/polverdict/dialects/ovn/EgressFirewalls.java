package io.github.polverdict.dialects.ovn;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * EgressFirewalls (k8s.ovn.org/v1): one per namespace, called default, whose rules are served in
 * order. What they deny is denied whatever policies say; what they allow must still pass those.
 * Pods of the cluster are none of their business, nodes are
 * (go-controller/pkg/ovn/controller/egressfirewall).
 */
final class EgressFirewalls {
  static final String TYPE = "EgressFirewall.k8s.ovn.org";
  static final String TIER = "EgressFirewall";
  private static final Set<Kind> HOSTS = Set.of(Kind.NODE, Kind.HOST_POD);

  private EgressFirewalls() {}

  static Compiled<List<Placed>> compile(Document document, Context context) {
    FieldChecks checks = checked(document);
    Optional<Finding> refusal =
        checks.findings().stream().filter(f -> f.severity() == Severity.ERROR).findFirst();
    Selector subject =
        Selector.and(Selector.pods(), new Selector.InNamespace(document.id().namespace()));
    if (refusal.isPresent()) {
      Doubt doubt =
          new Doubt.NotReadable(
              document.id().text(), refusal.get().message(), refusal.get().origin());
      return new Compiled<>(
          PolicyCompiler.anything(document.id().text(), subject, doubt).stream()
              .filter(b -> b.direction() == Direction.EGRESS)
              .map(b -> new Placed(TIER, b))
              .toList(),
          checks.findings());
    }
    List<Rule> rules = new ArrayList<>();
    Origin row = context.origin("ovn-kubernetes.egress-firewall-scope");
    rules.add(
        new Rule(
            -1,
            List.of(new PeerSpec.Selected(Selector.pods())),
            List.of(TrafficSpec.ALL),
            Action.PASS,
            List.of(),
            row));
    List<Field> egress = document.at("spec", "egress").items();
    for (int i = 0; i < egress.size(); i++) {
      rules.add(rule(egress.get(i), i));
    }
    Block block =
        new Block(
            document.id().text(),
            subject,
            Direction.EGRESS,
            false,
            rules,
            List.of(),
            document.at("spec").origin());
    return new Compiled<>(List.of(new Placed(TIER, block)), checks.findings());
  }

  /** The rules of the custom resource definition, dist/templates/k8s.ovn.org_egressfirewalls. */
  private static FieldChecks checked(Document document) {
    FieldChecks checks = new FieldChecks("PV080");
    if (!document.id().name().equals("default")) {
      checks.refuse(document.at("metadata", "name"), "an EgressFirewall must be called default");
    }
    Field egress = document.at("spec", "egress");
    checks.isList(egress);
    for (Field rule : egress.items()) {
      checks.onlyFields(rule, Set.of("type", "to", "ports"));
      if (checks.required(rule.get("type"))) {
        checks.oneOf(rule.get("type"), List.of("Allow", "Deny"));
      }
      Field to = rule.get("to");
      checks.onlyFields(to, Set.of("cidrSelector", "dnsName", "nodeSelector"));
      if (checks.required(to) && to.members().size() != 1) {
        checks.refuse(to, "exactly one of cidrSelector, dnsName and nodeSelector must be given");
      }
      Field cidr = to.get("cidrSelector");
      if (cidr.present() && IpSet.cidr(cidr.text("")).isEmpty()) {
        checks.refuse(cidr, "'" + cidr.text("") + "' is not a CIDR as 10.0.0.0/8 or fd00::/8");
      }
      checks.labelSelector(to.get("nodeSelector"));
      for (Field port : rule.get("ports").items()) {
        checks.onlyFields(port, Set.of("protocol", "port"));
        checks.oneOf(port.get("protocol"), List.of("TCP", "UDP", "SCTP"));
        checks.port(port.get("port"));
      }
    }
    return checks;
  }

  private static Rule rule(Field rule, int rank) {
    Action action = rule.get("type").text("").equals("Deny") ? Action.DENY : Action.PASS;
    return new Rule(
        rank, List.of(to(rule.get("to"))), traffic(rule), action, List.of(), rule.origin());
  }

  private static PeerSpec to(Field to) {
    Field nodes = to.get("nodeSelector");
    if (nodes.present()) {
      return new PeerSpec.Selected(
          Selector.and(
              new Selector.OfKind(HOSTS), LabelQuery.read(nodes).selector(Selector.Scope.NODE)));
    }
    Optional<IpSet> range = IpSet.cidr(to.get("cidrSelector").text(""));
    if (range.isPresent()) {
      return new PeerSpec.InRange(range.get(), HOSTS);
    }
    String what = "the addresses of " + to.get("dnsName").text("");
    return new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, new Doubt.KnownAtRuntime(what, to.origin()));
  }

  private static List<TrafficSpec> traffic(Field rule) {
    TrafficSet out = TrafficSet.NONE;
    for (Field port : rule.get("ports").items()) {
      Protocol protocol = Protocol.valueOf(port.get("protocol").text("TCP"));
      out =
          out.or(
              port.get("port")
                  .integer()
                  .map(n -> TrafficSet.of(protocol, n, n))
                  .orElseGet(() -> TrafficSet.all(protocol)));
    }
    return List.of(out.isEmpty() ? TrafficSpec.ALL : new TrafficSpec.Numeric(out));
  }
}
