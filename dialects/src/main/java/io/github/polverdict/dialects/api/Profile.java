package io.github.polverdict.dialects.api;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one engine, as data: its settings and its quirks with their evidence.
 *
 * @param title the engine's own name, {@code Cilium}
 * @param version changes whenever a verdict can change
 * @param oldest the oldest version of the engine that the rows speak of; empty when it has none
 * @param newest the newest one
 * @param unmodelled kinds of policy that the engine enforces and that are not judged yet
 */
public record Profile(
    String dialect,
    String title,
    int version,
    String oldest,
    String newest,
    List<Setting> settings,
    List<Unmodelled> unmodelled,
    List<Quirk> quirks) {

  /** Kinds of policy that make what they touch UNKNOWN, under these versions and settings. */
  public record Unmodelled(List<String> kinds, Quirk.When when) {
    public Unmodelled {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * One setting of the engine that changes verdicts.
   *
   * @param name as the engine calls it
   * @param values what it may be; empty for anything
   * @param defaults the first whose version range holds is the default
   */
  public record Setting(String name, String says, List<String> values, List<Default> defaults) {
    public Setting {
      values = List.copyOf(values);
      defaults = List.copyOf(defaults);
    }

    /** The default's value for the versions in a range; an empty range has all. */
    public record Default(String version, String value) {}
  }

  public Profile {
    settings = List.copyOf(settings);
    unmodelled = List.copyOf(unmodelled);
    quirks = List.copyOf(quirks);
  }

  /** This profile with one row that always holds, or never. */
  Profile switched(String id, boolean on) {
    Quirk.When when = on ? Quirk.When.ALWAYS : Quirk.When.NEVER;
    return new Profile(
        dialect,
        title,
        version,
        oldest,
        newest,
        settings,
        unmodelled,
        quirks.stream().map(q -> q.id().equals(id) ? q.when(when) : q).toList());
  }

  public Optional<Quirk> quirk(String id) {
    return quirks.stream().filter(q -> q.id().equals(id)).findFirst();
  }

  public Optional<Setting> setting(String name) {
    return settings.stream().filter(s -> s.name().equals(name)).findFirst();
  }
}
