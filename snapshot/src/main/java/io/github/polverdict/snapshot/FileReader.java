package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.TextFile.Piece;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads all documents of one file, each on its own, so that a broken one hides no other. Knows how
 * kubectl tells JSON from YAML; does not know where the bytes came from.
 */
final class FileReader {
  private final String source;
  private final TextFile file;
  private final Limits limits;
  private final Words words = new Words();

  FileReader(String source, byte[] bytes, Limits limits) {
    this.source = source;
    this.file = new TextFile(bytes);
    this.limits = limits;
  }

  Reading read() {
    Reading out = new Reading(source);
    out.attempt(
        () -> {
          List<Piece> pieces = file.pieces(limits.documents());
          int most = Math.min(pieces.size(), limits.documents());
          pieces.subList(0, most).parallelStream().map(this::read).toList().forEach(out::addAll);
          if (pieces.size() > most) {
            String what = "is one too many: a file may hold " + most + " documents";
            Mark mark = new Mark(pieces.get(most).line(), 1);
            throw new BadText("PV019", what, "split the file", mark);
          }
        },
        bad -> out.refuse(bad, Set.of()));
    return out;
  }

  private Reading read(Piece piece) {
    Reading out = new Reading(source);
    out.attempt(
        () -> {
          Chunk chunk = file.text(piece);
          if (!piece.separator().isEmpty()) {
            throw badSeparator(piece);
          }
          document(chunk, piece.to() - piece.from(), out);
        },
        bad -> out.refuse(bad, Template.kinds(file.lossy(piece))));
    return out;
  }

  private static BadText badSeparator(Piece piece) {
    String what =
        "follows a separator --- with text behind it: " + FieldType.brief(piece.separator());
    String help = "kubectl takes nothing but a comment there; begin the document on the next line";
    return new BadText("PV001", what, help, new Mark(Math.max(1, piece.line() - 1), 1));
  }

  private static boolean beginsObject(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return text.charAt(i) == '{';
      }
    }
    return false;
  }

  /**
   * JSON when it begins with a brace and can be read so, else YAML, as apimachinery's
   * YAMLOrJSONDecoder decides; with more than one object read it is JSON for sure.
   */
  private void document(Chunk chunk, int size, Reading out) {
    if (!beginsObject(chunk.text())) {
      out.attempt(() -> yaml(chunk, size, out), bad -> refuse(bad, chunk, out));
      return;
    }
    Reading json = new Reading(source);
    out.attempt(
        () -> {
          json(chunk, json);
          out.addAll(json);
        },
        bad -> {
          boolean ambiguous = bad.code().equals("PV002") && json.drafts().size() < 2;
          Reading yaml = new Reading(source);
          yaml.attempt(
              () -> {
                if (!ambiguous) {
                  throw bad;
                }
                yaml(chunk, size, yaml);
                out.addAll(yaml);
              },
              _ -> {
                out.addAll(json);
                refuse(bad, chunk, out);
              });
        });
  }

  private void json(Chunk chunk, Reading out) throws BadText {
    try (JsonTree values = new JsonTree(chunk, limits, new TreeBuilder(limits.depth(), words))) {
      while (values.next() instanceof TreeBuilder done) {
        take(done, chunk, out);
      }
    }
  }

  private void yaml(Chunk chunk, int size, Reading out) throws BadText {
    if (size > limits.bytesPerDocument()) {
      throw Chunk.tooLarge(limits.bytesPerDocument(), new Mark(chunk.line(), 1));
    }
    TreeBuilder builder = new TreeBuilder(limits.depth(), words);
    Mark second = YamlTree.read(chunk, limits, builder);
    take(builder, chunk, out);
    if (second != null) {
      ignored(chunk, second, out);
    }
  }

  private void ignored(Chunk chunk, Mark second, Reading out) {
    Origin at = new Origin.InFile("", source, "", second.line(), second.column());
    String message = "What follows the line ... is not read, as kubectl does not read it either";
    out.finding("PV027", Severity.WARNING, message, "separate documents by --- lines", at);
    String rest =
        String.join("\n", chunk.text().lines().skip(second.line() - chunk.line()).toList());
    out.gap(Template.kinds(rest), "", "it stands after the end of a document", at);
  }

  private static void refuse(BadText bad, Chunk chunk, Reading out) {
    boolean template = bad.code().startsWith("PV00") && Template.looksUnrendered(chunk.text());
    out.refuse(template ? Template.unrendered(bad.mark()) : bad, kinds(bad, chunk));
  }

  /** Any kind when a list may have been cut off, since its missing end may have held any. */
  private static Set<String> kinds(BadText bad, Chunk chunk) {
    String text = chunk.text().stripTrailing();
    long lastLine = chunk.line() + text.chars().filter(c -> c == '\n').count();
    boolean cutOff =
        bad.mark().line() >= lastLine && (text.contains("items:") || text.contains("\"items\""));
    return cutOff ? Set.of() : Template.kinds(text);
  }

  private void take(TreeBuilder builder, Chunk chunk, Reading out) {
    Value root = builder.takeRoot();
    List<TreeBuilder.Repeated> repeated = builder.takeRepeated();
    if (root == null) {
      return;
    }
    if (repeated.isEmpty()) {
      new ObjectReader(out).read(root);
      return;
    }
    for (TreeBuilder.Repeated again : repeated) {
      Origin at = new Origin.InFile("", source, "", again.again().line(), again.again().column());
      String message =
          "The key %s stands twice in one mapping, first at %d:%d; the document is left out"
              .formatted(again.key(), again.first().line(), again.first().column());
      String help = "remove one; some tools take the last, others refuse the document";
      out.finding("PV012", Severity.ERROR, message, help, at);
    }
    Mark first = repeated.getFirst().again();
    Origin at = new Origin.InFile("", source, "", first.line(), first.column());
    String kind = kind(root);
    Set<String> kinds = kind == null ? Template.kinds(chunk.text()) : Set.of(kind);
    out.gap(kinds, "", "the key " + repeated.getFirst().key() + " stands twice in one mapping", at);
  }

  private static @Nullable String kind(Value root) {
    return root instanceof Mapping m
            && m.entries().get("kind") instanceof Scalar s
            && s.type() == Type.STRING
            && !s.text().endsWith("List")
        ? s.text()
        : null;
  }
}
