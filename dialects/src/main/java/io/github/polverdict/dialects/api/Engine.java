package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.dialects.api.Profile.Setting;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A sighting held against its profile: which rows hold for it. The only place where versions are
 * compared.
 */
final class Engine implements Context {
  private final Profile profile;
  private final Sighting sighting;
  private final Objects objects;
  private final Optional<Version> version;
  private final Set<String> active = new HashSet<>();

  /** The objects around the engine, and what their kinds may be defined as. */
  record Objects(Snapshot snapshot, Definitions definitions) {}

  Engine(Profile profile, Sighting sighting, Objects objects) {
    this.profile = profile;
    this.sighting = sighting;
    this.objects = objects;
    this.version = judgedAs(profile, sighting.version());
    for (Quirk quirk : profile.quirks()) {
      if (holds(quirk.when())) {
        active.add(quirk.id());
      }
    }
  }

  private static Optional<Version> judgedAs(Profile profile, String found) {
    if (!Version.readable(found)) {
      return profile.newest().isEmpty()
          ? Optional.empty()
          : Optional.of(Version.parse(profile.newest()));
    }
    return Optional.of(Version.parse(found).latestPatch(profile.newest()));
  }

  private boolean holds(Quirk.When when) {
    return !when.equals(Quirk.When.NEVER)
        && version.map(v -> v.in(when.version())).orElse(true)
        && when.config().entrySet().stream()
            .allMatch(e -> holds(setting(e.getKey()), e.getValue()));
  }

  private static boolean holds(String value, String condition) {
    if (condition.startsWith("contains ")) {
      return List.of(value.split("[, ]+"))
          .contains(condition.substring("contains ".length()).strip());
    }
    if (condition.startsWith("!=")) {
      return !value.equals(condition.substring(2).strip());
    }
    return value.equals(condition);
  }

  @Override
  public String dialect() {
    return profile.dialect();
  }

  @Override
  public boolean active(String quirk) {
    row(quirk);
    return active.contains(quirk);
  }

  @Override
  public Origin.BuiltIn origin(String quirk) {
    return new Origin.BuiltIn(profile.dialect(), quirk, row(quirk).says());
  }

  private Quirk row(String quirk) {
    return profile
        .quirk(quirk)
        .orElseThrow(
            () -> new IllegalArgumentException(profile.dialect() + " has no row " + quirk));
  }

  @Override
  public String setting(String name) {
    String set = sighting.settings().get(name);
    return set != null ? set : usual(name);
  }

  private String usual(String name) {
    Setting setting =
        profile
            .setting(name)
            .orElseThrow(
                () -> new IllegalArgumentException(profile.dialect() + " has no setting " + name));
    return setting.defaults().stream()
        .filter(d -> version.map(v -> v.in(d.version())).orElse(true))
        .map(Setting.Default::value)
        .findFirst()
        .orElse("");
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> out = new TreeMap<>();
    sighting
        .settings()
        .forEach((name, value) -> {
          if (profile.setting(name).isPresent() && !value.equals(usual(name))) {
            out.put(name, value);
          }
        });
    return out;
  }

  @Override
  public List<Finding> refusals(Document document) {
    return objects.definitions().refusals(document, objects.snapshot(), this).orElse(List.of());
  }

  @Override
  public List<Finding> refusals(Document document, Supplier<List<Finding>> form) {
    return objects.definitions().refusals(document, objects.snapshot(), this, form);
  }

  /**
   * The releases that this version may be like: its own minor release, else the last before it and
   * the first after it.
   *
   * @param releases in order, at least one
   */
  List<String> near(List<String> releases) {
    if (version.isEmpty()) {
      return List.of(releases.getLast());
    }
    List<String> out = new ArrayList<>();
    for (String release : releases) {
      int order = Version.parse(release).compareTo(version.get().minor());
      if (order <= 0) {
        out.clear();
        out.add(release);
      }
      if (order == 0) {
        return out;
      }
      if (order > 0) {
        out.add(release);
        return out;
      }
    }
    return out;
  }

  /** The rows that hold, in the profile's order. */
  List<Quirk> activeRows() {
    return profile.quirks().stream().filter(q -> active.contains(q.id())).toList();
  }

  /** The kinds of policy that the engine enforces and that are not judged yet. */
  List<String> unmodelled() {
    return profile.unmodelled().stream()
        .filter(u -> holds(u.when()))
        .flatMap(u -> u.kinds().stream())
        .toList();
  }

  /** Whether the engine enforces a kind of policy that is not judged yet. */
  boolean enforcesUnmodelled(String kind) {
    return unmodelled().contains(kind);
  }

  /** {@code calico 3.31}. */
  String name() {
    return sighting.version().isEmpty()
        ? profile.dialect()
        : profile.dialect() + " " + sighting.version();
  }

  Sighting sighting() {
    return sighting;
  }

  Pin pin() {
    List<String> because = sighting.because().stream().map(Sighting.Reason::says).toList();
    List<String> assumed = new ArrayList<>();
    boolean versioned = !profile.newest().isEmpty();
    if (versioned && !Version.readable(sighting.version())) {
      assumed.add("its version is not known: judged as " + profile.newest());
    } else if (versioned && !Version.parse(sighting.version()).in(known())) {
      assumed.add(
          "%s is outside of the versions that the profile speaks of (%s to %s)"
              .formatted(sighting.version(), profile.oldest(), profile.newest()));
    }
    return new Pin(
        profile.dialect(), sighting.version(), profile.version(), settings(), because, assumed);
  }

  private String known() {
    int[] newest = Version.parse(profile.newest()).numbers().clone();
    int minor = Math.min(1, newest.length - 1);
    newest[minor]++; // later patches of the newest minor version are known
    Version end = new Version(java.util.Arrays.copyOf(newest, minor + 1));
    return (profile.oldest().isEmpty() ? "" : ">= " + profile.oldest() + ", ") + "< " + end;
  }
}
