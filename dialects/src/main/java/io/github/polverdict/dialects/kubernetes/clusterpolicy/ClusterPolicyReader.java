package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Level;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Peer;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.RuleEntry;
import io.github.polverdict.dialects.kubernetes.clusterpolicy.ClusterPolicySpec.Subject;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads a cluster-wide policy, or says why the API server would refuse it. */
final class ClusterPolicyReader {
  private final Document document;
  private final Version version;

  private ClusterPolicyReader(Document document) {
    this.document = document;
    this.version = Version.of(document);
  }

  /** What differs between the kinds. */
  private enum Version {
    CLUSTER("protocols"),
    ADMIN("ports"),
    BASELINE("ports");

    /** The name of the list of ports. */
    private final String traffic;

    Version(String traffic) {
      this.traffic = traffic;
    }

    private static Version of(Document document) {
      return switch (document.id().kind()) {
        case "AdminNetworkPolicy" -> ADMIN;
        case "BaselineAdminNetworkPolicy" -> BASELINE;
        case String _ -> CLUSTER;
      };
    }
  }

  /** What reading gave. */
  sealed interface Read {
    List<Finding> findings();
  }

  /** A policy that the API server takes. */
  record Valid(ClusterPolicySpec spec, List<Finding> findings) implements Read {}

  /**
   * A policy that the API server refuses, or that nobody can read: what it does is not known.
   *
   * @param subject the pods that it may have been meant for
   */
  record Refused(Selector subject, Doubt doubt, List<Finding> findings) implements Read {}

  static Read read(Document document, Function<Document, List<Finding>> refusals) {
    ClusterPolicyChecks checks = new ClusterPolicyChecks(document, refusals);
    List<Finding> findings = checks.findings();
    ClusterPolicyReader reader = new ClusterPolicyReader(document);
    Optional<Finding> refusal =
        findings.stream().filter(f -> f.severity() == Severity.ERROR).findFirst();
    if (refusal.isEmpty()) {
      return new Valid(reader.spec(), findings);
    }
    Selector subject =
        checks.subjectValid() ? ClusterPolicies.subject(reader.subject()) : Selector.pods();
    Finding because = refusal.get();
    Doubt doubt =
        because.code().equals(Unparsable.CODE)
            ? new Doubt.KnownAtRuntime("what is made of " + because.message(), because.origin())
            : new Doubt.NotReadable(document.id().text(), because.message(), because.origin());
    return new Refused(subject, doubt, findings);
  }

  private ClusterPolicySpec spec() {
    Field spec = document.at("spec");
    boolean baseline = version == Version.BASELINE || spec.get("tier").text("").equals("Baseline");
    return new ClusterPolicySpec(
        document,
        baseline ? Level.BASELINE : Level.ADMIN,
        spec.get("priority").integer().orElse(0),
        subject(),
        spec.get("ingress").items().stream().map(f -> rule(f, "from")).toList(),
        spec.get("egress").items().stream().map(f -> rule(f, "to")).toList());
  }

  private Subject subject() {
    Field subject = document.at("spec", "subject");
    Field pods = subject.get("pods");
    return pods.present()
        ? new Subject(
            subject,
            LabelQuery.read(pods.get("namespaceSelector")),
            Optional.of(LabelQuery.read(pods.get("podSelector"))))
        : new Subject(subject, LabelQuery.read(subject.get("namespaces")), Optional.empty());
  }

  private RuleEntry rule(Field field, String peers) {
    Action action =
        switch (field.get("action").text("")) {
          case "Deny" -> Action.DENY;
          case "Pass" -> Action.PASS;
          case String _ -> Action.ALLOW;
        };
    Field traffic = field.get(version.traffic);
    return new RuleEntry(
        field,
        action,
        field.get(peers).items().stream().map(ClusterPolicyReader::peer).toList(),
        !traffic.present(),
        traffic.items().stream().map(this::port).toList(),
        Optional.empty());
  }

  private static Peer peer(Field field) {
    Field pods = field.get("pods");
    if (pods.present()) {
      return new Peer.Pods(
          field,
          LabelQuery.read(pods.get("namespaceSelector")),
          LabelQuery.read(pods.get("podSelector")));
    }
    if (field.get("namespaces").present()) {
      return new Peer.Namespaces(field, LabelQuery.read(field.get("namespaces")));
    }
    if (field.get("nodes").present()) {
      return new Peer.Nodes(field, LabelQuery.read(field.get("nodes")));
    }
    if (field.get("networks").present()) {
      return new Peer.Networks(
          field,
          IpSet.union(
              field.get("networks").items().stream()
                  .map(f -> f.string().flatMap(IpSet::cidr).orElseThrow())
                  .toList()));
    }
    List<String> names = field.get("domainNames").items().stream().map(f -> f.text("")).toList();
    return names.isEmpty() ? new Peer.Unknown(field) : new Peer.DomainNames(field, names);
  }

  private PortEntry port(Field field) {
    return version == Version.CLUSTER ? protocol(field) : versionOne(field);
  }

  private static PortEntry protocol(Field field) {
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
      Field port = field.get(protocol.name().toLowerCase(Locale.ROOT)).get("destinationPort");
      if (port.present()) {
        int first = port.get("number").integer().or(() -> end(port, "start")).orElse(1);
        int last = port.get("number").integer().or(() -> end(port, "end")).orElse(65535);
        return new PortEntry.Numbers(field, protocol, first, last);
      }
    }
    return new PortEntry.Named(field, field.get("destinationNamedPort").text(""));
  }

  private static Optional<Integer> end(Field port, String which) {
    return port.get("range").get(which).integer();
  }

  private static PortEntry versionOne(Field field) {
    Field number = field.get("portNumber");
    Field range = field.get("portRange");
    if (number.present()) {
      int port = number.get("port").integer().orElseThrow();
      return new PortEntry.Numbers(field, protocolOf(number), port, port);
    }
    return range.present()
        ? new PortEntry.Numbers(
            field,
            protocolOf(range),
            range.get("start").integer().orElseThrow(),
            range.get("end").integer().orElseThrow())
        : new PortEntry.Named(field, field.get("namedPort").text(""));
  }

  private static Protocol protocolOf(Field port) {
    return Protocol.valueOf(port.get("protocol").text("TCP"));
  }
}
