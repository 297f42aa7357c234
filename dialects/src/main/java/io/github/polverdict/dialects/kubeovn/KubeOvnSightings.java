package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds Kube-OVN by its DaemonSet {@code kube-ovn-cni} and reads the arguments of the Deployment
 * {@code kube-ovn-controller}.
 */
final class KubeOvnSightings {
  private static final List<String> ARGUMENTS =
      List.of(
          "enable-np",
          "np-enforcement",
          "enable-lb",
          "enable-anp",
          "enable-dns-name-resolver",
          "node-switch-cidr");

  private KubeOvnSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "cni-server")
          .filter(c -> c.get("image").text("").contains("kube-ovn"))
          .filter(c -> !isSecondary(c))
          .ifPresent(c -> out.addAll(sightings(snapshot, set, c)));
    }
    return out;
  }

  private static List<Sighting> sightings(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    Optional<Document> controller =
        snapshot.find("Deployment", set.id().namespace(), "kube-ovn-controller");
    Optional<Field> container = controller.flatMap(d -> Agents.container(d, "kube-ovn-controller"));
    for (String name : ARGUMENTS) {
      container
          .flatMap(c -> Agents.argument(c, name))
          .map(value -> name.equals("np-enforcement") ? enforcement(value) : value)
          .ifPresent(value -> {
            settings.put(name, value);
            because.add(
                new Reason(
                    "Deployment kube-ovn-controller runs with --" + name + "=" + value,
                    container.orElseThrow().origin(),
                    name));
          });
    }
    List<Sighting> found =
        Agents.byVersion(
            snapshot,
            set,
            agent,
            version -> new Sighting("kube-ovn", version, settings, Optional.empty(), because));
    return Agents.placed(snapshot, set, found);
  }

  /** Whether it wires further interfaces only, beside another engine. */
  private static boolean isSecondary(Field container) {
    return Agents.argument(container, "non-primary-cni-mode").filter("true"::equals).isPresent();
  }

  /** Anything but {@code lax} is standard, also the chart's {@code "lax"} with its quotes. */
  private static String enforcement(String value) {
    return value.equals("lax") ? value : "standard";
  }
}
