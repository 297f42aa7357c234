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
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.dialects.api.Standing.Degree;
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
  private static final String INVALID = "ovn-kubernetes.egress-firewall-invalid";
  private static final Set<Kind> HOSTS = Set.of(Kind.NODE, Kind.HOST_POD);

  private final Document document;
  private final Context context;

  private EgressFirewalls(Document document, Context context) {
    this.document = document;
    this.context = context;
  }

  static Compiled<List<Placed>> compile(Document document, Context context) {
    List<Finding> findings = context.refusals(document, () -> EgressFirewallChecks.check(document));
    EgressFirewalls one = new EgressFirewalls(document, context);
    Optional<Finding> refusal =
        findings.stream().filter(f -> f.severity() == Severity.ERROR).findFirst();
    if (refusal.isPresent()) {
      Doubt doubt =
          new Doubt.NotReadable(
              document.id().text(), refusal.get().message(), refusal.get().origin());
      return new Compiled<>(one.block(List.of(one.perhapsDenying(doubt))), findings);
    }
    Optional<Field> fault = one.unreadable();
    if (fault.isPresent()) {
      Origin.BuiltIn row = context.origin(INVALID);
      Origin place = new Origin.Bent(fault.get().origin(), row);
      String what = "what is left of an earlier " + document.id().text();
      Doubt doubt = new Doubt.KnownAtRuntime(what, place);
      Standing standing = new Standing(document.id().text(), Degree.INERT, row.says(), place);
      return new Compiled<>(
          one.block(List.of(one.perhapsDenying(doubt))), findings, List.of(standing));
    }
    List<Rule> rules = new ArrayList<>();
    List<Field> egress = document.at("spec", "egress").items();
    for (int i = 0; i < egress.size(); i++) {
      rules.add(rule(egress.get(i), i));
    }
    return new Compiled<>(one.block(rules), findings);
  }

  /** What the API server takes and the controller cannot read; then it programs nothing of it. */
  private Optional<Field> unreadable() {
    boolean wildcards = context.setting("enable-dns-name-resolver").equals("true");
    for (Field rule : document.at("spec", "egress").items()) {
      Field cidr = rule.get("to").get("cidrSelector");
      Field name = rule.get("to").get("dnsName");
      if (cidr.present() && IpSet.cidr(cidr.text("")).isEmpty()) {
        return Optional.of(cidr);
      }
      if (name.text("").startsWith("*") && !wildcards) {
        return Optional.of(name);
      }
      FieldChecks selector = new FieldChecks("PV080");
      if (!selector.labelSelector(rule.get("to").get("nodeSelector"))) {
        return Optional.of(rule.get("to").get("nodeSelector"));
      }
    }
    return Optional.empty();
  }

  private List<Placed> block(List<Rule> rules) {
    List<Rule> all = new ArrayList<>();
    all.add(
        new Rule(
            -1,
            List.of(new PeerSpec.Selected(Selector.pods())),
            List.of(TrafficSpec.ALL),
            Action.PASS,
            List.of(),
            context.origin("ovn-kubernetes.egress-firewall-scope")));
    all.addAll(rules);
    Block block =
        new Block(
            document.id().text(),
            Selector.and(Selector.pods(), new Selector.InNamespace(document.id().namespace())),
            Direction.EGRESS,
            false,
            all,
            List.of(),
            document.at("spec").origin());
    return List.of(new Placed(TIER, block));
  }

  private Rule perhapsDenying(Doubt doubt) {
    return new Rule(
        0,
        List.of(PeerSpec.ANYONE),
        List.of(TrafficSpec.ALL),
        Action.DENY,
        List.of(doubt),
        document.origin());
  }

  /** What is not Allow drops: the definition's pattern takes other words too. */
  private static Rule rule(Field rule, int rank) {
    Action action = rule.get("type").text("").equals("Allow") ? Action.PASS : Action.DENY;
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
      int number = port.get("port").integer().orElseThrow();
      for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
        if (port.get("protocol").text("").equals(protocol.name())) {
          out = out.or(TrafficSet.of(protocol, number, number));
        }
      }
    }
    boolean all = rule.get("ports").items().isEmpty();
    return List.of(all ? TrafficSpec.ALL : new TrafficSpec.Numeric(out));
  }
}
