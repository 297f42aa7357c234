package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.Value.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads one YAML document as kubectl does: go-yaml v2, then the conversion to JSON. */
final class YamlTree {
  private static final String TAG = "tag:yaml.org,2002:";
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).setUseMarks(true).build();

  private final String text;
  private final int firstLine;
  private final int maxAliased;
  private final TreeBuilder builder;
  private final Map<String, TreeBuilder.Built> anchors = new HashMap<>();
  private long aliased;

  private YamlTree(Chunk chunk, Limits limits, TreeBuilder builder) {
    this.text = chunk.text();
    this.firstLine = chunk.line();
    this.maxAliased = limits.aliasedNodes();
    this.builder = builder;
  }

  /**
   * Feeds the chunk's first document to the builder.
   *
   * @return where a second document begins, after a line {@code ...}; null when there is none
   */
  static @Nullable Mark read(Chunk chunk, Limits limits, TreeBuilder builder) throws BadText {
    return new YamlTree(chunk, limits, builder).read();
  }

  private @Nullable Mark read() throws BadText {
    refuseOldLineBreaks();
    try {
      ParserImpl parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
      while (parser.hasNext()) {
        Event event = parser.next();
        if (event instanceof DocumentEndEvent end && end.isExplicit()) {
          return after(mark(event).line());
        }
        accept(event);
      }
      return null;
    } catch (MarkedYamlEngineException e) {
      throw syntax(e);
    } catch (ReaderException e) {
      throw control(e.getCodePoint(), e.getPosition());
    } catch (YamlEngineException e) {
      String why = String.valueOf(e.getMessage());
      throw new BadText("PV001", "is not valid YAML: " + why, "", new Mark(firstLine, 1));
    }
  }

  /** Where text that is no comment begins after a line; null when there is none. */
  private @Nullable Mark after(int endLine) {
    List<String> lines = text.lines().skip(endLine - firstLine + 1L).toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("...")) {
        return new Mark(endLine + 1 + i, 1 + lines.get(i).indexOf(line));
      }
    }
    return null;
  }

  /** YAML 1.1, which kubectl reads, ends a line at these; YAML 1.2 does not. */
  private void refuseOldLineBreaks() throws BadText {
    for (char separator : new char[] {'\u0085', '\u2028', '\u2029'}) {
      int at = text.indexOf(separator);
      if (at >= 0) {
        throw control(separator, at);
      }
    }
  }

  private void accept(Event event) throws BadText {
    switch (event) {
      case ScalarEvent scalar -> scalar(scalar);
      case AliasEvent alias -> alias(alias);
      case CollectionStartEvent start -> {
        if (builder.wantsKey()) {
          throw badKey(mark(event));
        }
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        builder.open(mapping, mark(event), anchor(start.getAnchor(), mark(event)));
      }
      case Event other when isEnd(other) -> {
        TreeBuilder.Built built = builder.close();
        if (built.anchor() != null) {
          anchors.put(built.anchor(), built);
        }
      }
      default -> {} // starts and ends of the stream and the document
    }
  }

  private static boolean isEnd(Event event) {
    return event.getEventId() == Event.ID.MappingEnd || event.getEventId() == Event.ID.SequenceEnd;
  }

  private void scalar(ScalarEvent event) throws BadText {
    boolean isKey = builder.wantsKey();
    if (isKey && isCommonKey(event)) {
      var at = event.getStartMark().orElseThrow();
      builder.key(event.getValue(), firstLine + at.getLine(), at.getColumn() + 1);
      return;
    }
    Mark mark = mark(event);
    Scalar scalar = typed(event, mark, isKey);
    String anchor = anchor(event.getAnchor(), mark);
    if (anchor != null) {
      anchors.put(anchor, new TreeBuilder.Built(scalar, 1, anchor));
    }
    if (!isKey) {
      builder.add(scalar, 1);
    } else if (isMerge(event)) {
      builder.mergeKey(mark);
    } else {
      String key = key(scalar, event.isPlain() && event.getTag().isEmpty());
      builder.key(key, mark.line(), mark.column());
    }
  }

  /** Whether a key is a plain word that can be nothing but a string, as nearly all are. */
  private static boolean isCommonKey(ScalarEvent event) {
    String value = event.getValue();
    return event.isPlain()
        && event.getTag().isEmpty()
        && event.getAnchor().isEmpty()
        && !value.equals("<<")
        && Scalars.typeOfPlain(value) == Type.STRING;
  }

  private static boolean isMerge(ScalarEvent event) {
    boolean tagged = event.getTag().filter((TAG + "merge")::equals).isPresent();
    return event.getValue().equals("<<")
        && (tagged || (event.isPlain() && event.getTag().isEmpty()));
  }

  private String key(Scalar scalar, boolean plain) throws BadText {
    String key = plain ? Scalars.key(scalar.text()) : scalar.text();
    if (key == null || scalar.type() == Type.NULL) {
      throw badKey(scalar.mark());
    }
    return key;
  }

  private static BadText badKey(Mark mark) {
    return new BadText(
        "PV001",
        "is no Kubernetes object: a key of a mapping must be a plain word or a string",
        "quote the key if it is meant as text; {{ … }} must be rendered first",
        mark);
  }

  private Scalar typed(ScalarEvent event, Mark mark, boolean isKey) throws BadText {
    String value = builder.once(event.getValue());
    String tag = event.getTag().orElse("");
    if (tag.isEmpty()) {
      Type type = event.isPlain() ? Scalars.typeOfPlain(value) : Type.STRING;
      if (type == Type.FLOAT && Scalars.hasNoJson(value) && !isKey) {
        throw noJson(value, mark);
      }
      return new Scalar(value, type, mark);
    }
    return switch (tag.startsWith(TAG) ? tag.substring(TAG.length()) : "") {
      case "bool" -> must(Type.BOOLEAN, value, mark);
      case "int" -> must(Type.INTEGER, value, mark);
      case "null" -> must(Type.NULL, value, mark);
      case "float" -> {
        Type type = Scalars.typeOfPlain(value);
        yield must(type == Type.INTEGER ? type : Type.FLOAT, value, mark);
      }
      case "binary" -> new Scalar(binary(value, mark), Type.STRING, mark);
      default -> new Scalar(value, Type.STRING, mark); // go-yaml takes other tags for text
    };
  }

  private static Scalar must(Type type, String value, Mark mark) throws BadText {
    if (Scalars.typeOfPlain(value) != type || Scalars.hasNoJson(value)) {
      throw noJson(value, mark);
    }
    return new Scalar(value, type, mark);
  }

  private static BadText noJson(String value, Mark mark) {
    return new BadText(
        "PV001",
        "has a value that JSON cannot hold or its tag forbids: " + value,
        "quote it",
        mark);
  }

  private static String binary(String value, Mark mark) throws BadText {
    try {
      return new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new BadText("PV001", "has a !!binary value that is not base64", "", mark);
    }
  }

  private void alias(AliasEvent event) throws BadText {
    String name = event.getAlias().getValue();
    Mark mark = mark(event);
    TreeBuilder.Built target = anchors.get(name);
    if (target == null || builder.isOpen(name)) {
      String why = builder.isOpen(name) ? " contains itself" : " is not defined above";
      throw new BadText("PV001", "is not valid YAML: the anchor " + name + why, "", mark);
    }
    aliased += target.size();
    if (aliased > maxAliased) {
      String what = "repeats more than " + maxAliased + " nodes by YAML aliases";
      throw new BadText("PV018", what, "write the values out, or split the document", mark);
    }
    if (!builder.wantsKey()) {
      builder.add(target.value(), target.size());
      return;
    }
    switch (target.value()) {
      case Scalar scalar ->
          builder.key(key(scalar, scalar.type() != Type.STRING), mark.line(), mark.column());
      case Mapping _, Sequence _ -> throw badKey(mark);
    }
  }

  /** An anchor's name, which YAML 1.1 keeps to letters, digits, hyphen and underscore. */
  private static @Nullable String anchor(Optional<Anchor> anchor, Mark mark) throws BadText {
    String name = anchor.map(Anchor::getValue).orElse(null);
    if (name != null && !name.matches("[A-Za-z0-9_-]+")) {
      String what = "is not valid YAML: " + name + " is no name for an anchor";
      throw new BadText("PV001", what, "quote the text if & is meant as itself", mark);
    }
    return name;
  }

  private Mark mark(Event event) {
    return event.getStartMark().map(this::mark).orElse(new Mark(firstLine, 1));
  }

  private Mark mark(org.snakeyaml.engine.v2.exceptions.Mark mark) {
    return new Mark(firstLine + mark.getLine(), mark.getColumn() + 1);
  }

  private BadText syntax(MarkedYamlEngineException e) {
    Mark mark =
        e.getProblemMark().or(e::getContextMark).map(this::mark).orElse(new Mark(firstLine, 1));
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    String problem = (context + e.getProblem()).replaceAll("\\s+", " ").strip();
    String help = YamlHints.help(problem);
    return new BadText("PV001", "is not valid YAML: " + problem, help, mark);
  }

  private BadText control(int character, int at) {
    String before = text.substring(0, Math.min(at, text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count();
    Mark mark = new Mark(firstLine + line, before.length() - before.lastIndexOf('\n'));
    String what = "holds the control character U+%04X".formatted(character);
    return new BadText("PV004", what, "remove it, or write it as an escape in double quotes", mark);
  }
}
