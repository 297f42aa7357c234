package io.github.polverdict.dialects.knp;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Kindnetd;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the container kube-network-policies, alone or beside flannel, and kindnetd, whose image's
 * date tells the version of the library in it.
 */
final class KnpSightings {
  private static final Pattern IPVS = Pattern.compile("(?m)^\\s*mode:\\s*[\"']?ipvs\\b");
  private static final Pattern FLAVOUR = Pattern.compile(".*-(npa-v1alpha1|npa-v1alpha2)(@.*)?");

  /** The library's version from a date of kindnetd on, where a release tells; empty: not known. */
  private static final NavigableMap<Integer, String> LIBRARY =
      new TreeMap<>(
          Map.of(
              20240813, "0.5.1",
              20241108, "0.6.1",
              20250512, "0.8.0",
              20251213, "",
              20260528, "1.1.0",
              20260729, ""));

  private KnpSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Agents.container(set, "kube-network-policies")
          .ifPresent(c -> out.addAll(alone(snapshot, set, c)));
      Agents.container(set, "kindnet-cni")
          .flatMap(c -> kindnet(snapshot, set, c))
          .ifPresent(out::add);
    }
    return out;
  }

  private static List<Sighting> alone(Snapshot snapshot, Document set, Field agent) {
    Map<String, String> settings = new TreeMap<>();
    List<Reason> because = new ArrayList<>();
    if (Agents.container(set, "kube-flannel").isPresent()) {
      settings.put("distribution", "flannel");
      if (isRouted(snapshot)) {
        settings.put("flannel-backend", "host-gw");
      }
    }
    Matcher flavour = FLAVOUR.matcher(agent.get("image").text(""));
    if (flavour.matches()) {
      settings.put("flavour", flavour.group(1));
    }
    Agents.argument(agent, "admin-network-policy")
        .filter("true"::equals)
        .ifPresent(_ -> settings.put("flavour", "npa-v1alpha1"));
    for (String name : List.of("strict-mode", "fail-open", "netfilter-bug-1766-fix")) {
      Agents.argument(agent, name)
          .ifPresent(value -> {
            settings.put(name, value);
            because.add(
                new Reason(
                    set.id().text() + " runs with --" + name + "=" + value, agent.origin(), name));
          });
    }
    noteIpvs(snapshot, settings, because);
    return Agents.byVersion(
        snapshot,
        set,
        agent,
        version ->
            new Sighting(
                "kube-network-policies",
                version.replaceFirst("-.*", ""),
                settings,
                Optional.empty(),
                because));
  }

  /** Whether flannel carries pods' traffic by routes, as it writes on every Node. */
  private static boolean isRouted(Snapshot snapshot) {
    List<Document> nodes = snapshot.ofKind("Node");
    return !nodes.isEmpty()
        && nodes.stream()
            .allMatch(n ->
                n.at("metadata", "annotations")
                    .get("flannel.alpha.coreos.com/backend-type")
                    .text("")
                    .equals("host-gw"));
  }

  private static void noteIpvs(
      Snapshot snapshot, Map<String, String> settings, List<Reason> because) {
    snapshot
        .find("ConfigMap", "kube-system", "kube-proxy")
        .map(d -> d.at("data").get("config.conf"))
        .filter(f -> IPVS.matcher(f.text("")).find())
        .ifPresent(f -> {
          settings.put("kube-proxy-mode", "ipvs");
          String says = "ConfigMap kube-system/kube-proxy has mode ipvs";
          because.add(new Reason(says, f.origin(), "kube-proxy-mode"));
        });
  }

  /** A kindnetd that enforces; earlier ones are another dialect's. */
  private static Optional<Sighting> kindnet(Snapshot snapshot, Document set, Field agent) {
    OptionalInt date = Kindnetd.date(agent);
    var library = LIBRARY.floorEntry(date.orElse(Integer.MAX_VALUE));
    if (library == null) {
      return Optional.empty();
    }
    boolean on = !Agents.argument(agent, "network-policy").filter("false"::equals).isPresent();
    Map<String, String> settings =
        new TreeMap<>(Map.of("distribution", "kindnet", "strict-mode", "false"));
    if (!on) {
      settings.put("network-policy", "false");
    }
    String version = date.isPresent() ? library.getValue() : "";
    List<Reason> because = new ArrayList<>();
    because.add(Agents.imageReason(set, agent));
    because.add(
        new Reason(
            version.isEmpty()
                ? "which kube-network-policies is in that kindnetd is not known"
                : "that kindnetd has kube-network-policies " + version,
            agent.get("image").origin()));
    noteIpvs(snapshot, settings, because);
    return Optional.of(
        new Sighting("kube-network-policies", version, settings, Optional.empty(), because));
  }
}
