package io.github.polverdict.scenarios;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The folder of other tools' cases, by {@code -Dconformance.dir}. */
final class Conformance {
  static final JsonMapper JSON = new JsonMapper();
  private static final Workbench WORKBENCH = Workbench.installed();

  private Conformance() {}

  static Path folder(String name) {
    Path folder =
        Path.of(System.getProperty("conformance.dir", "../../shared/conformance")).resolve(name);
    assumeTrue(
        Files.isDirectory(folder),
        () -> "there is no folder " + folder + "; say -Dconformance.dir=DIR");
    return folder;
  }

  static Snapshot snapshot(String manifests) {
    byte[] bytes = manifests.getBytes(StandardCharsets.UTF_8);
    try {
      return FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).read();
    } catch (UnreadableSource e) {
      throw new IllegalStateException(e);
    }
  }

  static Session open(Snapshot snapshot, String cni, Grouping grouping) {
    return WORKBENCH.open(snapshot, Optional.of(CniSpec.parse(cni)), grouping);
  }

  static Session open(String manifests, String cni) {
    return open(snapshot(manifests), cni, Grouping.WORKLOAD);
  }

  /** Objects as one JSON list. */
  static String list(List<Map<String, Object>> objects, JsonNode policies) {
    StringBuilder out = new StringBuilder("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[");
    String separator = "";
    for (Map<String, Object> object : objects) {
      out.append(separator).append(JSON.writeValueAsString(object));
      separator = ",";
    }
    for (JsonNode policy : policies) {
      ObjectNode whole =
          policy.deepCopy().asObject(); // some cases leave out what is always the same
      whole.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
      out.append(separator).append(JSON.writeValueAsString(whole));
      separator = ",";
    }
    return out.append("]}").toString();
  }

  static Map<String, Object> namespace(String name, Map<String, Object> labels) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Namespace",
        "metadata",
        Map.of("name", name, "labels", labels));
  }

  static Map<String, Object> pod(
      String ns,
      String name,
      Map<String, Object> labels,
      String ip,
      List<Map<String, Object>> ports) {
    return Map.of(
        "apiVersion", "v1",
        "kind", "Pod",
        "metadata", Map.of("namespace", ns, "name", name, "labels", labels),
        "spec",
            Map.of(
                "nodeName",
                "node-of-" + ns + "-" + name,
                "containers",
                List.of(Map.of("name", "main", "image", "agnhost", "ports", ports))),
        "status", Map.of("phase", "Running", "podIP", ip, "podIPs", List.of(Map.of("ip", ip))));
  }
}
