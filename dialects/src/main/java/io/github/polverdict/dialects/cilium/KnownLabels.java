package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.PodStatus;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The labels that agents know pods by, as CiliumEndpoints and the CiliumIdentities have them that
 * those name, held against those that the pods have. An agent judges by what it knows: where they
 * differ, what passes is in doubt (pkg/k8s/apis/cilium.io/v2/types.go, EndpointIdentity and
 * CiliumIdentity).
 */
final class KnownLabels {
  static final String KIND = "CiliumEndpoint.cilium.io";
  static final String IDENTITY = "CiliumIdentity.cilium.io";
  private static final String ROW = "cilium.endpoint-labels";
  private static final String SOURCE = "k8s:";
  private static final List<String> DERIVED = List.of("io.kubernetes.", "io.cilium.");

  private final Snapshot snapshot;
  private final View view;
  private final Origin.BuiltIn row;

  private KnownLabels(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.view = LabelFilter.view(context);
    this.row = context.origin(ROW);
  }

  /** Doubts for the pods that are known by other labels than they have. */
  static List<Passage> passages(Snapshot snapshot, Context context) {
    KnownLabels known = new KnownLabels(snapshot, context);
    return snapshot.ofKind(KIND).stream().flatMap(known::passages).toList();
  }

  private Stream<Passage> passages(Document endpoint) {
    Optional<Document> pod = snapshot.find("Pod", endpoint.id().namespace(), endpoint.id().name());
    if (pod.isEmpty()) {
      return Stream.of();
    }
    IpSet addresses = PodStatus.addresses(pod.get().at("status"));
    PeerSpec at = new PeerSpec.InRange(addresses, Set.of(Kind.POD));
    Map<String, String> own = own(pod.get());
    return evidence(endpoint)
        .flatMap(e ->
            difference(own, known(e.labels()))
                .map(says -> new Difference(pod.get(), at, says, e.document()))
                .stream())
        .findFirst()
        .stream()
        .flatMap(this::doubts);
  }

  /** Labels that an object says a pod is known by, each with its source. */
  private record Evidence(Document document, List<String> labels) {}

  /** What a pod is known by other than it should be. */
  private record Difference(Document pod, PeerSpec at, String says, Document by) {}

  /** What the endpoint says, and what the identity says that it names. */
  private Stream<Evidence> evidence(Document endpoint) {
    Field own = endpoint.at("status", "identity", "labels");
    Stream<Evidence> said =
        own.present()
            ? Stream.of(new Evidence(endpoint, own.items().stream().map(l -> l.text("")).toList()))
            : Stream.of();
    String id = endpoint.at("status", "identity", "id").text("");
    Stream<Evidence> identity =
        snapshot.find(IDENTITY, "", id).stream()
            .map(d ->
                new Evidence(
                    d,
                    d.at("security-labels").strings().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList()));
    return Stream.concat(said, identity);
  }

  private Map<String, String> own(Document pod) {
    Map<String, String> out = new TreeMap<>(pod.at("metadata", "labels").strings());
    out.keySet().removeIf(key -> !view.shows(Scope.ENDPOINT, key));
    return out;
  }

  private static Map<String, String> known(List<String> labels) {
    Map<String, String> out = new TreeMap<>();
    for (String text : labels) {
      int equals = text.indexOf('=');
      String key = text.substring(0, equals < 0 ? text.length() : equals);
      boolean plain =
          key.startsWith(SOURCE)
              && DERIVED.stream().noneMatch(key.substring(SOURCE.length())::startsWith);
      if (plain) {
        out.put(key.substring(SOURCE.length()), equals < 0 ? "" : text.substring(equals + 1));
      }
    }
    return out;
  }

  private static Optional<String> difference(Map<String, String> own, Map<String, String> known) {
    Set<String> keys = new TreeSet<>(own.keySet());
    keys.addAll(known.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(own.get(key), known.get(key)))
        .findFirst()
        .map(key -> text(key, known) + " instead of " + text(key, own));
  }

  private static String text(String key, Map<String, String> labels) {
    String value = labels.get(key);
    return value == null ? "no " + key : key + "=" + value;
  }

  private Stream<Passage> doubts(Difference found) {
    Doubt doubt =
        new Doubt.KnownAtRuntime(
            "which labels Cilium judges %s by: its %s has %s"
                .formatted(found.pod().id().text(), found.by().id().kind(), found.says()),
            found.by().origin());
    Origin origin = new Origin.Bent(found.by().origin(), row);
    PeerSpec at = found.at();
    return Stream.of(Direction.values())
        .map(gate -> Passages.of(new Effect.Uncertain(gate), origin).onlyIf(doubt))
        .flatMap(p -> Stream.of(p.between(at, PeerSpec.ANYONE), p.between(PeerSpec.ANYONE, at)));
  }
}
