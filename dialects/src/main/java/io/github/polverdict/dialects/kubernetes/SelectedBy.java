package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Operator;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Peer;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * In which namespaces of a snapshot the peers of policies select pods, and which pods of theirs may
 * not have been read, for engines that turn selectors into addresses.
 */
public final class SelectedBy {
  /** The label of a namespace that is known even when nothing else of it is. */
  public static final String NAME = "kubernetes.io/metadata.name";

  private final Snapshot snapshot;
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  public SelectedBy(Snapshot snapshot) {
    this.snapshot = snapshot;
    for (Document namespace : snapshot.ofKind("Namespace")) {
      String name = namespace.id().name();
      Map<String, String> labels = new HashMap<>(namespace.at("metadata", "labels").strings());
      labels.put(NAME, name);
      namespaces.put(name, labels);
    }
  }

  /**
   * Whether a peer selects pods of a namespace, by the labels of it that were read.
   *
   * @param home the policy's namespace
   */
  public boolean reaches(Peer.Pods peer, String home, String namespace) {
    return peer.namespaces()
        .map(q -> q.matches(labels(namespace)))
        .orElseGet(() -> namespace.equals(home));
  }

  /** Why it is not known whether a peer selects pods of a namespace; empty when it is. */
  public Optional<Doubt> unknown(Peer.Pods peer, String namespace) {
    return isKnown(peer, namespace) ? Optional.empty() : unread(namespace, peer.place().origin());
  }

  /** The labels of a namespace that are known. */
  public Map<String, String> labels(String namespace) {
    return namespaces.getOrDefault(namespace, Map.of(NAME, namespace));
  }

  /**
   * Why a namespace may have other labels than its name's; empty when they are known.
   *
   * @param place what asks for them
   */
  public Optional<Doubt> unread(String namespace, Origin place) {
    if (namespaces.containsKey(namespace)) {
      return Optional.empty();
    }
    return Unread.of(snapshot, Set.of("Namespace"), namespace)
        .or(() ->
            Optional.of(
                new Doubt.NotReadable(
                    "the labels of namespace " + namespace,
                    "there is no such Namespace in what was read",
                    place)));
  }

  private boolean isKnown(Peer.Pods peer, String namespace) {
    boolean byName =
        peer.namespaces().stream()
            .flatMap(q -> q.requirements().stream())
            .allMatch(r -> r.key().equals(NAME));
    return byName || namespaces.containsKey(namespace);
  }

  /** Why there may be more objects of some types where a peer selects pods than were read. */
  public Optional<Doubt> unread(Peer.Pods peer, String home, Set<String> types) {
    return Unread.of(snapshot, types, gap -> mayTouch(gap, peer, home));
  }

  private boolean mayTouch(Gap gap, Peer.Pods peer, String home) {
    if (peer.namespaces().isEmpty()) {
      return gap.mayTouch(home);
    }
    String namespace = gap.namespace();
    return namespace.isEmpty()
        ? peer.namespaces().stream().noneMatch(q -> isWithin(q, gap.except()))
        : !isKnown(peer, namespace) || reaches(peer, home, namespace);
  }

  /** Whether a selector names its namespaces, and these are among others. */
  private static boolean isWithin(LabelQuery query, Set<String> names) {
    return query.requirements().stream()
        .anyMatch(r ->
            r.key().equals(NAME) && r.operator() == Operator.IN && names.containsAll(r.values()));
  }
}
