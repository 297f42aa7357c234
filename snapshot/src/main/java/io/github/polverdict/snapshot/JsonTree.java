package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Type;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON values that stand one after another. */
final class JsonTree implements AutoCloseable {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final Pattern ABOUT_SOURCE =
      Pattern.compile(" ?\\([^()]*starting at \\[.*\\]\\)|\\[Source:.*\\]");

  private final JsonParser parser;
  private final int firstLine;
  private final long maxLength;
  private final TreeBuilder builder;

  JsonTree(Chunk chunk, Limits limits, TreeBuilder builder) {
    this.parser = FACTORY.createParser(ObjectReadContext.empty(), chunk.text());
    this.firstLine = chunk.line();
    this.maxLength = limits.bytesPerDocument();
    this.builder = builder;
  }

  /** The builder that holds the next value; null when there is no further one. */
  @Nullable TreeBuilder next() throws BadText {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return null;
      }
      TokenStreamLocation start = parser.currentTokenLocation();
      Mark mark = mark(start);
      int depth = 0;
      do {
        if (token == null) {
          throw cutOff(mark);
        }
        TokenStreamLocation here = parser.currentTokenLocation();
        if (here.getCharOffset() - start.getCharOffset() > maxLength) {
          throw Chunk.tooLarge(maxLength, mark);
        }
        depth += accept(token, mark(here));
        token = depth == 0 ? token : parser.nextToken();
      } while (depth > 0);
      return builder;
    } catch (JacksonException e) {
      throw syntax(e);
    }
  }

  /** Returns how much deeper the parser is afterwards. */
  private int accept(JsonToken token, Mark mark) throws BadText {
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        builder.open(token == JsonToken.START_OBJECT, mark, null);
        return 1;
      }
      case END_OBJECT, END_ARRAY -> {
        builder.close();
        return -1;
      }
      case PROPERTY_NAME -> builder.key(parser.currentName(), mark.line(), mark.column());
      case VALUE_NULL -> builder.add(new Scalar("null", Type.NULL, mark), 1);
      case VALUE_TRUE -> builder.add(new Scalar("true", Type.BOOLEAN, mark), 1);
      case VALUE_FALSE -> builder.add(new Scalar("false", Type.BOOLEAN, mark), 1);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        String text = parser.getString();
        builder.add(new Scalar(text, Scalars.typeOfJson(text), mark), 1);
      }
      case VALUE_STRING, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          builder.add(new Scalar(builder.once(parser.getString()), Type.STRING, mark), 1);
    }
    return 0;
  }

  private Mark mark(TokenStreamLocation at) {
    return new Mark(firstLine + at.getLineNr() - 1, at.getColumnNr());
  }

  private BadText syntax(JacksonException e) {
    String why = ABOUT_SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    TokenStreamLocation at = e.getLocation();
    Mark mark = at == null ? new Mark(firstLine, 1) : mark(at);
    if (e instanceof UnexpectedEndOfInputException) {
      return cutOff(mark);
    }
    return new BadText("PV002", "is not valid JSON: " + why, "", mark);
  }

  private static BadText cutOff(Mark mark) {
    String what = "is not valid JSON: it ends before what it began is closed";
    return new BadText("PV002", what, "was it cut off? write it anew", mark);
  }

  @Override
  public void close() {
    parser.close();
  }
}
