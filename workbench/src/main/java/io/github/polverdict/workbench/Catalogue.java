package io.github.polverdict.workbench;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Profile;
import io.github.polverdict.dialects.api.Quirk;
import io.github.polverdict.dialects.api.Touches;
import io.github.polverdict.questions.catalogue.DialectAnswer;
import io.github.polverdict.questions.catalogue.DialectAnswer.Evidence;
import io.github.polverdict.questions.catalogue.DialectAnswer.Kind;
import io.github.polverdict.questions.catalogue.DialectAnswer.Row;
import io.github.polverdict.questions.catalogue.DialectAnswer.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is known of every engine, read from the profiles. */
public final class Catalogue {
  private final Dialects dialects;

  Catalogue(Dialects dialects) {
    this.dialects = dialects;
  }

  /** A catalogue of every dialect on the class path. */
  public static Catalogue installed() {
    return new Catalogue(Dialects.installed());
  }

  /** The ids of all engines, in order. */
  public List<String> ids() {
    return dialects.all().stream().map(Dialect::id).toList();
  }

  /**
   * What is known of one engine.
   *
   * @param name its id, or another name for it
   * @throws IllegalArgumentException with a sentence for the user when there is no such engine
   */
  public DialectAnswer of(String name) {
    String id = dialects.understand(new CniSpec(name, "", Map.of())).name();
    Profile profile = dialects.profile(id);
    Dialect dialect =
        dialects.all().stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow();
    Map<String, String> aliases = new TreeMap<>();
    dialect.aliases().forEach((alias, settings) -> aliases.put(alias, pairs(settings)));
    return new DialectAnswer(
        id,
        profile.title(),
        profile.version(),
        profile.oldest(),
        profile.newest(),
        aliases,
        kinds(dialect, profile),
        profile.settings().stream().map(Catalogue::setting).toList(),
        profile.quirks().stream().map(Catalogue::row).toList());
  }

  private static List<Kind> kinds(Dialect dialect, Profile profile) {
    List<Kind> out = new ArrayList<>();
    dialect.policyKinds().stream()
        .sorted(Comparator.comparing(PolicyKind::type))
        .forEach(k -> out.add(new Kind(k.type(), does(k.power()), "")));
    for (Profile.Unmodelled unmodelled : profile.unmodelled()) {
      unmodelled.kinds().stream()
          .sorted()
          .forEach(k ->
              out.add(
                  new Kind(
                      k,
                      "enforced, and not judged: what it may touch is UNKNOWN",
                      when(unmodelled.when()))));
    }
    return out;
  }

  private static String does(PolicyKind.Power power) {
    return switch (power) {
      case ISOLATES_AND_ALLOWS -> "isolates whom it selects and allows";
      case DECIDES -> "allows, denies and passes";
      case REHEARSES -> "staged: what it would do is only noted";
      case SUPPORTS -> "policies refer to it";
    };
  }

  private static Setting setting(Profile.Setting setting) {
    String defaults =
        setting.defaults().stream()
            .map(d ->
                (d.value().isEmpty() ? "(empty)" : d.value())
                    + (d.version().isEmpty() ? "" : " for " + d.version()))
            .collect(Collectors.joining(", else "));
    return new Setting(setting.name(), setting.says(), setting.values(), defaults);
  }

  private static Row row(Quirk quirk) {
    return new Row(
        quirk.id(),
        quirk.says(),
        low(quirk.effect()),
        low(quirk.status()),
        quirk.when().version(),
        quirk.when().config(),
        quirk.touches().map(Catalogue::touches).orElse(""),
        quirk.evidence().stream().map(e -> new Evidence(e.kind(), e.link(), e.pin())).toList(),
        quirk.scenarios());
  }

  private static String when(Quirk.When when) {
    List<String> out = new ArrayList<>();
    if (!when.version().isEmpty()) {
      out.add("version " + when.version());
    }
    if (!when.config().isEmpty()) {
      out.add(pairs(when.config()));
    }
    return String.join(", ", out);
  }

  private static String pairs(Map<String, String> settings) {
    return new TreeMap<>(settings)
        .entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(","));
  }

  /** {@code ingress from node to pod via node_port, same_node}. */
  private static String touches(Touches touches) {
    List<String> out = new ArrayList<>();
    out.add(touches.gates().stream().map(Catalogue::low).collect(Collectors.joining(" and ")));
    ends("from ", touches.from(), out);
    ends("to ", touches.to(), out);
    ends("via ", touches.via(), out);
    if (!touches.where().name().equals("ANY")) {
      out.add("where " + low(touches.where()));
    }
    if (!touches.traffic().equals(io.github.polverdict.core.kernel.TrafficSet.ALL)) {
      out.add("of " + touches.traffic());
    }
    return String.join(" ", out);
  }

  private static void ends(String word, Set<? extends Enum<?>> ends, List<String> out) {
    if (!ends.isEmpty()) {
      out.add(
          word + ends.stream().map(Catalogue::low).sorted().collect(Collectors.joining(" or ")));
    }
  }

  private static String low(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
