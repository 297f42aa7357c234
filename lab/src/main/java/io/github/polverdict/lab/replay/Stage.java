package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.Ground;
import io.github.polverdict.lab.recreate.Addresses;
import io.github.polverdict.lab.recreate.Manifests;
import io.github.polverdict.lab.recreate.Naming;
import io.github.polverdict.lab.recreate.Port;
import io.github.polverdict.lab.recreate.Recreation;
import io.github.polverdict.lab.recreate.Site;
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
  private final Map<Case, Ends> ends = new HashMap<>();
  private final Map<Case, String> refused = new HashMap<>();
  private final List<Manifests> alone = new ArrayList<>();

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
      ends.put(one, new Ends(one, naming, site));
      recreations.put(
          one,
          new Recreation(
              one.snapshot(),
              naming,
              new Recreation.Wanted(policies, listening(one), one.nodes(), false, false)));
    }
    Set<String> outside = new TreeSet<>();
    ends.values().forEach(e -> outside.addAll(e.outside()));
    if (!outside.isEmpty()) {
      ground.outside(outside);
    }
    recreations.forEach((one, recreation) -> {
      List<Map<String, Object>> objects =
          new ArrayList<>(recreation.foundation(Map.of()).objects());
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
    one.ways()
        .filter(w -> w.port() > 0)
        .forEach(w ->
            out.computeIfAbsent(w.to(), _ -> new TreeSet<>())
                .add(new Port(w.port(), w.protocol())));
    return out;
  }

  private void policies(Case one, Recreation recreation) {
    Addresses translation = ends(one).translation();
    Manifests slices = recreation.slices(translation);
    Manifests made = recreation.policies(translation);
    if (!translation.unkept().isEmpty()) {
      refused.put(one, "no range of the lab holds the same as " + translation.unkept());
      return;
    }
    if (one.isAlone(policies)) {
      alone.add(made);
    }
    site.apply(slices)
        .or(() -> site.apply(made))
        .ifPresent(why -> refused.put(one, "the server refuses a policy: " + why));
  }

  Set<Case> cases() {
    return recreations.keySet();
  }

  /** Why a case can't be played after all. */
  Optional<String> refusal(Case one) {
    return Optional.ofNullable(refused.get(one));
  }

  Ends ends(Case one) {
    return java.util.Objects.requireNonNull(ends.get(one));
  }

  private String prefix(Case one) {
    return java.util.Objects.requireNonNull(names.get(one)).prefix();
  }

  @Override
  public void close() {
    alone.forEach(
        m -> ground.kubectl(m.json(), "delete", "--ignore-not-found", "--wait=true", "-f", "-"));
    List<String> namespaces = new ArrayList<>();
    recreations.keySet().forEach(c -> c.namespaces().forEach(n -> namespaces.add(prefix(c) + n)));
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
