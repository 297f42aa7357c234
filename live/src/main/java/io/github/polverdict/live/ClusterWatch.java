package io.github.polverdict.live;

import io.github.polverdict.live.Feed.Shared;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A running cluster that is watched: each state of it as a snapshot, the same that reading it anew
 * would give. States that come faster than they are asked for are passed over. What an API server
 * that is away, busy or restarted keeps from us stays as it was known last, and is called stale.
 */
public final class ClusterWatch implements AutoCloseable {
  private static final int LISTS = 6; // at once

  private final RenewableServer connection;
  private final Holdings holdings;
  private final Rhythm rhythm;
  private final Shared shared;
  private final List<Resource> wanted;
  private final Map<Resource, Thread> feeds = new HashMap<>(); // of the discovering thread
  private final Set<Resource> missing = new HashSet<>(); // of the discovering thread
  private final Semaphore definitions = new Semaphore(0); // permits: something came or went
  private final Thread discovering;
  private volatile boolean closed;
  private long known;

  private ClusterWatch(
      RenewableServer connection, ClusterAccess access, Progress progress, Rhythm rhythm)
      throws UnreadableSource {
    this.connection = connection;
    this.rhythm = rhythm;
    this.wanted = Resource.of(access);
    this.holdings = new Holdings(connection.server().name(), wanted);
    this.shared =
        new Shared(
            connection, holdings, rhythm, access.namespaces(), progress, new Semaphore(LISTS));
    Discovery first = Discovery.of(connection.server(), wanted);
    List<Resource> served = wanted.stream().filter(r -> first.version(r).isPresent()).toList();
    CountDownLatch lists = new CountDownLatch(served.size());
    served.forEach(r -> begin(r, first, lists::countDown));
    awaitAll(lists);
    this.discovering = Thread.ofVirtual().name("discovery").start(this::discover);
  }

  /**
   * Begins to watch; comes back when everything has been read once.
   *
   * @throws UnreadableSource when the cluster cannot be reached
   */
  public static ClusterWatch open(ClusterAccess access, Progress progress) throws UnreadableSource {
    Path home = Path.of(System.getProperty("user.home"));
    return open(
        access,
        progress,
        new RenewableServer(access, new Kubeconfigs(System.getenv(), home), Patience.USUAL),
        Rhythm.USUAL);
  }

  static ClusterWatch open(
      ClusterAccess access, Progress progress, RenewableServer connection, Rhythm rhythm)
      throws UnreadableSource {
    try {
      return new ClusterWatch(connection, access, progress, rhythm);
    } catch (UnreadableSource | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void awaitAll(CountDownLatch lists) throws UnreadableSource {
    try {
      lists.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      stop();
      throw new UnreadableSource("reading the cluster was interrupted");
    }
  }

  /**
   * The next state that differs from the one before; the first time the state at the beginning.
   *
   * @return empty when nothing changed in that time
   */
  public Optional<Revision> next(Duration atMost) throws InterruptedException {
    Optional<Revision> next = holdings.after(known, atMost, rhythm.settle());
    next.ifPresent(r -> known = r.number());
    return next;
  }

  private void begin(Resource resource, Discovery discovery, Runnable listed) {
    holdings.begin(resource);
    Runnable changed = resource.defines() ? definitions::release : () -> {};
    Feed feed = new Feed(resource, discovery, shared, once(listed), changed);
    feeds.put(resource, Thread.ofVirtual().name(resource.id()).start(feed));
  }

  private static Runnable once(Runnable task) {
    Semaphore left = new Semaphore(1);
    return () -> {
      if (left.tryAcquire()) {
        task.run();
      }
    };
  }

  /** Looks now and then which resources the cluster has, at once when a definition changes. */
  private void discover() {
    try {
      while (!closed) {
        boolean soon = !missing.isEmpty();
        Duration pause = soon ? rhythm.confirm() : rhythm.poll();
        if (definitions.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          Thread.sleep(rhythm.settle()); // a definition is served a moment after it came
          definitions.drainPermits();
        }
        ApiServer server = connection.server();
        try {
          compare(Discovery.of(server, wanted));
        } catch (UnreadableSource _) {
          // the feeds say so
        }
      }
    } catch (InterruptedException _) {
      // the watch ends
    }
  }

  private void compare(Discovery now) {
    Set<Resource> absent = new HashSet<>();
    for (Resource resource : wanted) {
      boolean served = now.version(resource).isPresent();
      boolean fed = feeds.containsKey(resource);
      if (served && !fed) {
        begin(resource, now, () -> {});
      } else if (!served && fed) {
        absent.add(resource);
      }
    }
    for (Resource resource : absent) {
      Thread feed = missing.contains(resource) ? feeds.remove(resource) : null;
      if (feed != null) {
        feed.interrupt();
        holdings.forget(resource);
      }
    }
    missing.clear();
    absent.stream().filter(feeds::containsKey).forEach(missing::add);
  }

  private void stop() {
    closed = true;
    connection.close();
    feeds.values().forEach(Thread::interrupt);
  }

  @Override
  public void close() {
    discovering.interrupt();
    try {
      discovering.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    stop();
  }
}
