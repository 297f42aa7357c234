package io.github.polverdict.live;

import io.github.polverdict.live.ClusterReading.Namespaces;
import io.github.polverdict.live.ClusterReading.Part;
import io.github.polverdict.live.Listing.Outcome;
import io.github.polverdict.live.Listing.Result;
import io.github.polverdict.snapshot.UnreadableSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Keeps one resource up to date: a list, then watches, and the list again whenever a watch cannot
 * go on from where the last ended. What cannot be watched is listed now and then. Never gives up;
 * what fails is stale until it works again.
 */
final class Feed implements Runnable {
  /** What feeds of a cluster share. */
  record Shared(
      RenewableServer connection,
      Holdings holdings,
      Rhythm rhythm,
      List<String> named,
      Progress progress,
      Semaphore lists) {}

  private final Resource resource;
  private final Discovery discovery;
  private final Shared shared;
  private final Runnable listed;
  private final Runnable changed;
  private int failures; // one after the other
  private boolean refusedBefore; // a refusal is believed when it is repeated
  private Instant lastGood = Instant.now();

  /**
   * @param listed called once, after the first list
   * @param changed called when an object of the resource came or went
   */
  Feed(Resource resource, Discovery discovery, Shared shared, Runnable listed, Runnable changed) {
    this.resource = resource;
    this.discovery = discovery;
    this.shared = shared;
    this.listed = listed;
    this.changed = changed;
  }

  @Override
  public void run() {
    try {
      boolean first = true;
      while (true) {
        String version = list();
        if (first) {
          first = false;
          listed.run();
        }
        if (!version.isEmpty()) {
          new Watching(this, discovery.version(resource).orElseThrow()).from(version);
        }
      }
    } catch (InterruptedException _) {
      // the watch of the cluster ends
    }
  }

  Resource resource() {
    return resource;
  }

  Shared shared() {
    return shared;
  }

  /** Lists everything; the version to watch from, empty when it must be listed again later. */
  private String list() throws InterruptedException {
    Instant asked = Instant.now();
    List<Part> parts;
    try {
      parts = parts();
    } catch (Unanswered e) {
      failed(e.why);
      if (!shared.holdings().isComplete(resource)) {
        Result nothing = new Result(List.of(), Outcome.BROKEN, e.why);
        shared.holdings().replace(resource, List.of(new Part(resource, "", nothing)));
      }
      pause(Optional.empty());
      return "";
    }
    Result wide = parts.getFirst().result();
    boolean lost = wide.outcome() != Outcome.COMPLETE && shared.holdings().isComplete(resource);
    boolean refusal = wide.outcome() == Outcome.FORBIDDEN || wide.outcome() == Outcome.ABSENT;
    if (lost && !(refusal && refusedBefore)) {
      failed(wide.why().isEmpty() ? "the server does not know it (404)" : wide.why());
      refusedBefore = refusal;
      Thread.sleep(refusal ? shared.rhythm().confirm() : Duration.ZERO);
      pause(Optional.empty());
      return "";
    }
    shared.holdings().replace(resource, parts);
    good(asked);
    if (wide.outcome() == Outcome.COMPLETE && !resource.byName() && !wide.version().isEmpty()) {
      return wide.version();
    }
    listed.run();
    Thread.sleep(shared.rhythm().poll());
    return "";
  }

  /** A question that was not answered, and why. */
  static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    final String why;

    Unanswered(String why) {
      super(why);
      this.why = why;
    }
  }

  private List<Part> parts() throws Unanswered, InterruptedException {
    ApiServer server = shared.connection().server();
    var reading = new ClusterReading(server, discovery, shared.named(), shared.progress());
    try {
      List<Part> out = new ArrayList<>();
      Part wide = asked(() -> reading.list(resource, ""));
      out.add(wide);
      if (resource.id().equals(Resource.NAMESPACES_ID)) {
        Namespaces all = asked(() -> reading.namespaces(wide));
        out.addAll(all.parts());
        shared.holdings().know(all);
      }
      if (wide.result().outcome() == Outcome.FORBIDDEN) {
        for (String name : ClusterReading.candidates(resource, shared.holdings().namespaces())) {
          out.add(asked(() -> reading.list(resource, name)));
        }
      }
      return out;
    } catch (UnreadableSource e) {
      throw refused(server, e);
    } catch (IllegalStateException e) { // another feed has just replaced the client
      throw new Unanswered(Failures.of(e).why());
    }
  }

  /** A question to the server. */
  private interface Question<T> {
    T ask() throws UnreadableSource;
  }

  /** Asks when few others do; nobody waits for another feed meanwhile. */
  private <T> T asked(Question<T> question) throws UnreadableSource, InterruptedException {
    shared.lists().acquire();
    try {
      return question.ask();
    } finally {
      shared.lists().release();
    }
  }

  /** What to make of credentials that are not taken: they are read again for the next try. */
  Unanswered refused(ApiServer server, UnreadableSource e) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      shared.connection().renew(server);
    } catch (UnreadableSource unreadable) {
      return new Unanswered(unreadable.sentence());
    }
    return new Unanswered(e.sentence());
  }

  void good(Instant asOf) {
    failures = 0;
    refusedBefore = false;
    lastGood = asOf;
    shared.holdings().current(resource);
  }

  /** Notes that everything that was known a moment ago still holds. */
  void alive() {
    lastGood = Instant.now();
  }

  void failed(String why) {
    failures++;
    if (shared.holdings().isComplete(resource)) {
      shared.holdings().stale(resource, lastGood, why);
    }
  }

  /** Notes that an object came or went. */
  void told() {
    changed.run();
  }

  /** Waits as long as the server asks for, else longer after each failure. */
  void pause(Optional<Duration> asked) throws InterruptedException {
    Patience patience = shared.connection().server().patience();
    Duration pause = asked.orElse(patience.pause(Math.max(1, failures)));
    Duration longest = patience.longestPause();
    Thread.sleep(pause.compareTo(longest) < 0 ? pause : longest);
  }
}
