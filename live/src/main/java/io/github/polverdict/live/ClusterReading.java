package io.github.polverdict.live;

import io.github.polverdict.live.Listing.Outcome;
import io.github.polverdict.live.Listing.Result;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.kept.Kept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * One reading of a cluster: every resource of the whole cluster, and where that is forbidden
 * namespace by namespace. At most {@value #PARALLEL} lists run at once; the result does not depend
 * on their order.
 */
final class ClusterReading {
  private static final int PARALLEL = 6;

  private final ApiServer server;
  private final Discovery discovery;
  private final List<String> named;
  private final Progress progress;
  private final Map<String, Integer> counts = new LinkedHashMap<>(); // guarded by this

  /**
   * @param named namespaces to look into when they cannot be listed
   */
  ClusterReading(ApiServer server, Discovery discovery, List<String> named, Progress progress) {
    this.server = server;
    this.discovery = discovery;
    this.named = named;
    this.progress = progress;
  }

  /** One list that was asked for; of the whole cluster when the namespace is empty. */
  record Part(Resource resource, String namespace, Result result) {}

  Snapshot read() throws UnreadableSource {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      List<Part> wide = run(pool, wide());
      Namespaces namespaces = namespaces(pool, wide.getFirst());
      List<Callable<Part>> narrow = new ArrayList<>();
      for (Part part : wide) {
        if (part.result().outcome() == Outcome.FORBIDDEN) {
          candidates(part.resource(), namespaces)
              .forEach(n -> narrow.add(() -> list(part.resource(), n)));
        }
      }
      Shortfalls shortfalls = new Shortfalls(server.name(), namespaces.complete());
      List<Document> documents = new ArrayList<>();
      List<Part> parts = new ArrayList<>(wide);
      parts.addAll(namespaces.parts());
      parts.addAll(run(pool, narrow));
      parts.forEach(p -> documents.addAll(p.result().documents()));
      parts.forEach(shortfalls::add);
      if (documents.isEmpty() && shortfalls.everythingForbidden()) {
        throw server.unreadable(
            new Reply.Failed(
                shortfalls.firstReason(), "ask for the rights in deploy/rbac/read.yaml"));
      }
      return new Snapshot(server.name(), documents, shortfalls.gaps(), shortfalls.findings());
    }
  }

  /** The namespaces that can be looked into, and whether these are all. */
  record Namespaces(Set<String> names, boolean complete, List<Part> parts) {
    Namespaces {
      names = new TreeSet<>(names);
    }
  }

  private Namespaces namespaces(ExecutorService pool, Part listed) throws UnreadableSource {
    List<Callable<Part>> single = new ArrayList<>();
    for (String name : asked(listed)) {
      single.add(() -> one(listed.resource(), name));
    }
    return namespaces(listed, run(pool, single));
  }

  /** What the list of namespaces, and those read one by one where it is not complete, tell. */
  Namespaces namespaces(Part listed) throws UnreadableSource {
    List<Part> single = new ArrayList<>();
    for (String name : asked(listed)) {
      single.add(one(listed.resource(), name));
    }
    return namespaces(listed, single);
  }

  private Namespaces namespaces(Part listed, List<Part> single) {
    TreeSet<String> names = names(listed);
    names.addAll(asked(listed));
    return new Namespaces(names, listed.result().outcome() == Outcome.COMPLETE, single);
  }

  /** Those to be asked for one by one. */
  private Set<String> asked(Part listed) {
    if (listed.result().outcome() == Outcome.COMPLETE) {
      return Set.of();
    }
    TreeSet<String> out = names(listed);
    out.addAll(named);
    out.add(server.namespace());
    return out;
  }

  private static TreeSet<String> names(Part listed) {
    TreeSet<String> out = new TreeSet<>();
    listed.result().documents().forEach(d -> out.add(d.id().name()));
    return out;
  }

  private List<Callable<Part>> wide() {
    List<Callable<Part>> out = new ArrayList<>();
    for (Resource resource : discovery.wanted()) {
      if (discovery.version(resource).isPresent()) {
        out.add(() -> list(resource, ""));
      }
    }
    return out;
  }

  /** Namespaces in which to look for a resource that may not be listed in all. */
  static List<String> candidates(Resource resource, Namespaces namespaces) {
    TreeSet<String> out = new TreeSet<>(namespaces.names());
    switch (resource.reach()) {
      case CLUSTER -> out.clear();
      case AGENTS -> {
        if (namespaces.complete()) {
          out.retainAll(Resource.AGENT_NAMESPACES);
        } else {
          out.addAll(Resource.AGENT_NAMESPACES);
        }
      }
      case NAMESPACES -> {
        if (!namespaces.complete() && resource.tellsEngine()) {
          out.addAll(Resource.AGENT_NAMESPACES);
        }
      }
    }
    return List.copyOf(out);
  }

  Listing listing(Resource resource) {
    return new Listing(server, resource, discovery.version(resource).orElseThrow());
  }

  /** A cluster-scoped object by its name. */
  Part one(Resource resource, String name) throws UnreadableSource {
    return new Part(resource, name, listing(resource).readOne(name));
  }

  /** Lists a resource in a namespace, in all when it is empty. */
  Part list(Resource resource, String namespace) throws UnreadableSource {
    IntConsumer page = n -> count(resource, n);
    if (!resource.byName()) {
      Result all = listing(resource).read(namespace, page);
      return new Part(resource, namespace, resource.defines() ? withSchemas(resource, all) : all);
    }
    List<Document> documents = new ArrayList<>();
    Result worst = new Result(List.of(), Outcome.COMPLETE, "");
    for (String name : resource.names()) {
      Result one = listing(resource).readNamed(namespace, name, page);
      documents.addAll(one.documents());
      worst = one.outcome().compareTo(worst.outcome()) > 0 ? one : worst;
    }
    return new Part(resource, namespace, new Result(documents, worst.outcome(), worst.why()));
  }

  /** Definitions, listed by their metadata, with the schemas of those that are asked for them. */
  private Result withSchemas(Resource resource, Result listed) throws UnreadableSource {
    List<Document> documents = new ArrayList<>();
    Result worst = listed;
    for (Document definition : listed.documents()) {
      String name = definition.id().name();
      if (!Kept.definitions().contains(name)) {
        documents.add(definition);
        continue;
      }
      Result one = listing(resource).readNamed("", name, _ -> {});
      documents.addAll(one.outcome() == Outcome.COMPLETE ? one.documents() : List.of(definition));
      worst = one.outcome().compareTo(worst.outcome()) > 0 ? one : worst;
    }
    return new Result(documents, worst.outcome(), worst.why(), listed.version());
  }

  private synchronized void count(Resource resource, int more) {
    progress.read(resource.id(), counts.merge(resource.id(), more, Integer::sum));
  }

  private List<Part> run(ExecutorService pool, List<Callable<Part>> calls) throws UnreadableSource {
    try {
      List<Part> out = new ArrayList<>();
      for (Future<Part> future : pool.invokeAll(calls)) {
        out.add(future.get());
      }
      return out;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnreadableSource unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("reading cluster " + server.name() + " failed", e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreadableSource("reading cluster " + server.name() + " was interrupted");
    }
  }
}
