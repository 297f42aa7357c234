package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;

/** Single documents from texts of our own, profiles for example. */
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
}
