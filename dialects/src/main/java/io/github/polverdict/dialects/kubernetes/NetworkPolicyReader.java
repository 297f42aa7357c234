package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a NetworkPolicy, or says why the API server would refuse it. */
final class NetworkPolicyReader {
  private NetworkPolicyReader() {}

  /** What reading gave. */
  sealed interface Read {
    List<Finding> findings();
  }

  /** A policy that the API server takes. */
  record Valid(NetworkPolicySpec spec, List<Finding> findings) implements Read {}

  /**
   * A policy that the API server refuses: what it was meant to do is not known.
   *
   * @param subject the pods that it may have been meant for
   */
  record Refused(Selector subject, Doubt doubt, List<Finding> findings) implements Read {}

  static Read read(Document document) {
    return document.read(Read.class, NetworkPolicyReader::readAnew);
  }

  private static Read readAnew(Document document) {
    NetworkPolicyChecks checks = new NetworkPolicyChecks();
    List<Finding> findings = checks.check(document);
    Optional<Finding> refusal =
        findings.stream().filter(f -> f.severity() == Severity.ERROR).findFirst();
    Field spec = document.at("spec");
    if (refusal.isPresent()) {
      Doubt doubt =
          new Doubt.NotReadable(
              document.id().text(), refusal.get().message(), refusal.get().origin());
      Selector labels =
          checks.subjectValid()
              ? LabelQuery.read(spec.get("podSelector")).selector(Scope.ENDPOINT)
              : Selector.ALL;
      Selector inNamespace = new Selector.InNamespace(document.id().namespace());
      return new Refused(Selector.and(Selector.pods(), inNamespace, labels), doubt, findings);
    }
    return new Valid(
        new NetworkPolicySpec(
            document,
            LabelQuery.read(spec.get("podSelector")),
            isolates(spec),
            spec.get("ingress").items().stream().map(f -> rule(f, "from")).toList(),
            spec.get("egress").items().stream().map(f -> rule(f, "to")).toList(),
            Optional.empty()),
        NetworkPolicyChecks.old(document).map(List::of).orElse(List.of()));
  }

  /** Defaulting as in pkg/apis/networking/v1/defaults.go, SetDefaults_NetworkPolicy. */
  private static Set<Direction> isolates(Field spec) {
    Set<Direction> out = EnumSet.noneOf(Direction.class);
    for (Field type : spec.get("policyTypes").items()) {
      out.add(type.text("").equals("Egress") ? Direction.EGRESS : Direction.INGRESS);
    }
    if (out.isEmpty()) {
      out.add(Direction.INGRESS);
      if (!spec.get("egress").items().isEmpty()) {
        out.add(Direction.EGRESS);
      }
    }
    return out;
  }

  private static RuleEntry rule(Field field, String peers) {
    List<Field> who = field.get(peers).items();
    List<Field> what = field.get("ports").items();
    return new RuleEntry(
        field,
        who.isEmpty(),
        who.stream().map(NetworkPolicyReader::peer).toList(),
        what.isEmpty(),
        what.stream().map(NetworkPolicyReader::port).toList(),
        Optional.empty());
  }

  private static Peer peer(Field field) {
    Field block = field.get("ipBlock");
    if (!block.present()) {
      return new Peer.Pods(
          field, query(field.get("podSelector")), query(field.get("namespaceSelector")));
    }
    List<Field> texts = block.get("except").items();
    boolean strict =
        IpSet.cidr(block.get("cidr").text("")).isPresent()
            && texts.stream().allMatch(f -> IpSet.cidr(f.text("")).isPresent());
    return new Peer.Block(
        field,
        Cidrs.sloppy(block.get("cidr").text("")).orElseThrow(),
        texts.stream().map(f -> Cidrs.sloppy(f.text("")).orElseThrow()).toList(),
        strict);
  }

  private static Optional<LabelQuery> query(Field field) {
    return field.present() ? Optional.of(LabelQuery.read(field)) : Optional.empty();
  }

  private static PortEntry port(Field field) {
    Protocol protocol = Protocol.valueOf(field.get("protocol").text("TCP"));
    Field port = field.get("port");
    Optional<Port> which =
        port.integer().isPresent()
            ? port.integer().map(n -> new Port.Number(n, end(field)))
            : port.string().map(Port.Name::new);
    return new PortEntry(field, protocol, which);
  }

  private static OptionalInt end(Field field) {
    return field.get("endPort").integer().map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
