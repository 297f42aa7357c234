package io.github.polverdict.dialects.api;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Documents;
import io.github.polverdict.snapshot.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All dialects that are on the class path, with their profiles; in the order of their ids. */
public final class Dialects {
  private final Map<String, Entry> byId = new TreeMap<>();
  private final Definitions definitions;

  private record Entry(Dialect dialect, Profile profile) {}

  private Dialects(List<Dialect> dialects) {
    Map<String, Definitions.Owned> bundles = new TreeMap<>();
    for (Dialect dialect : dialects) {
      byId.put(dialect.id(), new Entry(dialect, profileOf(dialect)));
      for (Bundle bundle : dialect.definitions()) {
        bundles.put(bundle.group(), new Definitions.Owned(dialect, bundle));
      }
    }
    this.definitions = new Definitions(bundles);
  }

  private Dialects(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * The same dialects with one row of a profile that always holds, or never: what would be if it
   * were so.
   *
   * @param quirk the row's id
   */
  public Dialects switched(String quirk, boolean on) {
    Dialects out = new Dialects(definitions);
    byId.forEach((id, entry) ->
        out.byId.put(id, new Entry(entry.dialect(), entry.profile().switched(quirk, on))));
    return out;
  }

  /** The ids of the rows that hold for an engine as it was seen. */
  public Set<String> active(Sighting engine) {
    return engine(engine).activeRows().stream().map(Quirk::id).collect(Collectors.toSet());
  }

  private Engine engine(Sighting sighting) {
    Snapshot nothing = new Snapshot("", List.of(), List.of(), List.of());
    return new Engine(
        profile(sighting.dialect()), sighting, new Engine.Objects(nothing, definitions));
  }

  /** An engine as it was seen, without the objects around it. */
  public Context context(Sighting engine) {
    return engine(engine);
  }

  /** The kinds of policy that an engine as it was seen reads. */
  public Set<String> reads(Sighting engine) {
    return dialect(engine.dialect()).policyKinds(context(engine)).stream()
        .map(PolicyKind::type)
        .collect(Collectors.toSet());
  }

  /** Only these, whose profiles lie beside their classes. */
  public static Dialects of(List<Dialect> some) {
    return new Dialects(some);
  }

  /** Finds every dialect through {@link ServiceLoader}. */
  public static Dialects installed() {
    List<Dialect> found = new ArrayList<>();
    ServiceLoader.load(Dialect.class).forEach(found::add);
    found.sort(Comparator.comparing(Dialect::id));
    return new Dialects(found);
  }

  private static Profile profileOf(Dialect dialect) {
    String name = dialect.id() + ".yaml";
    Profile profile = ProfileReader.read(bundled(dialect.getClass(), name));
    if (!profile.dialect().equals(dialect.id())) {
      throw new IllegalStateException(name + " is the profile of " + profile.dialect());
    }
    return profile;
  }

  /** A YAML file that lies beside a class. */
  static Document bundled(Class<?> beside, String name) {
    return Documents.yaml(new String(bytes(beside, name), StandardCharsets.UTF_8), name);
  }

  /** A file that lies beside a class. */
  static byte[] bytes(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no file " + name + " beside " + beside);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Definitions definitions() {
    return definitions;
  }

  public List<Dialect> all() {
    return byId.values().stream().map(Entry::dialect).toList();
  }

  public List<Profile> profiles() {
    return byId.values().stream().map(Entry::profile).toList();
  }

  Dialect dialect(String id) {
    return entry(id).dialect();
  }

  /** The profile of a dialect by its id. */
  public Profile profile(String id) {
    return entry(id).profile();
  }

  private Entry entry(String id) {
    return Optional.ofNullable(byId.get(id))
        .orElseThrow(() -> new IllegalArgumentException("no dialect '" + id + "'"));
  }

  /**
   * What a user's words mean: a dialect's id with the settings, all of them known to its profile.
   *
   * @throws IllegalArgumentException with a sentence for the user that names what exists
   */
  public CniSpec understand(CniSpec said) {
    CniSpec meant = withoutAlias(said);
    Profile profile = profile(meant.name());
    if (!meant.version().isEmpty() && !Version.readable(meant.version())) {
      throw new IllegalArgumentException(
          "'"
              + meant.version()
              + "' is not a version; say "
              + meant.name()
              + "@"
              + profile.newest());
    }
    meant.settings().forEach((name, value) -> check(profile, name, value));
    return meant;
  }

  private CniSpec withoutAlias(CniSpec said) {
    if (byId.containsKey(said.name())) {
      return said;
    }
    for (Entry entry : byId.values()) {
      Map<String, String> meant = entry.dialect().aliases().get(said.name());
      if (meant != null) {
        Map<String, String> settings = new TreeMap<>(meant);
        settings.putAll(said.settings());
        return new CniSpec(entry.dialect().id(), said.version(), settings);
      }
    }
    List<String> names = new ArrayList<>(byId.keySet());
    byId.values().forEach(e -> names.addAll(e.dialect().aliases().keySet()));
    throw new IllegalArgumentException(
        "no engine '"
            + said.name()
            + "' is known; known are "
            + String.join(", ", names.stream().sorted().toList()));
  }

  private static void check(Profile profile, String name, String value) {
    Profile.Setting setting =
        profile
            .setting(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s has no setting '%s' that changes a verdict; it has %s"
                        .formatted(
                            profile.dialect(),
                            name,
                            profile.settings().isEmpty()
                                ? "none"
                                : String.join(
                                    ", ",
                                    profile.settings().stream()
                                        .map(Profile.Setting::name)
                                        .toList()))));
    if (!setting.values().isEmpty() && !setting.values().contains(value)) {
      throw new IllegalArgumentException(
          "'%s' is not a value of %s of %s; it may be %s"
              .formatted(value, name, profile.dialect(), String.join(", ", setting.values())));
    }
  }
}
