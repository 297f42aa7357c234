package io.github.polverdict.workbench;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Platforms;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Profile;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.universe.UniverseBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Says what a session was made from. */
final class Inventories {
  /** What universes are built from and engines recognised by, beside policies. */
  private static final Set<String> READ =
      Set.of(
          "Namespace",
          "Pod",
          "Node",
          "Service",
          "Endpoints",
          "EndpointSlice",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "ReplicationController",
          "ConfigMap");

  private Inventories() {}

  static Inventory of(Session session) {
    Snapshot snapshot = session.snapshot();
    Map<String, Integer> kinds = new TreeMap<>();
    snapshot.documents().forEach(d -> kinds.merge(d.id().type(), 1, Integer::sum));
    Set<String> policyKinds = session.workbench().policyKinds();
    Set<String> read = new HashSet<>(READ);
    read.addAll(policyKinds);
    read.addAll(Platforms.known().kinds());
    return new Inventory(
        kinds,
        snapshot.unread(read),
        snapshot.gaps().stream().map(Inventories::missing).toList(),
        engines(session),
        platforms(snapshot),
        UniverseBuilder.namespaces(snapshot),
        policies(session, policyKinds));
  }

  static Set<String> unmodelled(Profile profile) {
    Set<String> out = new HashSet<>();
    profile.unmodelled().forEach(u -> out.addAll(u.kinds()));
    return out;
  }

  private static Missing missing(Gap gap) {
    return new Missing(
        gap.kinds().stream().sorted().toList(),
        gap.namespace(),
        gap.what(),
        gap.why(),
        gap.origin());
  }

  private static List<Inventory.Engine> engines(Session session) {
    List<Inventory.Engine> out = new ArrayList<>();
    for (int i = 0; i < session.engines().size(); i++) {
      Sighting sighting = session.engines().get(i);
      out.add(
          new Inventory.Engine(
              session.model().pins().get(i),
              sighting.nodes().map(n -> n.stream().sorted().toList()).orElse(List.of()),
              sighting.because().stream()
                  .map(r -> new Inventory.Reason(r.says(), r.origin()))
                  .toList(),
              assumed(session, sighting)));
    }
    return out;
  }

  /** The specification is never recognised: it is said, or it is what is left. */
  private static boolean assumed(Session session, Sighting sighting) {
    return DialectResolver.areCandidates(session.engines())
        || DialectResolver.isTakenFromPolicies(sighting)
        || (sighting.dialect().equals(DialectResolver.SPECIFICATION)
            && sighting.because().stream()
                .allMatch(r ->
                    r.origin() instanceof Origin.Said(String words) && !words.startsWith("--cni")));
  }

  private static List<Inventory.Platform> platforms(Snapshot snapshot) {
    return Platforms.known().recognise(snapshot).stream()
        .map(p ->
            new Inventory.Platform(
                p.id(),
                p.title(),
                p.nodes().map(n -> n.stream().sorted().toList()).orElse(List.of()),
                p.because().stream().map(r -> new Inventory.Reason(r.says(), r.origin())).toList()))
        .toList();
  }

  /** Kinds whose objects do something of their own under some engine. */
  private static boolean acts(Workbench workbench, String kind) {
    return workbench.dialects().all().stream()
            .flatMap(d -> d.policyKinds().stream())
            .anyMatch(k -> k.type().equals(kind) && k.power() != PolicyKind.Power.SUPPORTS)
        || workbench.dialects().profiles().stream().anyMatch(p -> unmodelled(p).contains(kind));
  }

  private static List<Inventory.Note> notes(Session session, String object) {
    return session.standings().stream()
        .filter(s -> s.object().equals(object))
        .map(s -> new Inventory.Note(degree(s.degree()), s.says(), s.origin()))
        .toList();
  }

  private static Inventory.Degree degree(Standing.Degree degree) {
    return switch (degree) {
      case PARTLY -> Inventory.Degree.PARTLY;
      case STAGED -> Inventory.Degree.STAGED;
      case INERT -> Inventory.Degree.INERT;
      case ELSEWHERE -> Inventory.Degree.ELSEWHERE;
    };
  }

  private static List<Inventory.PolicyDocument> policies(Session session, Set<String> policyKinds) {
    List<Inventory.PolicyDocument> out = new ArrayList<>();
    Set<String> acting = new HashSet<>(policyKinds);
    acting.removeIf(kind -> !acts(session.workbench(), kind));
    for (Document document : session.snapshot().documents()) {
      String kind = document.id().type();
      boolean known = acting.contains(kind);
      if (known || UnknownKinds.isTakenForPolicy(document, session.snapshot(), policyKinds)) {
        List<String> readBy =
            session.engines().stream()
                .filter(engine -> reads(session.workbench(), engine, kind))
                .map(Sighting::dialect)
                .distinct()
                .sorted()
                .toList();
        out.add(
            new Inventory.PolicyDocument(
                document.id().text(),
                kind,
                known,
                readBy,
                notes(session, document.id().text()),
                document.origin()));
      }
    }
    return out;
  }

  /** Whether an engine reads a kind in its version and configuration. */
  private static boolean reads(Workbench workbench, Sighting engine, String kind) {
    return workbench.dialects().reads(engine).contains(kind)
        || unmodelled(workbench.dialects().profile(engine.dialect())).contains(kind);
  }
}
