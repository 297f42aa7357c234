package io.github.polverdict.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.RepresentToNode;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Writes objects as YAML that people read and change. */
public final class ManifestText {
  private static final int WIDTH = 100;

  private ManifestText() {}

  /** One object of maps, lists, strings, numbers and booleans, in their order. */
  public static String yaml(Map<String, Object> object) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(WIDTH)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings, new Words(settings)).dumpToString(object);
  }

  /**
   * Quotes texts that a reader of YAML 1.1, as kubectl is, takes for a boolean, a number or a date:
   * a namespace {@code 2024}, a label {@code on}. See https://yaml.org/type/bool.html.
   */
  private static final class Words extends StandardRepresenter {
    private static final Pattern OTHER =
        Pattern.compile(
            "(?i)y|n|yes|no|on|off|true|false|null|~|[-+]?[.](inf|nan)"
                + "|[-+.]?[0-9][0-9a-f_.:+xotz -]*");

    Words(DumpSettings settings) {
      super(settings);
      RepresentToNode plain = Objects.requireNonNull(representers.get(String.class));
      representers.put(
          String.class,
          text ->
              OTHER.matcher(text.toString()).matches()
                  ? representScalar(Tag.STR, text.toString(), ScalarStyle.DOUBLE_QUOTED)
                  : plain.representData(text));
    }
  }

  /** Several objects as the documents of one file. */
  public static String documents(List<String> objects) {
    return String.join("---\n", objects);
  }
}
