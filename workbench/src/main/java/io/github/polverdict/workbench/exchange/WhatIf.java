package io.github.polverdict.workbench.exchange;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A snapshot as it would be after changes; each is made on what the ones before it left. */
public final class WhatIf {
  private final Snapshot before;
  private final List<Snapshot> applied = new ArrayList<>();
  private List<Document> documents;

  public WhatIf(Snapshot before) {
    this.before = before;
    this.documents = new ArrayList<>(before.documents());
  }

  /** The snapshot after the changes that were made so far. */
  public Snapshot after() {
    Snapshot after =
        new Snapshot(
            before.name() + " with the changes",
            Controllers.withoutStale(before, documents),
            before.gaps(),
            before.findings());
    for (Snapshot objects : applied) {
      after = after.with(objects.gaps(), objects.findings());
    }
    return after;
  }

  /**
   * Adds the objects, each in place of one of the same kind and name; pods become as the template
   * of their workload then says. What could not be read of them stays a gap.
   */
  public void apply(Snapshot objects) {
    applied.add(objects);
    for (Document document : objects.documents()) {
      Optional<Document> old =
          documents.stream().filter(d -> same(d.id(), document.id())).findFirst();
      if (old.isPresent() && document.at("spec", "template").present()) {
        documents = new ArrayList<>(Controllers.rolledOut(documents, old.get(), document));
      } else {
        documents.removeIf(d -> same(d.id(), document.id()));
        documents.add(document);
      }
    }
  }

  private static boolean same(ResourceId a, ResourceId b) {
    return a.type().equals(b.type())
        && a.namespace().equals(b.namespace())
        && a.name().equals(b.name());
  }

  /**
   * Takes an object away; a workload with its pods, a namespace with all that is in it.
   *
   * @param text {@code KIND/NAMESPACE/NAME} or, for what is in no namespace, {@code KIND/NAME}
   * @throws IllegalArgumentException with a sentence for the user when there is no such object
   */
  public void delete(String text) {
    String[] words = text.split("/", -1);
    if (words.length < 2 || words.length > 3) {
      throw new IllegalArgumentException(
          "'%s': say KIND/NAMESPACE/NAME, or KIND/NAME for what is in no namespace"
              .formatted(text));
    }
    String namespace = words.length == 3 ? words[1] : "";
    String name = words[words.length - 1];
    Document found =
        only(
            text,
            d ->
                called(d.id(), words[0])
                    && d.id().namespace().equals(namespace)
                    && d.id().name().equals(name));
    documents.remove(found);
    if (found.id().kind().equals("Namespace")) {
      documents.removeIf(d -> d.id().namespace().equals(name));
    }
    documents.removeAll(Controllers.owned(documents, found));
  }

  private static boolean called(ResourceId id, String kind) {
    String word = kind.toLowerCase(Locale.ROOT);
    return id.type().toLowerCase(Locale.ROOT).equals(word)
        || id.kind().toLowerCase(Locale.ROOT).equals(word)
        || (id.kind() + "s").toLowerCase(Locale.ROOT).equals(word);
  }

  private Document only(String text, Predicate<Document> fits) {
    List<Document> found = documents.stream().filter(fits).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "'%s' is several: %s"
              .formatted(text, String.join(", ", found.stream().map(d -> d.id().type()).toList())));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no " + text + near(text)));
  }

  /** Objects of the same name elsewhere, which may be meant. */
  private String near(String text) {
    String name = text.substring(text.lastIndexOf('/') + 1);
    List<String> like =
        documents.stream()
            .filter(d -> d.id().name().equals(name))
            .map(d ->
                d.id().kind()
                    + "/"
                    + (d.id().namespace().isEmpty() ? "" : d.id().namespace() + "/")
                    + name)
            .limit(3)
            .toList();
    return like.isEmpty() ? "" : "; did you mean " + String.join(" or ", like) + "?";
  }

  /**
   * Sets or takes away a label.
   *
   * @param text {@code ns/NAME=KEY=VALUE}, with {@code KEY-} to take it away, or {@code
   *     KIND/NAMESPACE/NAME=KEY=VALUE}, which of a workload labels the pods
   * @throws IllegalArgumentException with a sentence for the user when there is no such object
   */
  public void label(String text) {
    int equals = text.indexOf('=');
    String object = equals < 0 ? "" : text.substring(0, equals);
    String change = text.substring(equals + 1);
    boolean removes = change.endsWith("-") && !change.contains("=");
    if (object.isEmpty() || (!removes && change.indexOf('=') < 1)) {
      throw new IllegalArgumentException(
          "'%s': say ns/NAME=KEY=VALUE, or ns/NAME=KEY- to take the label away".formatted(text));
    }
    String key =
        removes
            ? change.substring(0, change.length() - 1)
            : change.substring(0, change.indexOf('='));
    Optional<String> value =
        removes ? Optional.empty() : Optional.of(change.substring(change.indexOf('=') + 1));
    String[] words = object.replaceFirst("^ns/", "namespace/").split("/", -1);
    String namespace = words.length == 3 ? words[1] : "";
    Document found =
        only(
            object,
            d ->
                called(d.id(), words[0])
                    && d.id().namespace().equals(namespace)
                    && d.id().name().equals(words[words.length - 1]));
    relabel(found, key, value);
  }

  private void relabel(Document document, String key, Optional<String> value) {
    if (!document.at("spec", "template").present()) {
      replace(document, List.of("metadata", "labels"), key, value);
      return;
    }
    replace(document, List.of("spec", "template", "metadata", "labels"), key, value);
    List<Document> pods =
        documents.stream()
            .filter(d ->
                d.at("metadata", "ownerReferences").items().stream()
                    .anyMatch(r ->
                        d.id().namespace().equals(document.id().namespace())
                            && r.get("kind").text("").equals(document.id().kind())
                            && r.get("name").text("").equals(document.id().name())))
            .toList();
    pods.forEach(pod -> relabel(pod, key, value));
  }

  private void replace(Document document, List<String> path, String key, Optional<String> value) {
    Mapping root = relabelled(document.root(), path, key, value);
    documents.remove(document);
    documents.add(new Document(document.id(), root, document.source(), document.live()));
  }

  private static Mapping relabelled(
      Mapping at, List<String> path, String key, Optional<String> value) {
    Map<String, Value> entries = new LinkedHashMap<>(at.entries());
    if (path.isEmpty()) {
      if (value.isPresent()) {
        entries.put(key, new Value.Scalar(value.get(), Value.Type.STRING, at.mark()));
      } else {
        entries.remove(key);
      }
    } else {
      Mapping inner =
          entries.get(path.getFirst()) instanceof Mapping m ? m : new Mapping(Map.of(), at.mark());
      entries.put(path.getFirst(), relabelled(inner, path.subList(1, path.size()), key, value));
    }
    return new Mapping(entries, at.mark());
  }
}
