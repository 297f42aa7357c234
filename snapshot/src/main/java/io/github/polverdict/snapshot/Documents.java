package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import java.util.ArrayList;
import java.util.List;

/** Documents that are no Kubernetes objects: profiles, and the files that polverdict defines. */
public final class Documents {
  private Documents() {}

  /**
   * Reads one YAML document that is known to be good.
   *
   * @throws IllegalArgumentException when it is not YAML, has a key twice, or is not a mapping
   */
  public static Document yaml(String text, String source) {
    TreeBuilder builder = new TreeBuilder(Limits.DEFAULT.depth(), new Words());
    try {
      YamlTree.read(new Chunk(text, 1), Limits.DEFAULT, builder);
    } catch (BadText bad) {
      String place = source + ":" + bad.mark().line() + ":" + bad.mark().column();
      throw new IllegalArgumentException(place + " " + bad.sentence(), bad);
    }
    for (TreeBuilder.Repeated again : builder.takeRepeated()) {
      String place = source + ":" + again.again().line();
      throw new IllegalArgumentException(place + " has the key " + again.key() + " twice");
    }
    if (!(builder.takeRoot() instanceof Mapping mapping)) {
      throw new IllegalArgumentException(source + " is not a mapping");
    }
    return new Document(new ResourceId("", "", "", ""), mapping, source, false);
  }

  /** What a file holds; with a finding, something of it is missing. */
  public record Parsed(List<Document> documents, List<Finding> findings) {
    public Parsed {
      documents = List.copyOf(documents);
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reads all YAML or JSON documents of a file, within the {@linkplain Limits limits}; empty
   * documents are left out.
   */
  public static Parsed read(byte[] bytes, String source) {
    TextFile file = new TextFile(bytes);
    List<Document> documents = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    try {
      for (TextFile.Piece piece : file.pieces(Limits.DEFAULT.documents())) {
        TreeBuilder builder = new TreeBuilder(Limits.DEFAULT.depth(), new Words());
        YamlTree.read(file.text(piece), Limits.DEFAULT, builder);
        for (TreeBuilder.Repeated again : builder.takeRepeated()) {
          String message = "The key " + again.key() + " stands twice in one mapping";
          findings.add(error("PV012", message, "remove one", source, again.again()));
        }
        switch (builder.takeRoot()) {
          case null -> {}
          case Mapping root ->
              documents.add(new Document(new ResourceId("", "", "", ""), root, source, false));
          case Value other ->
              findings.add(error("PV033", "This is no mapping", "", source, other.mark()));
        }
      }
    } catch (BadText bad) {
      String message = "The document " + bad.sentence();
      findings.add(error(bad.code(), message, bad.help(), source, bad.mark()));
    }
    return new Parsed(documents, findings);
  }

  private static Finding error(String code, String message, String help, String source, Mark at) {
    Origin origin = new Origin.InFile("", source, "", at.line(), at.column());
    return new Finding(code, Severity.ERROR, message, help, origin);
  }
}
