package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint.NamedPort;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What matters of a PodSpec, of a pod as well as of a template. */
final class PodSpecs {
  private PodSpecs() {}

  static boolean onHostNetwork(Field spec) {
    return spec.get("hostNetwork").bool().orElse(false);
  }

  /** The name of its ServiceAccount; the API server's default when it says none. */
  static String serviceAccount(Field spec) {
    return spec.get("serviceAccountName")
        .text()
        .or(() -> spec.get("serviceAccount").text())
        .orElse("default");
  }

  /**
   * The ports that have names: those of the containers, then those of native sidecars (KEP-753).
   */
  static List<NamedPort> ports(Field spec) {
    List<NamedPort> out = new ArrayList<>();
    spec.get("containers").items().forEach(c -> addPorts(c, false, out));
    for (Field container : spec.get("initContainers").items()) {
      if (container.get("restartPolicy").text("").equals("Always")) {
        addPorts(container, true, out);
      }
    }
    return out;
  }

  private static void addPorts(Field container, boolean init, List<NamedPort> out) {
    for (Field port : container.get("ports").items()) {
      Optional<String> name = port.get("name").text();
      Optional<Integer> number = port.get("containerPort").integer();
      Optional<Protocol> protocol = protocol(port.get("protocol"));
      if (name.isPresent() && number.isPresent() && protocol.isPresent()) {
        out.add(new NamedPort(name.get(), protocol.get(), number.get(), init));
      }
    }
  }

  /** TCP when the field is absent; empty when it is none of the three that Kubernetes knows. */
  static Optional<Protocol> protocol(Field field) {
    return switch (field.text("TCP")) {
      case "TCP" -> Optional.of(Protocol.TCP);
      case "UDP" -> Optional.of(Protocol.UDP);
      case "SCTP" -> Optional.of(Protocol.SCTP);
      case String _ -> Optional.empty();
    };
  }
}
