package io.github.polverdict.live;

import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.UnreadableSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which resources a cluster serves. Without it a forbidden list could not be told from one that
 * does not exist: the server refuses before it looks.
 */
final class Discovery {
  private final Map<String, Set<String>> versions =
      new HashMap<>(); // of each group; empty: it could not be asked
  private final Map<String, Set<String>> plurals = new HashMap<>(); // of each group and version

  private final List<Resource> wanted;

  private Discovery(List<Resource> wanted) {
    this.wanted = wanted;
  }

  /**
   * Asks once for all groups and once for each group and version that is of interest.
   *
   * @throws UnreadableSource when nothing that answers like an API server can be reached
   */
  static Discovery of(ApiServer server, List<Resource> wanted) throws UnreadableSource {
    Discovery out = new Discovery(wanted);
    out.groups(server);
    for (Resource resource : wanted) {
      for (String version : resource.versions()) {
        out.resources(server, resource, version);
      }
    }
    return out;
  }

  /** The names of all groups that are served. */
  Set<String> groups() {
    return Set.copyOf(versions.keySet());
  }

  private void groups(ApiServer server) throws UnreadableSource {
    switch (server.get("/apis")) {
      case Reply.Good(var body) -> {
        Field list = Listing.field(body);
        if (!list.get("kind").text("").equals("APIGroupList")) {
          throw server.unreadable(
              new Reply.Failed("it does not answer like a Kubernetes API server", ""));
        }
        for (Field group : list.get("groups").items()) {
          Set<String> known =
              versions.computeIfAbsent(group.get("name").text(""), _ -> new LinkedHashSet<>());
          group.get("versions").items().forEach(v -> known.add(v.get("version").text("")));
        }
      }
      case Reply.Failed failed -> throw server.unreadable(failed);
      case Reply.Absent _, Reply.Expired _ ->
          throw server.unreadable(
              new Reply.Failed("it does not answer like a Kubernetes API server", ""));
      case Reply.Forbidden _ ->
          wanted.forEach(r -> versions.put(r.group(), Set.copyOf(r.versions())));
    }
    versions.put("", Set.of("v1"));
  }

  private void resources(ApiServer server, Resource resource, String version)
      throws UnreadableSource {
    String apiVersion = resource.apiVersion(version);
    boolean core = resource.group().isEmpty();
    if (core
        || plurals.containsKey(apiVersion)
        || !versions.getOrDefault(resource.group(), Set.of()).contains(version)) {
      return;
    }
    if (server.get("/apis/" + apiVersion) instanceof Reply.Good(var body)) {
      Set<String> served = new LinkedHashSet<>();
      Listing.field(body).get("resources").items().forEach(r -> served.add(r.get("name").text("")));
      plurals.put(apiVersion, served);
    }
  }

  /** The version in which to ask for a resource; empty when the cluster does not have it. */
  Optional<String> version(Resource resource) {
    if (!resource.unlessServed().isEmpty() && other(resource).flatMap(this::version).isPresent()) {
      return Optional.empty();
    }
    return resource.versions().stream().filter(v -> serves(resource, v)).findFirst();
  }

  /** Those that are asked for, in order. */
  List<Resource> wanted() {
    return wanted;
  }

  private Optional<Resource> other(Resource resource) {
    return wanted.stream().filter(r -> r.id().equals(resource.unlessServed())).findFirst();
  }

  /** Also true when the group could not be asked: the list itself will tell. */
  private boolean serves(Resource resource, String version) {
    if (!versions.getOrDefault(resource.group(), Set.of()).contains(version)) {
      return false;
    }
    Set<String> served = plurals.get(resource.apiVersion(version));
    return served == null || served.contains(resource.plural());
  }
}
