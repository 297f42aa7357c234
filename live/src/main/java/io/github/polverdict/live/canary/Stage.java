package io.github.polverdict.live.canary;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.canary.CanaryRun.Actor;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.live.Pause;
import io.github.polverdict.live.probe.ClusterWrites;
import io.github.polverdict.live.probe.Fault;
import io.github.polverdict.live.probe.PodRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The canary's namespace and pods, once they are there. */
final class Stage {
  private static final Duration SERVICE_ACCOUNT = Duration.ofSeconds(30);

  private final String namespace;
  private final Map<Cast, Endpoint> endpoints = new EnumMap<>(Cast.class);
  private final List<Actor> actors = new ArrayList<>();

  private Stage(String namespace) {
    this.namespace = namespace;
  }

  /** Makes the namespace and the pods, and waits until the pods run. */
  static Stage set(ClusterWrites writes, String image) throws Fault.Thrown {
    List<Node> nodes = writes.reader().nodes().list().getItems();
    Map<Cast, Node> placed = CanaryPods.placed(nodes);
    if (placed.isEmpty()) {
      throw new Fault.Thrown(
          Fault.last(
              "no node takes pods: of %d none is ready, without taints and schedulable"
                  .formatted(nodes.size())));
    }
    Stage stage = new Stage("polverdict-canary-" + writes.run());
    writes.namespace(stage.namespace, Map.of("pod-security.kubernetes.io/enforce", "restricted"));
    for (var of : placed.entrySet()) {
      create(writes, CanaryPods.pod(stage.namespace, of.getKey(), of.getValue(), image));
    }
    if (!writes.dryRun()) {
      for (var of : placed.entrySet()) {
        writes.awaitRunning(new PodRef(stage.namespace, of.getKey().pod()));
        stage.enter(writes.reader(), of.getKey(), of.getValue());
      }
    }
    return stage;
  }

  /** A new namespace has no ServiceAccount for a moment, and no pod is taken without. */
  private static void create(ClusterWrites writes, Pod pod) throws Fault.Thrown {
    long end = System.nanoTime() + SERVICE_ACCOUNT.toNanos();
    while (true) {
      try {
        writes.create(pod);
        return;
      } catch (Fault.Thrown e) {
        boolean passes = e.fault().why().toLowerCase(Locale.ROOT).contains("service account");
        if (!passes || System.nanoTime() > end) {
          throw e;
        }
      }
      if (!Pause.of(Duration.ofMillis(100))) {
        throw new Fault.Thrown(Fault.last("it was interrupted"));
      }
    }
  }

  private void enter(KubernetesClient reader, Cast cast, Node node) throws Fault.Thrown {
    Pod pod = reader.pods().inNamespace(namespace).withName(cast.pod()).get();
    Optional<IpAddress> address =
        Optional.ofNullable(pod.getStatus().getPodIP()).flatMap(IpAddress::parse);
    if (address.isEmpty()) {
      throw new Fault.Thrown(Fault.passing("pod " + cast.pod() + " has no address"));
    }
    endpoints.put(cast, endpoint(cast, address.get(), node.getMetadata().getName()));
    NodeSystemInfo info = node.getStatus().getNodeInfo();
    String image = pod.getStatus().getContainerStatuses().getFirst().getImageID();
    actors.add(
        new Actor(
            cast,
            address.get().toString(),
            image == null ? "" : image,
            new io.github.polverdict.core.model.canary.CanaryRun.Node(
                node.getMetadata().getName(),
                info.getKernelVersion(),
                info.getOsImage(),
                info.getKubeletVersion(),
                info.getContainerRuntimeVersion())));
  }

  private Endpoint endpoint(Cast cast, IpAddress address, String node) {
    return new Endpoint(
        namespace + "/" + cast.pod(),
        Kind.POD,
        new Owner("Pod", cast.pod()),
        new Facts(namespace, Labels.of(Map.of(Cast.LABEL, cast.pod())), Labels.NONE, "default"),
        Addresses.exactly(IpSet.of(address)),
        List.of(),
        Optional.of(node),
        new Origin.Said("the canary's own pod"));
  }

  String namespace() {
    return namespace;
  }

  List<Actor> actors() {
    return List.copyOf(actors);
  }

  /** Every wire between the pods that are there. */
  List<Wire> wires() {
    return Wire.all(has(Cast.FAR));
  }

  boolean has(Cast cast) {
    return endpoints.containsKey(cast);
  }

  Trial trial(Wire wire) {
    Endpoint to = endpoint(wire.to());
    IpAddress at = to.addresses().set().ranges().getFirst().first();
    Flow flow =
        new Flow(
            endpoint(wire.from()),
            new Flow.Target.ToEndpoint(to),
            wire.protocol(),
            Wire.PORT,
            at.family());
    return new Trial(wire.text().replaceAll("[^A-Za-z]+", "-"), flow, at);
  }

  private Endpoint endpoint(Cast cast) {
    Endpoint endpoint = endpoints.get(cast);
    if (endpoint == null) {
      throw new IllegalArgumentException("there is no pod " + cast.pod());
    }
    return endpoint;
  }
}
