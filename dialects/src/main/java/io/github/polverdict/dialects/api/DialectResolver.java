package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.PolicyKind.Power;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says which engines judge a snapshot: what the user says, else what it shows. When neither says
 * any, a cluster is judged under every engine that it may be, and manifests by the engine whose own
 * kinds of policy they hold, else by the specification.
 */
public final class DialectResolver {
  /** The dialect that judges when no engine is known. */
  public static final String SPECIFICATION = "kubernetes";

  private static final String UNSEEN = "no engine was seen; ";

  /** Where it is known from that no engine was found and none said. */
  static final Origin NOTHING_SAID = new Origin.Said("no --cni");

  /** Where it is known from that an engine is only one of those that it may be. */
  private static final Origin MAY_BE = new Origin.Said("no engine recognised");

  private final Dialects dialects;

  public DialectResolver(Dialects dialects) {
    this.dialects = dialects;
  }

  /**
   * The engines of a snapshot; at least one.
   *
   * @param said what the user says the engine is; its version and settings win over what was found
   * @throws IllegalArgumentException with a sentence for the user when no such engine is known
   */
  public List<Sighting> resolve(Snapshot snapshot, Optional<CniSpec> said) {
    List<Sighting> seen = seen(snapshot);
    if (said.isPresent()) {
      CniSpec meant = dialects.understand(said.get());
      Reason reason = new Reason("--cni " + said.get(), new Origin.Said("--cni " + said.get()));
      return List.of(
          seen.stream()
              .filter(s -> s.dialect().equals(meant.name()))
              .findFirst()
              .map(s -> overridden(s, meant, reason))
              .orElseGet(() ->
                  new Sighting(
                      meant.name(),
                      meant.version(),
                      meant.settings(),
                      Optional.empty(),
                      List.of(reason))));
    }
    if (seen.isEmpty() && isCluster(snapshot)) {
      return candidates();
    }
    if (seen.isEmpty()) {
      Optional<Sighting> written = writtenFor(snapshot);
      if (written.isPresent()) {
        return List.of(written.get());
      }
      String says =
          "no known engine is in the snapshot: judged by the specification; say --cni to choose"
              + " one";
      Reason reason = new Reason(says, NOTHING_SAID);
      return List.of(new Sighting(SPECIFICATION, "", Map.of(), Optional.empty(), List.of(reason)));
    }
    return seen;
  }

  /**
   * The one engine that reads the policies of manifests beyond those of the specification. None
   * where there are no such policies, or policies of several engines.
   */
  private Optional<Sighting> writtenFor(Snapshot snapshot) {
    Set<PolicyKind> common = dialects.dialect(SPECIFICATION).policyKinds();
    Map<String, Reason> readers = new TreeMap<>();
    for (Dialect dialect : dialects.all()) {
      dialect.policyKinds().stream()
          .filter(kind -> kind.power() != Power.SUPPORTS && !common.contains(kind))
          .flatMap(kind -> snapshot.ofKind(kind.type()).stream())
          .findFirst()
          .ifPresent(policy -> readers.put(dialect.id(), only(dialect, policy)));
    }
    return readers.size() == 1
        ? readers.entrySet().stream()
            .map(e ->
                new Sighting(e.getKey(), "", Map.of(), Optional.empty(), List.of(e.getValue())))
            .findFirst()
        : Optional.empty();
  }

  private static Reason only(Dialect dialect, Document policy) {
    String says =
        UNSEEN
            + "%s is for %s: taken to enforce it, with its defaults (or say --cni)"
                .formatted(policy.id().text(), dialect.id());
    return new Reason(says, policy.origin());
  }

  /** Whether nothing shows the engine but the kinds of the policies. */
  public static boolean isTakenFromPolicies(Sighting engine) {
    return engine.because().stream().anyMatch(r -> r.says().startsWith(UNSEEN));
  }

  /** Whether the engines are those of which one may enforce, not those that do. */
  public static boolean areCandidates(List<Sighting> engines) {
    return engines.stream()
        .anyMatch(s -> s.because().stream().anyMatch(r -> r.origin().equals(MAY_BE)));
  }

  /**
   * Whether there are nodes, on which something enforces or nothing does; manifests have none.
   * Where agents could not be listed it is not the engine alone that is not known.
   */
  private static boolean isCluster(Snapshot snapshot) {
    return !snapshot.ofKind("Node").isEmpty()
        && snapshot.gaps().stream().noneMatch(g -> g.kinds().contains("DaemonSet"));
  }

  /** Every engine that runs somewhere, as it comes. */
  private List<Sighting> candidates() {
    String says =
        "no known engine was recognised in this cluster: it may be any, or none (say --cni)";
    return dialects.all().stream()
        .map(Dialect::id)
        .filter(id -> !id.equals(SPECIFICATION))
        .map(id ->
            new Sighting(id, "", Map.of(), Optional.empty(), List.of(new Reason(says, MAY_BE))))
        .toList();
  }

  /**
   * The engines that run on some node. An agent whose DaemonSet fits no node runs nowhere, unless
   * it is the only one there is: then it is started in some other way.
   */
  private List<Sighting> seen(Snapshot snapshot) {
    List<Sighting> all =
        dialects.all().stream().flatMap(d -> d.recognise(snapshot).stream()).toList();
    List<Sighting> placed =
        all.stream().filter(s -> s.nodes().map(n -> !n.isEmpty()).orElse(true)).toList();
    return placed.isEmpty() ? all.stream().map(DialectResolver::everywhere).toList() : placed;
  }

  private static Sighting everywhere(Sighting unplaced) {
    List<Reason> because = new ArrayList<>(unplaced.because());
    because.add(
        new Reason(
            "its DaemonSet fits no node that was read: taken to be started in another way",
            unplaced.because().getFirst().origin()));
    return new Sighting(
        unplaced.dialect(), unplaced.version(), unplaced.settings(), Optional.empty(), because);
  }

  private static Sighting overridden(Sighting found, CniSpec said, Reason reason) {
    boolean sameVersion = said.version().isEmpty() || said.version().equals(found.version());
    Map<String, String> settings = new TreeMap<>(found.settings());
    settings.putAll(said.settings());
    List<Reason> because = new ArrayList<>(List.of(reason));
    because.addAll(found.because());
    return new Sighting(
        found.dialect(),
        sameVersion ? found.version() : said.version(),
        settings,
        Optional.empty(),
        because);
  }
}
