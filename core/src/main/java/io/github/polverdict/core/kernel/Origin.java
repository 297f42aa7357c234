package io.github.polverdict.core.kernel;

/** The place that a fact comes from. Everything that can decide a flow has one. */
public sealed interface Origin {

  /**
   * A place in a file that was read.
   *
   * @param object the object it belongs to, as {@code NetworkPolicy shop/web}; empty when not known
   * @param path the file as the user named it, or {@code <stdin>}
   * @param pointer JSON pointer inside the document, empty for its root
   * @param line 1-based
   * @param column 1-based
   */
  record InFile(String object, String path, String pointer, int line, int column)
      implements Origin {}

  /**
   * A place in an object of a running cluster.
   *
   * @param cluster the context it was read through
   * @param object the object, as {@code NetworkPolicy shop/web}
   * @param version the object's resourceVersion, empty when not known
   * @param pointer JSON pointer inside the object
   */
  record InCluster(String cluster, String object, String version, String pointer)
      implements Origin {}

  /**
   * A rule of the engine itself rather than of a document.
   *
   * @param dialect id of the dialect
   * @param quirk id of the profile's row, as {@code cilium.endport-ignored}
   * @param says the row's sentence
   */
  record BuiltIn(String dialect, String quirk, String says) implements Origin {}

  /** A document's place, read in an unusual way because of a quirk. */
  record Bent(Origin place, BuiltIn because) implements Origin {}

  /** What the user said on the command line, as {@code --cni cilium@1.19,enable-policy=always}. */
  record Said(String words) implements Origin {}

  /**
   * The object's name and where it stands, in one line: {@code NetworkPolicy shop/web
   * (web.yaml:3:1)}.
   */
  default String text() {
    return switch (this) {
      case InFile f -> {
        String place = f.path() + ":" + f.line() + ":" + f.column();
        yield f.object().isEmpty() ? place : f.object() + " (" + place + ")";
      }
      case InCluster c ->
          c.object() + (c.pointer().isEmpty() ? "" : " " + c.pointer()) + " in " + c.cluster();
      case BuiltIn b -> b.quirk() + ": " + b.says();
      case Bent b -> b.place().text() + " [" + b.because().quirk() + "]";
      case Said s -> s.words();
    };
  }

  /** The document's place without the quirk that bends its meaning. */
  default Origin place() {
    return this instanceof Bent(Origin place, BuiltIn _) ? place.place() : this;
  }

  /** Whether it is a place in a document, bent or not, rather than a rule of an engine. */
  default boolean isWritten() {
    return switch (place()) {
      case InFile _, InCluster _ -> true;
      case BuiltIn _, Bent _, Said _ -> false;
    };
  }
}
