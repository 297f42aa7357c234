package io.github.polverdict.lab.recreate;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small pod in the place of a real one: labels, account, named ports, network and node are the
 * real one's; it listens on the ports that were declared, and on others that are asked for.
 */
final class Stand {
  private static final String IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.53";

  private final Field meta;
  private final Field spec;

  private Stand(Field meta, Field spec) {
    this.meta = meta;
    this.spec = spec;
  }

  static Stand ofPod(Document pod) {
    return new Stand(pod.at("metadata"), pod.at("spec"));
  }

  static Stand ofTemplate(Field template) {
    return new Stand(template.get("metadata"), template.get("spec"));
  }

  Map<String, String> labels() {
    return meta.get("labels").strings();
  }

  String account() {
    return spec.get("serviceAccountName").text("default");
  }

  boolean onHost() {
    return spec.get("hostNetwork").bool().orElse(false);
  }

  String node() {
    return spec.get("nodeName").text("");
  }

  /** The ports that a container declares, each as it is written. */
  private static List<Map<String, Object>> declared(Field container) {
    return ports(container)
        .map(port -> {
          Map<String, Object> out = new LinkedHashMap<>();
          port.get("name").text().ifPresent(n -> out.put("name", n));
          out.put("containerPort", port.get("containerPort").integer().orElse(0));
          out.put("protocol", port.get("protocol").text("TCP"));
          return out;
        })
        .toList();
  }

  private static Stream<Field> ports(Field container) {
    return container.get("ports").items().stream()
        .filter(p -> p.get("containerPort").integer().isPresent());
  }

  /** All that its containers declare. */
  List<Map<String, Object>> declared() {
    return containers().flatMap(c -> declared(c).stream()).toList();
  }

  private Stream<Field> containers() {
    return Stream.concat(
        spec.get("containers").items().stream(), spec.get("initContainers").items().stream());
  }

  Set<Port> listens() {
    Set<Port> out = new TreeSet<>();
    containers()
        .flatMap(Stand::ports)
        .forEach(p ->
            out.add(
                new Port(
                    p.get("containerPort").integer().orElse(0), p.get("protocol").text("TCP"))));
    return out;
  }

  /**
   * The pod.
   *
   * @param node the node to run on; empty to leave it to the scheduler
   * @param more ports to listen on beside those declared
   */
  Map<String, Object> manifest(String namespace, String name, String node, Set<Port> more) {
    Set<Port> ports = new TreeSet<>(listens());
    ports.addAll(more);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("dnsPolicy", "Default");
    body.put("automountServiceAccountToken", false);
    body.put("enableServiceLinks", false);
    body.put("terminationGracePeriodSeconds", 0);
    body.put("serviceAccountName", account());
    if (!node.isEmpty()) {
      body.put("nodeName", node);
    }
    if (onHost()) {
      body.put("hostNetwork", true);
    }
    List<Map<String, Object>> sidecar = sidecars();
    if (!sidecar.isEmpty()) {
      body.put("initContainers", sidecar);
    }
    body.put("containers", containers(ports));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", namespace);
    metadata.put("labels", labels());
    return Map.of("apiVersion", "v1", "kind", "Pod", "metadata", metadata, "spec", body);
  }

  /**
   * One that listens, in the place of the first, and an idle one for the ports of each other. A
   * name that one container gives twice, which no server takes, is given by two.
   */
  private List<Map<String, Object>> containers(Set<Port> ports) {
    List<List<Map<String, Object>>> groups = new ArrayList<>();
    for (Field container : spec.get("containers").items()) {
      List<Map<String, Object>> group = new ArrayList<>();
      groups.add(group);
      for (Map<String, Object> port : declared(container)) {
        boolean again =
            group.stream().anyMatch(p -> Objects.equals(p.get("name"), port.get("name")));
        if (again && port.containsKey("name")) {
          groups.add(List.of(port));
        } else {
          group.add(port);
        }
      }
    }
    Map<String, Object> listener = listener(ports);
    listener.put("ports", groups.isEmpty() ? List.of() : groups.removeFirst());
    List<Map<String, Object>> out = new ArrayList<>(List.of(listener));
    groups.stream().filter(g -> !g.isEmpty()).forEach(g -> out.add(idle("stand-" + out.size(), g)));
    return out;
  }

  private List<Map<String, Object>> sidecars() {
    List<Map<String, Object>> out = new ArrayList<>();
    for (Field container : spec.get("initContainers").items()) {
      List<Map<String, Object>> ports = declared(container);
      if (!ports.isEmpty()) {
        Map<String, Object> sidecar = idle("sidecar-" + out.size(), ports);
        sidecar.put("restartPolicy", "Always");
        out.add(sidecar);
      }
    }
    return out;
  }

  private static Map<String, Object> idle(String name, List<Map<String, Object>> ports) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("image", IMAGE);
    out.put("imagePullPolicy", "IfNotPresent");
    out.put("command", List.of("/agnhost", "pause"));
    out.put("ports", ports);
    return out;
  }

  /** A process for all TCP ports, one for all SCTP ports, one for each UDP port (and TCP there). */
  private Map<String, Object> listener(Set<Port> ports) {
    StringBuilder script = new StringBuilder();
    Set<Integer> udp = new TreeSet<>();
    ports.stream().filter(p -> p.protocol().equals("UDP")).forEach(p -> udp.add(p.number()));
    udp.forEach(
        n -> script.append("/agnhost netexec --http-port=%d --udp-port=%d & ".formatted(n, n)));
    script.append(
        porter(
            "SERVE_PORT_",
            ports.stream()
                .filter(p -> p.protocol().equals("TCP") && !udp.contains(p.number()))
                .toList()));
    script.append(
        porter(
            "SERVE_SCTP_PORT_", ports.stream().filter(p -> p.protocol().equals("SCTP")).toList()));
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", "stand");
    out.put("image", IMAGE);
    out.put("imagePullPolicy", "IfNotPresent");
    out.put(
        "command",
        script.isEmpty()
            ? List.of("/agnhost", "pause")
            : List.of("/bin/sh", "-c", script + "sleep 1000000"));
    return out;
  }

  private static String porter(String variable, List<Port> ports) {
    return ports.isEmpty()
        ? ""
        : ports.stream()
            .map(p -> variable + p.number() + "=here ")
            .collect(Collectors.joining("", "", "/agnhost porter & "));
  }
}
