package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Single documents from texts of our own, profiles for example. */
public final class Documents {
  private Documents() {}

  /**
   * Reads one YAML document that is known to be good.
   *
   * @throws IllegalArgumentException when it is not YAML, or not a mapping
   */
  public static Document yaml(String text, String source) {
    LoadSettings settings = LoadSettings.builder().setLabel(source).setUseMarks(true).build();
    Node root =
        new Compose(settings)
            .composeString(text)
            .orElseThrow(() -> new IllegalArgumentException(source + " is empty"));
    if (!(value(root) instanceof Mapping mapping)) {
      throw new IllegalArgumentException(source + " is not a mapping");
    }
    return new Document(new ResourceId("", "", "", ""), mapping, source, false);
  }

  private static Value value(Node node) {
    Mark mark =
        node.getStartMark().map(m -> new Mark(m.getLine() + 1, m.getColumn() + 1)).orElse(Mark.NONE);
    return switch (node) {
      case ScalarNode s ->
          new Scalar(
              s.getValue(),
              s.getScalarStyle() == ScalarStyle.PLAIN
                  ? Scalars.typeOfPlain(s.getValue())
                  : Value.Type.STRING,
              mark);
      case SequenceNode s -> new Sequence(s.getValue().stream().map(Documents::value).toList(), mark);
      case MappingNode m -> {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : m.getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key) {
            entries.put(key.getValue(), value(tuple.getValueNode()));
          }
        }
        yield new Mapping(entries, mark);
      }
      default -> throw new IllegalArgumentException("no value in " + node);
    };
  }
}
