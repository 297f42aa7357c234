package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pods that run, and the would-be pods of workloads that have none. */
final class Pods {
  private final Ground ground;
  private final Nodes nodes;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Set<String> withPods = new HashSet<>(); // "Deployment shop/web"

  Pods(Ground ground, Nodes nodes) {
    this.ground = ground;
    this.nodes = nodes;
    running();
    wouldBe();
    reportSharedAddresses();
  }

  List<Endpoint> all() {
    return endpoints;
  }

  private void running() {
    List<Document> finished = new ArrayList<>();
    Rollouts rollouts = new Rollouts(ground);
    for (Document pod : ground.snapshot.ofKind("Pod")) {
      List<Owner> owners = ground.owners.of(pod);
      if (pod.at("status", "phase").text("").matches("Succeeded|Failed")) {
        finished.add(pod);
        continue;
      }
      owners.forEach(o -> withPods.add(o.kind() + " " + Namespaces.of(pod) + "/" + o.name()));
      endpoints.add(running(pod, owners));
      rollouts.add(pod, owners);
    }
    rollouts.report();
    if (!finished.isEmpty()) {
      ground.find(
          "PV051",
          Severity.NOTE,
          finished.size() + " pods have finished (Succeeded or Failed) and are left out",
          "",
          finished.getFirst().origin());
    }
  }

  private Endpoint running(Document pod, List<Owner> owners) {
    String namespace = Namespaces.of(pod);
    String name = pod.id().name();
    Field spec = pod.at("spec");
    boolean host = PodSpecs.onHostNetwork(spec);
    Optional<String> node = spec.get("nodeName").text().filter(n -> !n.isEmpty());
    String id = namespace + "/" + name;
    Labels ownLabels = Labels.of(pod.at("metadata", "labels").strings());
    return new Endpoint(
        namespace.equals("node") ? "pod/" + id : id, // node/NAME is a node
        host ? Kind.HOST_POD : Kind.POD,
        owners.isEmpty() ? new Owner("Pod", name) : shown(owners),
        facts(namespace, ownLabels, spec, nodes.labelsOf(node, pod.origin()), pod.origin()),
        addresses(pod, host, node),
        PodSpecs.ports(spec),
        node,
        pod.origin());
  }

  private Owner shown(List<Owner> owners) {
    return switch (ground.grouping) {
      case WORKLOAD -> owners.getLast();
      case CONTROLLER -> owners.getFirst();
    };
  }

  private Facts facts(String namespace, Labels labels, Field spec, Labels ofNode, Origin origin) {
    String account = PodSpecs.serviceAccount(spec);
    return new Facts(
        namespace,
        labels,
        ground.namespaces.labels(namespace, origin),
        account,
        ground.accounts.labels(namespace, account, origin),
        ofNode);
  }

  private Addresses addresses(Document pod, boolean host, Optional<String> node) {
    List<IpSet> own = new ArrayList<>();
    pod.at("status", "podIPs")
        .items()
        .forEach(f -> ground.address(f.get("ip")).ifPresent(own::add));
    ground.address(pod.at("status", "podIP")).ifPresent(own::add);
    IpSet found = IpSet.union(own);
    if (!host) {
      return found.isEmpty() ? Addresses.within(ground.podSpace) : Addresses.exactly(found);
    }
    Addresses ofNode = nodes.addressesOf(node);
    return found.isEmpty() || ofNode.exact()
        ? new Addresses(found.isEmpty() ? ofNode.set() : found.or(ofNode.set()), ofNode.exact())
        : Addresses.exactly(found);
  }

  private void wouldBe() {
    List<Workload> workloads = Workload.all(ground.snapshot);
    Set<String> keys = workloads.stream().map(Workload::key).collect(Collectors.toSet());
    for (Workload workload : workloads) {
      Optional<Owner> above = Owners.controller(workload.document());
      boolean covered =
          above.isPresent()
              && keys.contains(
                  above.get().kind() + " " + workload.namespace() + "/" + above.get().name());
      String key = workload.key();
      Optional<String> missing = workload.notSelected();
      if (missing.isPresent()) {
        ground.find(
            "PV054",
            Severity.ERROR,
            key
                + " selects "
                + missing.get()
                + ", which its template does not have: the API server refuses it",
            "make spec.selector and spec.template.metadata.labels agree; it is left out until then",
            workload.document().at("spec", "selector").origin());
      } else if (!covered && !workload.ended() && !withPods.contains(key)) {
        endpoints.add(wouldBe(workload, above));
      }
    }
  }

  private Endpoint wouldBe(Workload workload, Optional<Owner> above) {
    String namespace = workload.namespace();
    Field spec = workload.template().get("spec");
    boolean host = PodSpecs.onHostNetwork(spec);
    Origin origin = workload.document().origin();
    Owner self = new Owner(workload.kind(), workload.name());
    return new Endpoint(
        namespace + "/" + workload.name() + "[" + workload.kind() + "]",
        host ? Kind.HOST_POD : Kind.POD,
        ground.grouping == Grouping.WORKLOAD ? above.orElse(self) : self,
        facts(namespace, labels(workload), spec, nodes.labelsOf(Optional.empty(), origin), origin),
        host ? nodes.addressesOf(Optional.empty()) : Addresses.within(ground.podSpace),
        PodSpecs.ports(spec),
        Optional.empty(),
        origin);
  }

  private Labels labels(Workload workload) {
    Map<String, String> known = new HashMap<>(workload.labels().strings());
    known.putAll(workload.givenLabels());
    Optional<Doubt> incomplete =
        workload.givenKeys().stream()
            .filter(k -> ground.mentionedKeys.contains(k) && !known.containsKey(k))
            .findFirst()
            .map(k ->
                new Doubt.KnownAtRuntime(
                    "the label "
                        + k
                        + " that the pods of "
                        + workload.document().id().text()
                        + " get",
                    workload.document().origin()));
    return new Labels(known, incomplete);
  }

  private void reportSharedAddresses() {
    Map<IpSet, Endpoint> seen = new HashMap<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.kind() != Kind.POD || !endpoint.addresses().exact()) {
        continue;
      }
      for (IpSet.Range range : endpoint.addresses().set().ranges()) {
        Endpoint other = seen.putIfAbsent(IpSet.of(range.first(), range.last()), endpoint);
        if (other != null) {
          ground.find(
              "PV052",
              Severity.WARNING,
              "Pods "
                  + other.id()
                  + " and "
                  + endpoint.id()
                  + " both have the address "
                  + range.first(),
              "one of them has probably ended: read the snapshot anew",
              endpoint.origin());
        }
      }
    }
  }
}
