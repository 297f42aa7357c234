package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.TrafficSpec.PortName;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What besides pods has labels that rules may select, and addresses: network sets and host
 * endpoints. A NetworkSet also has the labels of its namespace
 * (libcalico-go/lib/backend/syncersv1/updateprocessors, networksetprocessor.go).
 */
final class LabelledAddresses {
  private static final List<String> KINDS =
      List.of("NetworkSet", "GlobalNetworkSet", "HostEndpoint");

  private final List<Labelled> all = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final List<Doubt> unread = new ArrayList<>();

  private record Labelled(Map<String, String> labels, IpSet addresses) {}

  /** A name that a HostEndpoint with labels gives to a port of its expectedIPs. */
  record Port(PortName name, Map<String, String> labels, IpSet addresses, int number) {
    TrafficSet traffic() {
      return TrafficSet.of(name.protocol(), number, number);
    }
  }

  LabelledAddresses(Snapshot snapshot) {
    for (String kind : KINDS) {
      String list = kind.equals("HostEndpoint") ? "expectedIPs" : "nets";
      for (Document document : CalicoObjects.all(snapshot, kind)) {
        boolean local = kind.equals("NetworkSet");
        Map<String, String> labels = local ? inherited(snapshot, document) : new HashMap<>();
        labels.putAll(document.at("metadata", "labels").strings());
        if (local) {
          labels.put(InnerLabels.NAMESPACE, document.id().namespace());
        }
        Labelled one = new Labelled(labels, addresses(document.at("spec", list)));
        all.add(one);
        ports(document, one);
      }
      Unread.of(snapshot, CalicoObjects.types(kind)).ifPresent(unread::add);
    }
  }

  /** Those of a HostEndpoint; nothing else has any (felix/labelindex/named_port_index.go). */
  private void ports(Document document, Labelled of) {
    for (Field port : document.at("spec", "ports").items()) {
      Optional<Protocol> protocol =
          Traffic.protocol(port.get("protocol")).flatMap(Traffic::known).filter(Protocol::hasPorts);
      Optional<Integer> number = port.get("port").integer().filter(n -> n >= 1 && n <= 65535);
      if (protocol.isPresent() && number.isPresent() && !of.addresses().isEmpty()) {
        PortName name = new PortName(protocol.get(), port.get("name").text(""));
        ports.add(new Port(name, of.labels(), of.addresses(), number.get()));
      }
    }
  }

  /** The ports of HostEndpoints that have one of the names, of those with such labels. */
  List<Port> ports(List<PortName> names, Expression labels) {
    return ports.stream()
        .filter(p -> names.contains(p.name()) && labels.matches(p.labels()))
        .toList();
  }

  private static Map<String, String> inherited(Snapshot snapshot, Document set) {
    Map<String, String> out = new HashMap<>();
    String namespace = set.id().namespace();
    snapshot
        .find("Namespace", "", namespace)
        .map(n -> n.at("metadata", "labels").strings())
        .orElse(Map.of())
        .forEach((k, v) -> out.put(InnerLabels.OF_NAMESPACE + k, v));
    out.put(InnerLabels.OF_NAMESPACE + InnerLabels.NAME, namespace);
    out.put(InnerLabels.OF_NAMESPACE + InnerLabels.METADATA_NAME, namespace);
    return out;
  }

  /** Ranges and single addresses. */
  static IpSet addresses(Field list) {
    return IpSet.union(list.items().stream().flatMap(f -> range(f.text("")).stream()).toList());
  }

  /** A range or a single address. */
  static Optional<IpSet> range(String text) {
    return IpSet.cidr(text).or(() -> IpAddress.parse(text).map(IpSet::of));
  }

  /** Those of everything whose labels satisfy an expression over the inner labels. */
  IpSet selected(Expression expression) {
    Stream<Labelled> some = all.stream().filter(l -> expression.matches(l.labels()));
    return IpSet.union(some.map(Labelled::addresses).toList());
  }

  /** Why there may be more of them than were read; usually empty. */
  List<Doubt> unread() {
    return List.copyOf(unread);
  }
}
