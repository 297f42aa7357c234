package io.github.polverdict.questions.catalogue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that is known of one engine.
 *
 * @param title the engine's own name
 * @param profile changes whenever a verdict can change
 * @param oldest the oldest version that the rows speak of; empty when it has none
 * @param aliases other names for it, each with the settings that it stands for, as they are said
 * @param kinds the kinds of object that it takes policies from
 */
public record DialectAnswer(
    String id,
    String title,
    int profile,
    String oldest,
    String newest,
    Map<String, String> aliases,
    List<Kind> kinds,
    List<Setting> settings,
    List<Row> rows) {

  /**
   * A kind of object.
   *
   * @param does what its objects can do, one clause
   * @param when versions and settings under which that is so; empty for always
   */
  public record Kind(String type, String does, String when) {}

  /**
   * A setting that changes verdicts.
   *
   * @param values what it may be; empty for anything
   * @param defaults its default, with versions where it depends on them
   */
  public record Setting(String name, String says, List<String> values, String defaults) {
    public Setting {
      values = List.copyOf(values);
    }
  }

  /**
   * One named behaviour.
   *
   * @param effect {@code code}, {@code doubt} or {@code note}
   * @param status how it is known, {@code measured} best
   * @param version the versions for which it holds; empty for all
   * @param config the settings under which it holds, by name
   * @param touches the flows that a doubt is about, one phrase; empty when it is none
   */
  public record Row(
      String id,
      String says,
      String effect,
      String status,
      String version,
      Map<String, String> config,
      String touches,
      List<Evidence> evidence,
      List<String> scenarios) {
    public Row {
      config = Collections.unmodifiableMap(new TreeMap<>(config));
      evidence = List.copyOf(evidence);
      scenarios = List.copyOf(scenarios);
    }
  }

  /** Where a row can be looked up. */
  public record Evidence(String kind, String link, String pin) {}

  public DialectAnswer {
    aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    kinds = List.copyOf(kinds);
    settings = List.copyOf(settings);
    rows = List.copyOf(rows);
  }
}
