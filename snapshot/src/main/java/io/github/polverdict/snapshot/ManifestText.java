package io.github.polverdict.snapshot;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

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
    return new Dump(settings).dumpToString(object);
  }

  /** Several objects as the documents of one file. */
  public static String documents(List<String> objects) {
    return String.join("---\n", objects);
  }
}
