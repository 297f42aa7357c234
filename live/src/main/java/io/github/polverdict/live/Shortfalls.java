package io.github.polverdict.live;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.live.ClusterReading.Part;
import io.github.polverdict.live.Listing.Outcome;
import io.github.polverdict.live.Resource.Reach;
import io.github.polverdict.snapshot.Gap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a reading lacks: a gap for each resource and place, a finding for each reason. */
final class Shortfalls {
  private final String cluster;
  private final boolean allNamespacesKnown;
  private final Map<Resource, List<Part>> parts = new LinkedHashMap<>();

  /**
   * @param allNamespacesKnown whether the namespaces could be listed, so that none is overlooked
   */
  Shortfalls(String cluster, boolean allNamespacesKnown) {
    this.cluster = cluster;
    this.allNamespacesKnown = allNamespacesKnown;
  }

  void add(Part part) {
    parts.computeIfAbsent(part.resource(), _ -> new ArrayList<>()).add(part);
  }

  boolean everythingForbidden() {
    return parts.values().stream()
        .flatMap(List::stream)
        .noneMatch(p ->
            p.result().outcome() == Outcome.COMPLETE || p.result().outcome() == Outcome.BROKEN);
  }

  /** Why the first of them is missing. */
  String firstReason() {
    return lacks().stream().map(l -> l.gap().why()).findFirst().orElse("nothing may be listed");
  }

  List<Gap> gaps() {
    return lacks().stream().map(Lack::gap).toList();
  }

  /**
   * A gap and what it costs.
   *
   * @param title what of the resource is missing, {@code pods after the first 500}
   * @param place where, {@code in namespace hidden}; empty for the whole cluster
   */
  private record Lack(Resource resource, Outcome outcome, String title, String place, Gap gap) {}

  private List<Lack> lacks() {
    List<Lack> out = new ArrayList<>();
    parts.forEach((resource, of) -> {
      Part wide = of.getFirst();
      switch (wide.result().outcome()) {
        case COMPLETE, ABSENT -> {}
        case BROKEN, EXPIRED -> out.add(lack(wide, partial(wide), "", Set.of()));
        case FORBIDDEN -> out.addAll(forbidden(resource, wide, of.subList(1, of.size())));
      }
    });
    return out;
  }

  private List<Lack> forbidden(Resource resource, Part wide, List<Part> narrow) {
    List<Part> failed = narrow.stream().filter(Shortfalls::failed).toList();
    if (resource.reach() != Reach.CLUSTER && allNamespacesKnown) {
      return failed.stream().map(p -> lack(p, partial(p), p.namespace(), Set.of())).toList();
    }
    Set<String> read = new TreeSet<>();
    narrow.stream().filter(p -> !failed(p)).forEach(p -> read.add(p.namespace()));
    return List.of(lack(wide, resource.title(), "", read));
  }

  private static boolean failed(Part part) {
    return part.result().outcome() != Outcome.COMPLETE && part.result().outcome() != Outcome.ABSENT;
  }

  /** What is missing of a list: all of it, or what was to come after the objects that came. */
  private static String partial(Part part) {
    int came = part.result().documents().size();
    return part.resource().title()
        + (came == 0 || part.resource().byName() ? "" : " after the first " + came);
  }

  private Lack lack(Part part, String title, String namespace, Set<String> except) {
    String place = namespace.isEmpty() ? "" : " in namespace " + namespace;
    if (!except.isEmpty()) {
      place = " outside of " + String.join(", ", except);
    }
    String what = title + place;
    Origin origin = new Origin.InCluster(cluster, what, "", "");
    Gap gap =
        new Gap(
            Set.of(part.resource().type()), namespace, except, what, part.result().why(), origin);
    return new Lack(part.resource(), part.result().outcome(), title, place, gap);
  }

  /** One finding for all that is missing in one place for one reason. */
  List<Finding> findings() {
    Map<String, List<Lack>> alike = new LinkedHashMap<>();
    for (Lack lack : lacks()) {
      alike
          .computeIfAbsent(lack.place() + "|" + lack.gap().why(), _ -> new ArrayList<>())
          .add(lack);
    }
    return alike.values().stream().map(this::finding).toList();
  }

  private Finding finding(List<Lack> lacks) {
    Lack first = lacks.getFirst();
    boolean forbidden = first.outcome() == Outcome.FORBIDDEN;
    Set<String> costs = new LinkedHashSet<>();
    lacks.forEach(l -> costs.add(l.resource().costs()));
    String what = String.join(", ", lacks.stream().map(Lack::title).toList()) + first.place();
    return new Finding(
        forbidden ? "PV040" : "PV041",
        forbidden ? Severity.WARNING : Severity.ERROR,
        "not read: %s (%s)".formatted(what, first.gap().why()),
        "%s: %s"
            .formatted(
                forbidden
                    ? "grant list on them as deploy/rbac/read.yaml does; until then"
                    : "try again; until then",
                String.join(", ", costs)),
        new Origin.InCluster(cluster, first.gap().what(), "", ""));
  }
}
