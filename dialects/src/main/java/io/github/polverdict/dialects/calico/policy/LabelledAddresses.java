package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
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
  private final List<Doubt> unread = new ArrayList<>();

  private record Labelled(Map<String, String> labels, IpSet addresses) {}

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
        all.add(new Labelled(labels, addresses(document.at("spec", list))));
      }
      Unread.of(snapshot, CalicoObjects.types(kind)).ifPresent(unread::add);
    }
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
