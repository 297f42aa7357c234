package io.github.polverdict.live;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.live.ClusterReading.Namespaces;
import io.github.polverdict.live.ClusterReading.Part;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Everything that is known of a watched cluster. Fed by many threads; each state has a number. */
final class Holdings {
  private final String cluster;
  private final List<Resource> order;
  private final Map<Resource, Held> held = new HashMap<>(); // guarded by this, as all below
  private final Map<Resource, Stale> stale = new HashMap<>();
  private Optional<Namespaces> namespaces = Optional.empty();
  private long number;
  private long lastChange; // System.nanoTime
  private Instant seen = Instant.EPOCH;

  Holdings(String cluster, List<Resource> order) {
    this.cluster = cluster;
    this.order = order;
  }

  /** Begins to hold a resource, of which nothing is known yet. */
  synchronized void begin(Resource resource) {
    held.put(resource, new Held());
  }

  /** Forgets a resource that the cluster does not have any more. */
  synchronized void forget(Resource resource) {
    held.remove(resource);
    stale.remove(resource);
    changed();
  }

  /** Takes a resource's lists. */
  synchronized void replace(Resource resource, List<Part> parts) {
    change(resource, h -> h.replace(parts));
  }

  /** Takes the namespaces, which say where to look for what may not be listed in all of them. */
  synchronized void know(Namespaces all) {
    namespaces = Optional.of(all);
    notifyAll();
  }

  /** Waits until it is known which namespaces there are. */
  synchronized Namespaces namespaces() throws InterruptedException {
    while (namespaces.isEmpty()) {
      wait();
    }
    return namespaces.get();
  }

  synchronized void put(Resource resource, Document document) {
    change(resource, h -> h.put(document));
  }

  synchronized void remove(Resource resource, Document document) {
    change(resource, h -> h.remove(document));
  }

  /** Whether something is known of a resource that would be lost. */
  synchronized boolean isComplete(Resource resource) {
    Held known = held.get(resource);
    return known != null && known.isComplete();
  }

  private void change(Resource resource, Predicate<Held> change) {
    Held known = held.get(resource);
    if (known != null && change.test(known)) {
      changed();
    }
  }

  /** A resource is not up to date any more; the first time and the last reason count. */
  synchronized void stale(Resource resource, Instant asOf, String why) {
    Stale before = stale.get(resource);
    Instant since = before == null ? asOf : before.asOf();
    Stale now = new Stale(resource.title(), since, why);
    if (!now.equals(before) && held.containsKey(resource)) {
      stale.put(resource, now);
      changed();
    }
  }

  /** A resource is up to date. */
  synchronized void current(Resource resource) {
    if (stale.remove(resource) != null) {
      changed();
    }
  }

  private void changed() {
    number++;
    lastChange = System.nanoTime();
    seen = Instant.now();
    notifyAll();
  }

  /**
   * Waits for a state after a number, and a little longer while more changes come.
   *
   * @return empty when none came in time
   */
  synchronized Optional<Revision> after(long known, Duration atMost, Duration settle)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (number <= known) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return Optional.empty();
      }
      wait(Math.max(1, left / 1_000_000));
    }
    long patience = System.nanoTime() + 10 * settle.toNanos();
    long quiet = lastChange + settle.toNanos();
    while (quiet > System.nanoTime() && System.nanoTime() < patience) {
      wait(Math.max(1, (quiet - System.nanoTime()) / 1_000_000));
      quiet = lastChange + settle.toNanos();
    }
    return Optional.of(now());
  }

  private Revision now() {
    Shortfalls shortfalls =
        new Shortfalls(cluster, namespaces.map(Namespaces::complete).orElse(false));
    List<Document> documents = new ArrayList<>();
    List<Stale> late = new ArrayList<>();
    for (Resource resource : order) {
      Held known = held.get(resource);
      for (Part part : known == null ? List.<Part>of() : known.parts()) {
        documents.addAll(part.result().documents());
        shortfalls.add(part);
      }
      Optional.ofNullable(stale.get(resource)).ifPresent(late::add);
    }
    List<Finding> findings = new ArrayList<>(shortfalls.findings());
    late.forEach(s -> findings.add(finding(s)));
    return new Revision(
        number, seen, new Snapshot(cluster, documents, shortfalls.gaps(), findings), late);
  }

  private Finding finding(Stale stale) {
    return new Finding(
        "PV042",
        Severity.WARNING,
        "%s: known as of %s, not up to date since (%s)"
            .formatted(stale.what(), stale.asOf(), stale.why()),
        "answers rest on what was known then; it is asked for again by itself",
        new Origin.InCluster(cluster, stale.what(), "", ""));
  }
}
