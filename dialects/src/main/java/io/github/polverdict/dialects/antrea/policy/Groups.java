package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ClusterGroups and Groups: who is in them (pkg/controller/networkpolicy/clustergroup.go, group.go,
 * crd_utils.go). A group has pods or address ranges, or those of groups below it, one level deep.
 */
final class Groups {
  static final String CLUSTER = "ClusterGroup.crd.antrea.io";
  static final String LOCAL = "Group.crd.antrea.io";
  private static final int DEEPEST = 2;

  private final Snapshot snapshot;
  private final boolean nodes;

  /**
   * Who is in a group.
   *
   * @param pods any of them, or nodes; nobody when empty
   * @param ranges the addresses of its IPBlocks
   * @param own whether the group itself has IPBlocks and no groups below it
   * @param open why there may be others in it
   */
  record Members(boolean found, List<Selector> pods, IpSet ranges, boolean own, List<Doubt> open) {
    private static final Members NONE = new Members(false, List.of(), IpSet.NONE, false, List.of());

    Members {
      pods = List.copyOf(pods);
      open = List.copyOf(open);
    }

    private Members and(Members other) {
      List<Selector> all = new ArrayList<>(pods);
      all.addAll(other.pods);
      List<Doubt> doubts = new ArrayList<>(open);
      doubts.addAll(other.open);
      return new Members(true, all, ranges.or(other.ranges), false, doubts);
    }
  }

  /**
   * @param nodes whether ClusterGroups may be of nodes
   */
  Groups(Snapshot snapshot, boolean nodes) {
    this.snapshot = snapshot;
    this.nodes = nodes;
  }

  private static String type(String namespace) {
    return namespace.isEmpty() ? CLUSTER : LOCAL;
  }

  /** The object of that name, in a namespace or, when that is empty, of the cluster. */
  Optional<Document> find(String namespace, String name) {
    return snapshot.find(type(namespace), namespace, name);
  }

  Members of(String namespace, String name) {
    return of(namespace, name, 1);
  }

  private Members of(String namespace, String name, int level) {
    Optional<Document> group = find(namespace, name);
    Optional<Doubt> unread = Unread.of(snapshot, Set.of(type(namespace)));
    if (group.isEmpty()) {
      return unread
          .map(d -> new Members(false, List.of(), IpSet.NONE, false, List.of(d)))
          .orElse(Members.NONE);
    }
    List<Finding> wrong = GroupChecks.of(group.get(), nodes);
    if (!wrong.isEmpty()) {
      Finding first = wrong.getFirst();
      Doubt doubt = new Doubt.NotReadable(group.get().id().text(), first.message(), first.origin());
      return new Members(true, List.of(), IpSet.NONE, false, List.of(doubt));
    }
    Field spec = group.get().at("spec");
    List<Field> children = spec.get("childGroups").items();
    if (children.isEmpty()) {
      return alone(spec, namespace);
    }
    Members all = new Members(true, List.of(), IpSet.NONE, false, List.of());
    for (Field child : level < DEEPEST ? children : List.<Field>of()) {
      all = all.and(of(namespace, child.text(""), level + 1));
    }
    return all;
  }

  private Members alone(Field spec, String namespace) {
    IpSet ranges = ranges(spec);
    Field service = spec.get("serviceReference");
    if (!ranges.isEmpty() || spec.get("ipBlocks").present()) {
      return new Members(true, List.of(), ranges, true, List.of());
    }
    if (service.present()) {
      return service(service.get("namespace").text(namespace), service.get("name").text(""));
    }
    if (spec.get("nodeSelector").present()) {
      List<Selector> theirs = List.of(Subjects.nodes(spec.get("nodeSelector")));
      return new Members(true, theirs, IpSet.NONE, false, List.of());
    }
    Field entities = spec.get("externalEntitySelector");
    if (entities.present()) {
      IpSet theirs = new Entities(snapshot).of(entities, spec.get("namespaceSelector"), namespace);
      return new Members(
          true,
          List.of(),
          theirs,
          false,
          Unread.of(snapshot, Set.of(Entities.TYPE)).stream().toList());
    }
    return new Members(true, pods(spec, namespace), IpSet.NONE, false, List.of());
  }

  private static IpSet ranges(Field spec) {
    List<IpSet> out = new ArrayList<>();
    spec.get("ipBlocks").items().forEach(b -> out.add(IpBlocks.of(b)));
    if (spec.get("ipBlock").present()) {
      out.add(IpBlocks.of(spec.get("ipBlock")));
    }
    return IpSet.union(out);
  }

  /**
   * The pods that selectors mean; none when there is no selector and no namespace
   * (pkg/controller/grouping/group_entity_index.go, match).
   *
   * @param namespace that a podSelector alone is confined to; empty for all
   */
  static List<Selector> pods(Field holder, String namespace) {
    Field pods = holder.get("podSelector");
    Field namespaces = holder.get("namespaceSelector");
    if (!pods.present() && !namespaces.present() && namespace.isEmpty()) {
      return List.of();
    }
    Selector where =
        namespaces.present()
            ? LabelQuery.read(namespaces).selector(Scope.NAMESPACE)
            : namespace.isEmpty() ? Selector.ALL : new Selector.InNamespace(namespace);
    return List.of(
        Selector.and(Selector.pods(), where, LabelQuery.read(pods).selector(Scope.ENDPOINT)));
  }

  /** The pods that a Service selects. */
  private Members service(String namespace, String name) {
    Optional<Document> service = snapshot.find("Service", namespace, name);
    Map<String, String> labels =
        service.map(s -> s.at("spec", "selector").strings()).orElse(Map.of());
    List<Doubt> open =
        service.isEmpty() ? Unread.of(snapshot, Set.of("Service")).stream().toList() : List.of();
    if (labels.isEmpty()) {
      return new Members(true, List.of(), IpSet.NONE, false, open);
    }
    List<Selector> pods = List.of(Selector.pods(namespace, labels));
    return new Members(true, pods, IpSet.NONE, false, open);
  }

  /** What is wrong with the groups of the snapshot. */
  List<Finding> findings() {
    Set<Finding> out = new LinkedHashSet<>();
    snapshot.ofKinds(Set.of(CLUSTER, LOCAL)).forEach(g -> out.addAll(GroupChecks.of(g, nodes)));
    return List.copyOf(out);
  }
}
