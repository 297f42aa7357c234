package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Passage.Where;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.View;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.PodStatus;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Istio's ambient mode: TCP between two captured pods travels inside a connection from the one
 * pod's address to TCP port 15008 of the other's (HBONE), made by ztunnel in the pods' own network
 * namespaces; all else travels as it is (istio/ztunnel ARCHITECTURE.md,
 * https://istio.io/latest/docs/ambient/usage/networkpolicy/). Probes, which istio-cni gives the
 * source 169.254.7.127, are not modelled here.
 */
final class AmbientMesh {
  private static final String MODE = "istio.io/dataplane-mode";
  private static final String WAYPOINT = "istio.io/use-waypoint";
  private static final String AGENT = "ztunnel";
  private static final int HBONE = 15008;
  private static final String NAME = "the ambient mesh";

  private final Snapshot snapshot;
  private final View view;

  private AmbientMesh(Snapshot snapshot, View view) {
    this.snapshot = snapshot;
    this.view = view;
  }

  /**
   * What becomes of packets before any engine's gate; nothing when no pod may be captured.
   *
   * @param view what the engine sees of labels, which the mesh does not care for
   */
  static List<Passage> passages(Snapshot snapshot, View view) {
    return new AmbientMesh(snapshot, view).passages();
  }

  private List<Passage> passages() {
    Optional<Origin> enrolled = enrolled();
    if (enrolled.isEmpty()) {
      return List.of();
    }
    Optional<Document> agent = agent();
    Optional<Doubt> open = agent.isPresent() ? Optional.empty() : open(enrolled.get());
    if (agent.isEmpty() && open.isEmpty()) {
      return List.of(); // labels that nothing reads
    }
    Origin origin = agent.map(Document::origin).orElse(enrolled.get());
    List<Doubt> onlyIf = open.stream().toList();
    List<Passage> out = new ArrayList<>();
    for (Direction gate : Direction.values()) {
      waypoints().ifPresent(to -> out.add(throughWaypoint(gate, to, origin)));
      out.add(
          new Passage(
              captured(),
              captured(),
              TrafficSet.all(Protocol.TCP),
              Set.of(),
              Where.ANY,
              new Effect.Inside(gate, Protocol.TCP, HBONE, NAME),
              onlyIf,
              origin));
    }
    return out;
  }

  /** Where the first label is that asks for the mesh. */
  private Optional<Origin> enrolled() {
    return snapshot.documents().stream()
        .flatMap(d ->
            Stream.of(d.at("metadata", "labels"), template(d))
                .map(labels -> labels.get(MODE))
                .filter(mode -> mode.text("").equals("ambient")))
        .findFirst()
        .map(Field::origin);
  }

  private static Field template(Document workload) {
    return workload.at("spec", "template", "metadata", "labels");
  }

  private Optional<Document> agent() {
    return snapshot.ofKind("DaemonSet").stream()
        .filter(d ->
            d.at("spec", "template", "spec", "containers").items().stream()
                .map(c -> c.get("image").text(""))
                .anyMatch(image -> image.matches("(.*/)?" + AGENT + "([:@].*)?")))
        .findFirst();
  }

  /** Why the mesh may be there all the same; empty when it surely is not. */
  private Optional<Doubt> open(Origin enrolled) {
    Optional<Doubt> unread = Unread.of(snapshot, Set.of("DaemonSet"));
    return snapshot.ofKind("Node").isEmpty()
        ? unread.or(() ->
            Optional.of(
                new Doubt.KnownAtRuntime(
                    "whether the cluster has " + NAME + ", which a label asks for", enrolled)))
        : unread;
  }

  /** A pod's own label counts more than its namespace's; pods on the host's network stay out. */
  private PeerSpec captured() {
    if (!view.shows(Scope.ENDPOINT, MODE) || !view.shows(Scope.NAMESPACE, MODE)) {
      return capturedByAddress();
    }
    Selector own = new Selector.LabelIn(Scope.ENDPOINT, MODE, Set.of("ambient"));
    Selector unsaid = new Selector.Not(new Selector.HasLabel(Scope.ENDPOINT, MODE));
    Selector inherited = new Selector.LabelIn(Scope.NAMESPACE, MODE, Set.of("ambient"));
    return new PeerSpec.Selected(
        Selector.and(
            Selector.pods(), new Selector.Or(List.of(own, Selector.and(unsaid, inherited)))));
  }

  /** The same pods where the engine would not see the labels that tell them. */
  private PeerSpec capturedByAddress() {
    List<IpSet> out = new ArrayList<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      String inherited =
          snapshot
              .find("Namespace", "", pod.id().namespace())
              .map(n -> n.at("metadata", "labels", MODE).text(""))
              .orElse("");
      boolean inside = pod.at("metadata", "labels", MODE).text(inherited).equals("ambient");
      if (inside && !pod.at("spec", "hostNetwork").bool().orElse(false)) {
        out.add(PodStatus.addresses(pod.at("status")));
      }
    }
    return new PeerSpec.InRange(IpSet.union(out), Set.of(Kind.POD));
  }

  /**
   * The pods behind Services whose calls go through a proxy of their own; empty if there are none.
   * A call of another Service over the same pods is doubted with them.
   */
  private Optional<PeerSpec> waypoints() {
    List<Selector> out = new ArrayList<>();
    for (Document namespace : snapshot.ofKind("Namespace")) {
      if (uses(namespace)) {
        out.add(new Selector.InNamespace(namespace.id().name()));
      }
    }
    for (Document service : snapshot.ofKind("Service")) {
      Map<String, String> labels = service.at("spec", "selector").strings();
      if (uses(service) && !labels.isEmpty()) {
        out.add(Selector.pods(service.id().namespace(), labels));
      }
    }
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(new PeerSpec.Selected(Selector.and(Selector.pods(), new Selector.Or(out))));
  }

  private static boolean uses(Document document) {
    String waypoint = document.at("metadata", "labels", WAYPOINT).text("none");
    return !waypoint.equals("none");
  }

  private Passage throughWaypoint(Direction gate, PeerSpec to, Origin origin) {
    Doubt which = new Doubt.KnownAtRuntime("which waypoint proxy carries the call", origin);
    return new Passage(
        captured(),
        to,
        TrafficSet.all(Protocol.TCP),
        Set.of(Via.CLUSTER_IP),
        Where.ANY,
        new Effect.Uncertain(gate),
        List.of(which),
        origin);
  }
}
