package io.github.polverdict.snapshot.pseudonyms;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value.Mapping;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A snapshot under pseudonyms: other names of namespaces and workloads, other values of labels,
 * other hosts and addresses. Names of policies, keys of labels, names of ports, the objects of
 * system namespaces and numbers stay. What was said of the input in sentences is left out, since
 * sentences quote it; that it was said, of which kinds and where, stays.
 */
public final class Pseudonymisation {
  private static final String LEFT_OUT = "not told: the snapshot was given other names";

  private final Snapshot snapshot;
  private final Pseudonyms pseudonyms;
  private final Renamer renamer;

  private Pseudonymisation(Snapshot snapshot, byte[] key) {
    this.snapshot = snapshot;
    Survey survey = new Survey(snapshot);
    this.pseudonyms = survey.pseudonyms(key);
    this.renamer = new Renamer(pseudonyms, survey.names());
  }

  /**
   * Gives a snapshot other names.
   *
   * @param key secret, at least 16 bytes; the same key gives the same words the same pseudonyms
   */
  public static Pseudonymisation of(Snapshot snapshot, byte[] key) {
    return new Pseudonymisation(snapshot, key);
  }

  /** What a name, a label's value, a host or an address is called now. */
  public String word(String word) {
    return pseudonyms.word(word);
  }

  /** The snapshot under its other names. */
  public Snapshot result() {
    return new Snapshot(
        pseudonyms.word(snapshot.name()),
        snapshot.documents().stream().map(this::document).toList(),
        snapshot.gaps().stream().map(this::gap).toList(),
        snapshot.findings().stream().map(this::finding).toList());
  }

  private Document document(Document document) {
    ResourceId id = document.id();
    boolean named = Places.KINDS.contains(id.kind()) && !Survey.isOfSystem(document);
    ResourceId other =
        new ResourceId(
            id.apiVersion(),
            id.kind(),
            pseudonyms.word(id.namespace()),
            named ? pseudonyms.word(id.name()) : id.name());
    Mapping root = renamer.of(document, other.name());
    return new Document(other, root, source(document), document.live());
  }

  private String source(Document document) {
    return document.live()
        ? pseudonyms.word(document.source())
        : pseudonyms.path(document.source());
  }

  private Gap gap(Gap gap) {
    Set<String> except =
        gap.except().stream().map(pseudonyms::word).collect(Collectors.toCollection(TreeSet::new));
    String namespace = pseudonyms.word(gap.namespace());
    String what =
        (gap.kinds().isEmpty() ? "objects" : String.join(", ", new TreeSet<>(gap.kinds())))
            + (namespace.isEmpty() ? "" : " in namespace " + namespace)
            + (except.isEmpty() ? "" : " outside of " + String.join(", ", except));
    return new Gap(gap.kinds(), namespace, except, what, LEFT_OUT, origin(gap.origin(), what));
  }

  private Finding finding(Finding finding) {
    String page = "see docs/findings/" + finding.code() + ".md";
    return new Finding(
        finding.code(), finding.severity(), LEFT_OUT, page, origin(finding.origin(), ""));
  }

  private Origin origin(Origin origin, String object) {
    return switch (origin.place()) {
      case Origin.InFile(String _, String path, String pointer, int line, int column) ->
          new Origin.InFile(object, pseudonyms.path(path), pointer, line, column);
      case Origin.InCluster(String cluster, String _, String version, String pointer) ->
          new Origin.InCluster(pseudonyms.word(cluster), object, version, pointer);
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> new Origin.Said(LEFT_OUT);
    };
  }
}
