package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Services as the datapath sees them. */
final class Services {
  private final Ground ground;
  private final Backends backends;

  Services(Ground ground, Backends backends) {
    this.ground = ground;
    this.backends = backends;
  }

  List<Service> all() {
    return ground.snapshot.ofKind("Service").stream().map(this::service).toList();
  }

  private Service service(Document document) {
    String namespace = Namespaces.of(document);
    String type = document.at("spec", "type").text("ClusterIP");
    boolean headless = document.at("spec", "clusterIP").text("").equals("None");
    List<Service.Port> ports = type.equals("ExternalName") ? List.of() : ports(document);
    report(document, type, ports);
    return new Service(
        namespace,
        document.id().name(),
        headless ? "Headless" : type,
        headless
            ? IpSet.NONE
            : addresses(document.at("spec", "clusterIPs"), document.at("spec", "clusterIP")),
        external(document),
        document.at("spec", "externalTrafficPolicy").text("").equals("Local"),
        ports,
        backends.unsure(document),
        document.origin());
  }

  private IpSet addresses(Field list, Field single) {
    List<IpSet> out = new ArrayList<>();
    list.items().forEach(f -> ground.address(f).ifPresent(out::add));
    if (out.isEmpty()) {
      ground.address(single).ifPresent(out::add);
    }
    return IpSet.union(out);
  }

  private IpSet external(Document document) {
    List<IpSet> out = new ArrayList<>();
    document.at("spec", "externalIPs").items().forEach(f -> ground.address(f).ifPresent(out::add));
    document
        .at("status", "loadBalancer", "ingress")
        .items()
        .forEach(f -> ground.address(f.get("ip")).ifPresent(out::add));
    return IpSet.union(out);
  }

  private List<Service.Port> ports(Document document) {
    List<Service.Port> out = new ArrayList<>();
    for (Field port : document.at("spec", "ports").items()) {
      Optional<Integer> number = port.get("port").integer();
      Optional<Protocol> protocol = PodSpecs.protocol(port.get("protocol"));
      if (number.isPresent() && protocol.isPresent()) {
        out.add(
            new Service.Port(
                port.get("name").text(""),
                protocol.get(),
                number.get(),
                port.get("nodePort").integer().orElse(0),
                backends.of(document, port)));
      }
    }
    return out;
  }

  private void report(Document document, String type, List<Service.Port> ports) {
    String name = "Service " + Namespaces.of(document) + "/" + document.id().name();
    boolean none = ports.stream().allMatch(p -> p.backends().isEmpty());
    if (type.equals("ExternalName")) {
      return;
    }
    if (!none) {
      ports.stream()
          .filter(p -> p.backends().isEmpty())
          .forEach(p ->
              ground.find(
                  "PV058",
                  Severity.WARNING,
                  name + " port " + p.number() + " leads nowhere: no backend has its target port",
                  "check targetPort against the names of the container ports",
                  document.at("spec", "ports").origin()));
    } else if (backends.unsure(document).isEmpty()) {
      boolean matched = !backends.selected(document).isEmpty();
      if (matched && ports.isEmpty()) { // headless: only names are looked up, and they are found
        return;
      }
      ground.find(
          "PV053",
          Severity.WARNING,
          name
              + " has no endpoints"
              + (matched ? ": no pod that it selects has its target port" : ""),
          "whoever calls it gets no connection; check its selector and target ports",
          document.at("spec", "selector").origin());
    }
  }
}
