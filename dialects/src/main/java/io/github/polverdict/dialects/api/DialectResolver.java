package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says which engines judge a snapshot: what the user says, else what it shows, else the
 * specification.
 */
public final class DialectResolver {
  /** The dialect that judges when no engine is known. */
  public static final String SPECIFICATION = "kubernetes";

  /** Where it is known from that no engine was found and none said. */
  static final Origin NOTHING_SAID = new Origin.Said("no --cni");

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
    if (seen.isEmpty()) {
      String says =
          "no known engine is in the snapshot: judged by the specification; say --cni to choose"
              + " one";
      Reason reason = new Reason(says, NOTHING_SAID);
      return List.of(new Sighting(SPECIFICATION, "", Map.of(), Optional.empty(), List.of(reason)));
    }
    return seen;
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
