package io.github.polverdict.live;

import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.kept.Kept;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A kind of object that is asked for; the table of all is {@code resources.txt}.
 *
 * @param id {@code networkpolicies.networking.k8s.io}, as kubectl takes it
 * @param versions that can be read, the best first
 * @param names the only names that are asked for; empty for all
 * @param unlessServed the id of a resource that, when the cluster has it, says the same; may be
 *     empty
 * @param costs what an answer lacks without it, one clause
 */
record Resource(
    String id,
    List<String> versions,
    String kind,
    Reach reach,
    List<String> names,
    String unlessServed,
    String costs) {
  private static final List<Resource> ALL = table("resources.txt");
  private static final List<Resource> SURROUNDINGS = table("surroundings.txt");

  /** Where objects of the kind live. */
  enum Reach {
    /** In no namespace. */
    CLUSTER,
    NAMESPACES,
    /** In the namespaces of {@link #AGENT_NAMESPACES}. */
    AGENTS
  }

  /** Namespaces in which the agents of engines run. */
  static final List<String> AGENT_NAMESPACES =
      List.of("calico-system", "cilium", "kube-flannel", "kube-system", "openshift-ovn-kubernetes");

  /** The name of the resource whose objects are namespaces. */
  static final String NAMESPACES_ID = "namespaces";

  Resource {
    versions = List.copyOf(versions);
    names = List.copyOf(names);
  }

  /** Everything that is always asked for, in order. */
  static List<Resource> all() {
    return ALL;
  }

  /** What else is asked for when the cluster's surroundings are wanted. */
  static List<Resource> surroundings() {
    return SURROUNDINGS;
  }

  /** What is asked for of a cluster, in order. */
  static List<Resource> of(ClusterAccess access) {
    return access.surroundings()
        ? Stream.concat(ALL.stream(), SURROUNDINGS.stream()).toList()
        : ALL;
  }

  private static List<Resource> table(String name) {
    return lines(name).map(Resource::of).toList();
  }

  /** The lines of a table beside this class, without comments and empty ones. */
  static Stream<String> lines(String table) {
    var in = Objects.requireNonNull(Resource.class.getResourceAsStream(table), table);
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Resource of(String line) {
    List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
    if (cells.size() != 7) {
      throw new IllegalStateException("not seven cells: " + line);
    }
    return new Resource(
        cells.get(0),
        words(cells.get(1)),
        cells.get(2),
        Reach.valueOf(cells.get(3).toUpperCase(Locale.ROOT)),
        names(cells.get(4)),
        cells.get(5),
        cells.get(6));
  }

  private static List<String> names(String cell) {
    return cell.equals("@configmaps")
        ? Kept.configMaps().stream().filter(n -> !n.endsWith("-")).toList()
        : words(cell);
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(" +"));
  }

  /** The API group; empty for the core group. */
  String group() {
    int dot = id.indexOf('.');
    return dot < 0 ? "" : id.substring(dot + 1);
  }

  /** As gaps and dialects call it: with its group when that is not one of Kubernetes. */
  String type() {
    return new ResourceId(apiVersion(versions.getFirst()), kind, "", "").type();
  }

  /** As a reader calls it: with its group only when that is a network plug-in's. */
  String title() {
    String group = group();
    return group.isEmpty() || group.endsWith("k8s.io") || !group.contains(".") ? plural() : id;
  }

  /** As in the path, {@code networkpolicies}. */
  String plural() {
    int dot = id.indexOf('.');
    return dot < 0 ? id : id.substring(0, dot);
  }

  /** Whether objects are asked for one by one, by their names. */
  boolean byName() {
    return !names.isEmpty() && !names.equals(List.of("served"));
  }

  /** Whether an object of this name is read at all. */
  boolean wants(String name) {
    return names.isEmpty()
        || names.contains(name)
        || (names.equals(List.of("served")) && ALL.stream().anyMatch(r -> r.id.equals(name)));
  }

  /** Whether lists and events bring nothing but the objects' metadata. */
  boolean metadataOnly() {
    return defines() || kind.equals("Namespace");
  }

  /** Whether its objects define other resources; the schemas of some are then asked for. */
  boolean defines() {
    return kind.equals("CustomResourceDefinition");
  }

  /**
   * Whether it shows which engine enforces, so that the agents' namespaces are always looked into.
   */
  boolean tellsEngine() {
    return kind.equals("DaemonSet");
  }

  /** {@code networking.k8s.io/v1}. */
  String apiVersion(String version) {
    return group().isEmpty() ? version : group() + "/" + version;
  }

  /** The path of a list; of the whole cluster when the namespace is empty. */
  String path(String version, String namespace) {
    String root = group().isEmpty() ? "/api/" : "/apis/";
    String in = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
    return root + apiVersion(version) + in + "/" + plural();
  }
}
