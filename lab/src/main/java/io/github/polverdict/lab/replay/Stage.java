package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.recreate.Addresses;
import io.github.polverdict.lab.recreate.Manifests;
import io.github.polverdict.lab.recreate.Naming;
import io.github.polverdict.lab.recreate.Port;
import io.github.polverdict.lab.recreate.Recreation;
import io.github.polverdict.lab.recreate.Site;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.testkit.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Some scenarios' clusters, made in a lab side by side, each in namespaces of its own. */
final class Stage implements AutoCloseable {
  private final Ground ground;
  private final Site site;
  private final Set<String> policies;
  private final Map<Case, Recreation> recreations = new LinkedHashMap<>();
  private final Map<Case, Naming> names = new HashMap<>();
  private final Map<Case, String> refused = new HashMap<>();
  private final List<Manifests> clusterWide = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param prefix no other stage of the lab has it; goes before the names of namespaces
   * @param policies the types that are taken over
   */
  Stage(Ground ground, String prefix, List<Case> cases, Set<String> policies) {
    this.ground = ground;
    this.site = new Site(ground);
    this.policies = policies;
    int number = 0;
    for (Case one : cases) {
      Naming naming = new Naming(prefix + number++ + "-", one.namespaces());
      names.put(one, naming);
      recreations.put(
          one,
          new Recreation(
              one.snapshot(),
              naming,
              new Recreation.Wanted(
                  policies, listening(one), Map.of("n1", "n1", "n2", "n2"), false)));
    }
    Set<String> outside = new TreeSet<>();
    cases.forEach(c -> outside.addAll(outside(c)));
    if (!outside.isEmpty()) {
      ground.outside(outside);
    }
    recreations.forEach((one, recreation) -> {
      List<Map<String, Object>> objects = new ArrayList<>(recreation.foundation().objects());
      objects.addAll(recreation.workloads().objects());
      site.apply(new Manifests(objects))
          .ifPresent(why -> refused.put(one, "the server says: " + why));
    });
    site.awaitPods(Duration.ofSeconds(150));
    recreations.forEach((one, recreation) -> {
      if (!refused.containsKey(one)) {
        policies(one, recreation);
      }
    });
  }

  /** What flows call, so that somebody answers. */
  private static Map<String, Set<Port>> listening(Case one) {
    Map<String, Set<Port>> out = new HashMap<>();
    for (Scenario.Row row : one.scenario().rows()) {
      Way.of(row.from(), row.to())
          .filter(w -> w.port() > 0)
          .ifPresent(w ->
              out.computeIfAbsent(w.to(), _ -> new TreeSet<>())
                  .add(new Port(w.port(), w.protocol())));
    }
    return out;
  }

  private static Set<String> outside(Case one) {
    Set<String> known = new TreeSet<>(Case.NODES.values());
    for (Document pod : one.snapshot().ofKind("Pod")) {
      pod.at("status", "podIPs").items().forEach(ip -> known.add(ip.get("ip").text("")));
    }
    Set<String> out = new TreeSet<>();
    for (Scenario.Row row : one.scenario().rows()) {
      Way.of(row.from(), row.to())
          .ifPresent(
              w -> List.of(w.from(), w.to()).stream().filter(Way::isAddress).forEach(out::add));
    }
    out.removeAll(known);
    out.removeIf(a -> a.startsWith("10.96.") || a.startsWith("127."));
    return out;
  }

  private void policies(Case one, Recreation recreation) {
    Addresses translation = Site.translation();
    Case.NODES.values().forEach(a -> translation.add(a, a));
    one.snapshot()
        .ofKind("Pod")
        .forEach(p -> translation.add(p.at("status", "podIP").text(""), address(one, "Pod", p)));
    one.snapshot()
        .ofKind("Service")
        .forEach(
            s -> translation.add(s.at("spec", "clusterIP").text(""), address(one, "Service", s)));
    Manifests made = recreation.policies(translation);
    if (!translation.unkept().isEmpty()) {
      refused.put(one, "no range of the lab holds the same as " + translation.unkept());
      return;
    }
    if (one.isClusterWide(policies)) {
      clusterWide.add(made);
    }
    site.apply(made).ifPresent(why -> refused.put(one, "the server refuses a policy: " + why));
  }

  private String address(Case one, String kind, Document document) {
    String id = document.id().namespace() + "/" + document.id().name();
    return site.address(kind + " " + naming(one).inFlow(id)).orElse("");
  }

  Set<Case> cases() {
    return recreations.keySet();
  }

  /** Why a case can't be played after all. */
  Optional<String> refusal(Case one) {
    return Optional.ofNullable(refused.get(one));
  }

  Naming naming(Case one) {
    return java.util.Objects.requireNonNull(names.get(one));
  }

  /** The address to call for an end of a flow; empty when there is no such thing here. */
  Optional<String> address(Case one, String end) {
    if (Way.isAddress(end)) {
      return Optional.of(end);
    }
    if (end.startsWith("node/")) {
      return Optional.ofNullable(Case.NODES.get(end.substring("node/".length())));
    }
    String here = naming(one).inFlow(end);
    String key =
        here.startsWith("svc/") ? "Service " + here.substring("svc/".length()) : "Pod " + here;
    return site.address(key);
  }

  /** Where a packet of a flow's source is sent from. */
  Optional<String> where(Case one, String end) {
    if (Way.isAddress(end)) {
      return outside(one).contains(end) ? Optional.of("outside-" + end) : Optional.empty();
    }
    if (end.startsWith("node/")) {
      return Optional.of(end.substring("node/".length())).filter(Case.NODES::containsKey);
    }
    return address(one, end).map(_ -> naming(one).inFlow(end));
  }

  @Override
  public void close() {
    clusterWide.forEach(
        m -> ground.kubectl(m.json(), "delete", "--ignore-not-found", "--wait=true", "-f", "-"));
    List<String> namespaces = new ArrayList<>();
    recreations
        .keySet()
        .forEach(c -> c.namespaces().forEach(n -> namespaces.add(naming(c).prefix() + n)));
    for (String namespace : namespaces) {
      ground.kubectl(
          "",
          "delete",
          "pods,services,networkpolicies",
          "--all",
          "-n",
          namespace,
          "--force",
          "--grace-period=0",
          "--wait=false");
    }
    List<String> words = new ArrayList<>(List.of("delete", "namespace", "--wait=false"));
    words.addAll(namespaces);
    ground.kubectl("", words.toArray(String[]::new));
  }
}
