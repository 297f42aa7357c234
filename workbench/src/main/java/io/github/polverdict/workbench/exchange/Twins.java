package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.workbench.exchange.Trees.Leaf;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two objects that correspond to each other, and where they differ in what verdicts depend on. */
record Twins(Document a, Document b, Sort sort) {
  private static final String LABELS = "/metadata/labels";

  /** What of an object counts, as a pattern of JSON pointers from where it is compared. */
  enum Sort {
    NAMESPACE(LABELS + "/(?!kubernetes.io~1metadata.name$).*"),
    NODE(LABELS + "(/.*)?|/spec/podCIDRs?(/.*)?|/status/addresses(/.*)?"),
    POLICY("(?!/(apiVersion|kind|metadata|status)(/|$)).*"),
    SERVICE(
        "(?!/spec/(clusterIPs?|ipFamilies|ipFamilyPolicy|sessionAffinity|healthCheckNodePort)(/|$)"
            + "|/spec/ports/[0-9]+/nodePort$)/spec/.*"),
    /** Whatever is none of the others: everything but what only says how it came about. */
    OBJECT("(?!/(apiVersion|kind|status)(/|$)|/metadata/(?!labels)).*"),
    /** A pod or what makes pods: what policies tell pods apart by. */
    PODS(
        LABELS
            + "/(?!%s$).*".formatted(String.join("$|", Likeness.GIVEN).replace("/", "~1"))
            + "|/spec/(hostNetwork|serviceAccountName)"
            + "|/spec/(initC|c)ontainers/[0-9]+(/ports(/.*)?)?");

    private final String counts;

    Sort(String counts) {
      this.counts = counts;
    }
  }

  /** The tree that is compared; one that has no labels has none of them. */
  private Mapping tree(Document document) {
    Mapping tree = sort == Sort.PODS ? Templates.of(document) : document.root();
    if (sort != Sort.PODS && sort != Sort.NAMESPACE) {
      return tree;
    }
    Mapping none = new Mapping(Map.of(), tree.mark());
    Mapping metadata = tree.entries().get("metadata") instanceof Mapping m ? m : none;
    return metadata.entries().get("labels") instanceof Mapping
        ? tree
        : Trees.with(tree, "metadata", Trees.with(metadata, "labels", none));
  }

  private List<String> path(Document document) {
    return sort == Sort.PODS ? Templates.path(document) : List.of();
  }

  private String prefix(Document document) {
    return path(document).stream().map(k -> "/" + k).collect(Collectors.joining());
  }

  /** Every place that counts and at which they differ. */
  List<Leaf> leaves() {
    return Trees.differences(tree(a), tree(b)).stream().filter(this::counts).toList();
  }

  private boolean counts(Leaf leaf) {
    boolean container = leaf.pointerA().matches("/spec/(initC|c)ontainers/[0-9]+");
    return leaf.pointerA().matches(sort.counts)
        && !(sort == Sort.PODS && container && !hasPorts(leaf.a()) && !hasPorts(leaf.b()));
  }

  private static boolean hasPorts(@Nullable Value container) {
    return container instanceof Mapping m && m.entries().containsKey("ports");
  }

  Difference difference(Leaf leaf) {
    Field one = new Field(a, prefix(a) + leaf.pointerA(), leaf.a());
    Field other = new Field(b, prefix(b) + leaf.pointerB(), leaf.b());
    return new Difference(says(leaf), Optional.of(one.origin()), Optional.of(other.origin()));
  }

  private String says(Leaf leaf) {
    if (leaf.pointerA().startsWith(LABELS + "/")) {
      String label = leaf.says().substring("metadata.labels".length());
      String whose = sort == Sort.NODE ? a.id().text() + " " : "";
      return whose + "label " + label.replaceFirst("^\\.|^\\[([^]]*)]", "$1");
    }
    String path = path(a).stream().map(k -> k + ".").collect(Collectors.joining());
    boolean several = sort == Sort.OBJECT || sort == Sort.NODE;
    return (several ? a.id().text() + " " : path) + leaf.says();
  }

  /** The first with what the second says in these places. */
  Document mixed(Set<Leaf> chosen) {
    Value tree = Trees.mixed(tree(a), tree(b), leaf -> chosen.contains(leaf) ? leaf.b() : leaf.a());
    return with(a, tree);
  }

  private Document with(Document document, @Nullable Value tree) {
    Value root = Trees.set(document.root(), path(document), Objects.requireNonNull(tree));
    return new Document(document.id(), (Mapping) root, document.source(), document.live());
  }

  /** A pod, or what stands between it and the first, with what the second says in these places. */
  Document followed(Document document, Set<Leaf> chosen) {
    Set<String> pointers = chosen.stream().map(Leaf::pointerA).collect(Collectors.toSet());
    pointers.addAll(chosen.stream().map(Leaf::pointerB).toList());
    Value tree =
        Trees.mixed(
            tree(document),
            tree(mixed(chosen)),
            leaf -> pointers.contains(leaf.pointerB()) ? leaf.b() : leaf.a());
    return with(document, tree);
  }

  /**
   * A command that makes the second say what the first says in these places.
   *
   * @param named an object in the second's own names
   */
  Optional<String> remedy(Set<Leaf> chosen, UnaryOperator<Document> named) {
    Value tree = Trees.mixed(tree(a), tree(b), leaf -> chosen.contains(leaf) ? leaf.a() : leaf.b());
    Document is = named.apply(b);
    Document should = named.apply(with(b, tree));
    return sort == Sort.NAMESPACE
        ? Optional.of(Remedies.label(is.id(), Likeness.labels(should), Likeness.labels(is)))
        : Remedies.patch(is, should);
  }
}
