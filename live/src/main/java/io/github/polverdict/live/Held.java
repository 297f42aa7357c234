package io.github.polverdict.live;

import io.github.polverdict.live.ClusterReading.Part;
import io.github.polverdict.live.Listing.Outcome;
import io.github.polverdict.live.Listing.Result;
import io.github.polverdict.snapshot.Document;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of one resource: the last lists, and what watch events have made of them. Takes
 * events in any order and any number of times: an object's newest version counts.
 */
final class Held {
  private List<Part> parts = List.of(); // the whole cluster first
  private final Map<String, Document> objects = new TreeMap<>(); // by namespace and name
  private final Map<String, Long> deleted = new TreeMap<>(); // since the last list

  /** Takes new lists; whether anything differs from what was known. */
  boolean replace(List<Part> fresh) {
    Map<String, Document> before = new TreeMap<>(objects);
    boolean changed = !outline(parts).equals(outline(fresh));
    objects.clear();
    deleted.clear();
    for (Part part : fresh) {
      for (Document document : part.result().documents()) {
        objects.put(key(document), document);
        Document known = before.remove(key(document));
        changed |= known == null || !known.saysWhat(document);
      }
    }
    parts = List.copyOf(fresh);
    return changed || !before.isEmpty();
  }

  /** What parts say beside their objects. */
  private static List<String> outline(List<Part> parts) {
    return parts.stream()
        .map(p -> p.namespace() + " " + p.result().outcome() + " " + p.result().why())
        .toList();
  }

  /** Takes an object that was added or changed; whether that is news. */
  boolean put(Document document) {
    String key = key(document);
    long version = version(document);
    Document known = objects.get(key);
    if ((known != null && version(known) > version)
        || deleted.getOrDefault(key, -1L) >= Math.max(version, 0)) {
      return false;
    }
    objects.put(key, document);
    return known == null || !known.saysWhat(document);
  }

  /** Takes an object that was deleted, in its last state; whether that is news. */
  boolean remove(Document document) {
    String key = key(document);
    Document known = objects.get(key);
    if (known != null && version(known) > version(document)) {
      return false;
    }
    deleted.merge(key, version(document), Math::max);
    return objects.remove(key) != null;
  }

  /** Whether everything of it is, or was, known. */
  boolean isComplete() {
    return !parts.isEmpty()
        && parts.stream().anyMatch(p -> p.result().outcome() == Outcome.COMPLETE);
  }

  /** The lists as if they had been read just now. */
  List<Part> parts() {
    return parts.stream().map(this::now).toList();
  }

  private Part now(Part part) {
    if (!part.namespace().isEmpty() || part.result().outcome() != Outcome.COMPLETE) {
      return part;
    }
    List<Document> all = List.copyOf(objects.values());
    return new Part(part.resource(), "", new Result(all, Outcome.COMPLETE, ""));
  }

  private static String key(Document document) {
    return document.id().namespace() + "/" + document.id().name();
  }

  /** A number since Kubernetes 1.0; -1 where a server of other make has another form. */
  private static long version(Document document) {
    String version = document.at("metadata", "resourceVersion").text("");
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : -1;
  }
}
