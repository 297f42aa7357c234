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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Some scenarios' clusters, made in a lab side by side, each in namespaces of its own. The pods are
 * there from the beginning, the policies come and go.
 */
final class Stage implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3);
  private static final int AT_ONCE = 60;

  private final Ground ground;
  private final Site site;
  private final Map<Case, Recreation> recreations = new LinkedHashMap<>();
  private final Map<Case, Naming> names = new HashMap<>();
  private final Map<Case, Ends> ends = new HashMap<>();
  private final Map<Case, String> refused = new HashMap<>();

  /**
   * Makes the pods.
   *
   * @param prefix no other stage of the lab has it; goes before the names of namespaces
   * @param policies the types that are taken over
   */
  Stage(Ground ground, String prefix, List<Case> cases, Set<String> policies) {
    this.ground = ground;
    this.site = new Site(ground);
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
    start();
  }

  /** Starts the pods, not too many at once: what waits too long for an agent begins anew. */
  private void start() {
    Map<Case, Manifests> some = new LinkedHashMap<>();
    int pods = 0;
    for (Case one : List.copyOf(recreations.keySet())) {
      some.put(one, pods(Objects.requireNonNull(recreations.get(one))));
      pods += one.pods();
      if (pods >= AT_ONCE) {
        start(some);
        some.clear();
        pods = 0;
      }
    }
    start(some);
  }

  private void start(Map<Case, Manifests> some) {
    apply(some, "the server says: ");
    Set<String> unready = site.awaitPods(START);
    for (Case one : some.keySet()) {
      String prefix = Objects.requireNonNull(names.get(one)).prefix();
      unready.stream()
          .filter(pod -> pod.startsWith(prefix))
          .findFirst()
          .ifPresent(pod -> refused.put(one, "pod " + pod + " does not get ready"));
    }
  }

  private static Manifests pods(Recreation recreation) {
    return together(List.of(recreation.foundation(Map.of()), recreation.workloads()));
  }

  private static Manifests together(Iterable<Manifests> all) {
    List<Map<String, Object>> objects = new ArrayList<>();
    all.forEach(m -> objects.addAll(m.objects()));
    return new Manifests(objects);
  }

  /** Applies them all at once; where the server refuses something, by each to learn whose it is. */
  private void apply(Map<Case, Manifests> made, String why) {
    if (site.apply(together(made.values())).isPresent()) {
      made.forEach((one, manifests) ->
          site.apply(manifests).ifPresent(said -> refused.put(one, why + said)));
    }
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

  /** Makes the policies of some of its cases. */
  void enforce(List<Case> cases) {
    Map<Case, Manifests> made = new LinkedHashMap<>();
    for (Case one : cases) {
      if (!refused.containsKey(one)) {
        Addresses translation = ends(one).translation();
        Manifests policies = policies(one, translation);
        if (translation.unkept().isEmpty()) {
          made.put(one, policies);
        } else {
          refused.put(one, "no range of the lab holds the same as " + translation.unkept());
        }
      }
    }
    apply(made, "the server refuses a policy: ");
  }

  private Manifests policies(Case one, Addresses translation) {
    Recreation recreation = Objects.requireNonNull(recreations.get(one));
    return together(List.of(recreation.slices(translation), recreation.policies(translation)));
  }

  /** Takes the policies of some of its cases away again. */
  void lift(List<Case> cases) {
    Manifests made = together(cases.stream().map(c -> policies(c, ends(c).translation())).toList());
    if (!made.objects().isEmpty()) {
      ground.kubectl(made.json(), "delete", "--ignore-not-found", "--wait=true", "-f", "-");
    }
  }

  /** Why a case can't be played after all. */
  Optional<String> refusal(Case one) {
    return Optional.ofNullable(refused.get(one));
  }

  Ends ends(Case one) {
    return Objects.requireNonNull(ends.get(one));
  }

  /** Lets all of it go: pods that are told to end at once need no word of their own. */
  @Override
  public void close() {
    List<String> words = new ArrayList<>(List.of("delete", "namespace", "--wait=false"));
    names.values().forEach(n -> n.namespaces().forEach(name -> words.add(n.prefix() + name)));
    ground.kubectl("", words.toArray(String[]::new));
  }
}
