package io.github.polverdict.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of a {@code cluster} block, each of which stands for one manifest. */
final class Shorthand {
  private Shorthand() {}

  static String yaml(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+")));
    String kind = words.removeFirst();
    String name = words.removeFirst();
    return switch (kind) {
      case "node" -> node(name, words);
      case "namespace" -> namespace(name, words);
      case "pod" -> pod(name, words);
      case "deployment" -> deployment(name, words);
      case "service" -> service(name, words);
      default -> throw new IllegalArgumentException("no line begins with '" + kind + "'");
    };
  }

  private static Map<String, String> pairs(List<String> words) {
    Map<String, String> out = new LinkedHashMap<>();
    for (String word : words) {
      String[] pair = word.split("=", 2);
      out.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    return out;
  }

  private static String head(String api, String kind, String path, Map<String, String> labels) {
    int slash = path.indexOf('/');
    StringBuilder out =
        new StringBuilder("apiVersion: " + api + "\nkind: " + kind + "\nmetadata:\n");
    out.append("  name: ").append(path.substring(slash + 1)).append('\n');
    if (slash > 0) {
      out.append("  namespace: ").append(path, 0, slash).append('\n');
    }
    if (!labels.isEmpty()) {
      out.append("  labels:\n").append(map(labels, "    "));
    }
    return out.toString();
  }

  private static String map(Map<String, String> entries, String indent) {
    StringBuilder out = new StringBuilder();
    entries.forEach(
        (k, v) -> out.append(indent).append(quoted(k)).append(": ").append(quoted(v)).append('\n'));
    return out.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String node(String name, List<String> words) {
    String address = words.removeFirst();
    Map<String, String> pairs = pairs(words);
    Map<String, String> annotations = new LinkedHashMap<>();
    pairs.forEach((k, v) -> {
      if (k.startsWith("annotation:")) {
        annotations.put(k.substring("annotation:".length()), v);
      }
    });
    String notes = annotations.isEmpty() ? "" : "  annotations:\n" + map(annotations, "    ");
    return head("v1", "Node", name, Map.of())
        + notes
        + "spec:\n  podCIDR: "
        + quoted(pairs.getOrDefault("podcidr", ""))
        + "\n"
        + "status:\n  addresses:\n    - {type: InternalIP, address: "
        + quoted(address)
        + "}\n"
        + "  nodeInfo: {kubeletVersion: "
        + quoted(pairs.getOrDefault("kubelet", "v1.34.1"))
        + "}\n";
  }

  private static String namespace(String name, List<String> words) {
    return head("v1", "Namespace", name, pairs(words));
  }

  private static final List<String> POD_WORDS =
      List.of("ip", "node", "port", "init-port", "phase", "hostNetwork", "sa", "ports");

  private static String pod(String name, List<String> words) {
    Map<String, String> pairs = pairs(words);
    Map<String, String> labels = new LinkedHashMap<>(pairs);
    labels.keySet().removeAll(POD_WORDS);
    StringBuilder out = new StringBuilder(head("v1", "Pod", name, labels));
    out.append("spec:\n");
    if (pairs.containsKey("node")) {
      out.append("  nodeName: ").append(pairs.get("node")).append('\n');
    }
    if (pairs.containsKey("hostNetwork")) {
      out.append("  hostNetwork: true\n");
    }
    out.append(containers(pairs, "  "));
    if (pairs.containsKey("ip")) {
      String[] ips = pairs.getOrDefault("ip", "").split(",");
      out.append("status:\n  phase: ").append(pairs.getOrDefault("phase", "Running")).append('\n');
      out.append("  podIP: ").append(quoted(ips[0])).append("\n  podIPs:\n");
      Arrays.stream(ips).forEach(ip -> out.append("    - ip: ").append(quoted(ip)).append('\n'));
    }
    return out.toString();
  }

  private static String containers(Map<String, String> pairs, String indent) {
    StringBuilder out = new StringBuilder();
    if (pairs.containsKey("init-port")) {
      out.append(indent).append("initContainers:\n").append(indent).append("  - name: sidecar\n");
      out.append(indent)
          .append("    image: example/sidecar\n")
          .append(indent)
          .append("    restartPolicy: Always\n");
      out.append(ports(pairs.getOrDefault("init-port", ""), indent));
    }
    out.append(indent).append("containers:\n").append(indent).append("  - name: main\n");
    out.append(indent).append("    image: example/main\n");
    return out.append(ports(pairs.getOrDefault("port", ""), indent)).toString();
  }

  /** {@code http:8080/TCP,dns:53/UDP}. */
  private static String ports(String text, String indent) {
    if (text.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder(indent + "    ports:\n");
    for (String port : text.split(",")) {
      String[] parts = port.split("[:/]");
      out.append(indent)
          .append("      - {name: ")
          .append(parts[0])
          .append(", containerPort: ")
          .append(parts[1]);
      out.append(", protocol: ").append(parts.length > 2 ? parts[2] : "TCP").append("}\n");
    }
    return out.toString();
  }

  private static String deployment(String name, List<String> words) {
    Map<String, String> pairs = pairs(words);
    Map<String, String> labels = new LinkedHashMap<>(pairs);
    labels.keySet().removeAll(POD_WORDS);
    return head("apps/v1", "Deployment", name, Map.of())
        + "spec:\n  selector:\n    matchLabels:\n"
        + map(labels, "      ")
        + "  template:\n    metadata:\n      labels:\n"
        + map(labels, "        ")
        + "    spec:\n"
        + containers(pairs, "      ");
  }

  /**
   * {@code service shop/web 10.96.0.10 80:8080/TCP select app=web [type=NodePort]
   * [nodePort=30080]}.
   */
  private static String service(String name, List<String> words) {
    String address = words.removeFirst();
    String port = words.removeFirst();
    int select = words.indexOf("select");
    Map<String, String> selector = new LinkedHashMap<>();
    if (select >= 0) {
      selector.putAll(pairs(words.subList(select + 1, words.size())));
    }
    Map<String, String> more = new LinkedHashMap<>();
    for (String key : List.of("type", "nodePort", "externalTrafficPolicy")) {
      if (selector.containsKey(key)) {
        more.put(key, selector.getOrDefault(key, ""));
        selector.remove(key);
      }
    }
    String[] parts = port.split("[:/]");
    StringBuilder out = new StringBuilder(head("v1", "Service", name, Map.of()));
    out.append("spec:\n  clusterIP: ").append(quoted(address)).append("\n  type: ");
    out.append(more.getOrDefault("type", "ClusterIP")).append('\n');
    if (more.containsKey("externalTrafficPolicy")) {
      out.append("  externalTrafficPolicy: ")
          .append(more.get("externalTrafficPolicy"))
          .append('\n');
    }
    out.append("  selector:\n").append(map(selector, "    "));
    out.append("  ports:\n    - {port: ")
        .append(parts[0])
        .append(", targetPort: ")
        .append(parts[1]);
    out.append(", protocol: ").append(parts.length > 2 ? parts[2] : "TCP");
    out.append(more.containsKey("nodePort") ? ", nodePort: " + more.get("nodePort") : "")
        .append("}\n");
    return out.toString();
  }
}
