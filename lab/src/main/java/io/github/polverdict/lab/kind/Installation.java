package io.github.polverdict.lab.kind;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.Programs;
import io.github.polverdict.lab.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an engine gets into a cluster of kind: a row of {@code engines.txt}, for one version.
 *
 * @param how {@code chart}, {@code manifest}, or {@code built-in}: what kind brings
 * @param source of the chart or the manifest, with {@code VERSION} for the version
 */
record Installation(CniSpec engine, String how, String source) {
  private static final String HELM = "https://helm.sh/docs/intro/install/";

  /** A program to run. */
  record Step(String says, String name, List<String> arguments) {
    Command program(Programs programs) {
      return name.equals("helm") ? programs.need(name, HELM) : programs.kubectl();
    }
  }

  static Installation of(CniSpec wanted) {
    List<List<String>> rows = Table.of(Installation.class, "engines.txt");
    List<String> row =
        rows.stream()
            .filter(r -> r.getFirst().equals(wanted.name()))
            .findFirst()
            .orElseThrow(() ->
                new LabFailure(
                    "a lab of kind can't have %s; what it can have: %s"
                        .formatted(
                            wanted.name(),
                            rows.stream().map(List::getFirst).collect(Collectors.joining(", ")))));
    String version = wanted.version().isEmpty() ? row.get(3) : full(wanted.version());
    CniSpec engine = new CniSpec(wanted.name(), version, wanted.settings());
    if (row.get(1).equals("built-in") && !wanted.version().isEmpty()) {
      throw new LabFailure("kind brings " + wanted.name() + " itself; leave its version out");
    }
    if (!row.get(1).equals("chart") && !wanted.settings().isEmpty()) {
      throw new LabFailure(
          "settings of %s can't be said here: it is not installed by a chart"
              .formatted(wanted.name()));
    }
    return new Installation(engine, row.get(1), row.get(2));
  }

  /** Releases have three numbers; of two the first patch is meant. */
  private static String full(String version) {
    return version.matches("\\d+\\.\\d+") ? version + ".0" : version;
  }

  /** The configuration that kind gets. One node is for pods, too; of more, the first is not. */
  String config(int nodes) {
    StringBuilder out = new StringBuilder("kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n");
    out.append("networking:\n  podSubnet: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/16\n");
    out.append("  disableDefaultCNI: ").append(!how.equals("built-in")).append('\n');
    out.append("nodes:\n  - role: control-plane\n");
    out.append("  - role: worker\n".repeat(nodes == 1 ? 0 : nodes));
    return out.toString();
  }

  /** What is run once the cluster is there. */
  List<Step> steps(Path kubeconfig) {
    String from = source.replace("VERSION", engine.version());
    List<String> words = new ArrayList<>(List.of("--kubeconfig", kubeconfig.toString()));
    return switch (how) {
      case "chart" -> {
        words.addAll(List.of("upgrade", "--install", engine.name(), engine.name(), "--repo", from));
        words.addAll(List.of("--version", engine.version(), "--namespace", "kube-system"));
        words.addAll(List.of("--wait", "--timeout", "10m"));
        words.addAll(values());
        yield List.of(new Step("helm installs " + engine, "helm", words));
      }
      case "manifest" -> {
        words.addAll(List.of("apply", "--server-side", "-f", from));
        yield List.of(new Step("kubectl installs " + engine + " from " + from, "kubectl", words));
      }
      default -> List.of();
    };
  }

  /**
   * The chart's values, as options: those that every cluster of kind needs, and the agent's
   * settings under names of their own, of the types that the chart's schema asks for, or as text as
   * they are.
   */
  private List<String> values() {
    Map<String, String> names = table("values.txt");
    Map<String, String> more = table("more-values.txt");
    List<String> out = new ArrayList<>(option("--set", more.getOrDefault("", "")));
    engine
        .settings()
        .forEach((key, value) -> {
          String name = names.get(key);
          String text = "=" + value.replace(",", "\\,");
          out.addAll(
              name == null
                  ? List.of("--set-string", "extraConfig." + key.replace(".", "\\.") + text)
                  : List.of("--set", name + text));
          out.addAll(option("--set", more.getOrDefault(key + "=" + value, "")));
        });
    return out;
  }

  private static List<String> option(String name, String value) {
    return value.isEmpty() ? List.of() : List.of(name, value);
  }

  private static Map<String, String> table(String resource) {
    return Table.of(Installation.class, resource).stream()
        .collect(Collectors.toMap(List::getFirst, List::getLast));
  }
}
