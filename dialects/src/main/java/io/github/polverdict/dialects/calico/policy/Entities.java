package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One end of a rule, {@code source} or {@code destination}: everything that it asks for must hold
 * (libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go, getEndpointSelector;
 * felix/rules/policy.go, filterNets). Labels stand for the addresses of what has them, so an
 * address is all that a packet needs.
 */
final class Entities {

  private final LabelledAddresses labelled;
  private final String namespace;

  /**
   * @param namespace the policy's own; empty for one of the cluster
   */
  Entities(LabelledAddresses labelled, String namespace) {
    this.labelled = labelled;
    this.namespace = namespace;
  }

  /** What an end asks of labels, in inner labels; empty when it asks for none. */
  Optional<Expression> labels(Field end) {
    Expression own = Expressions.of(end.get("selector")).and(accounts(end.get("serviceAccounts")));
    boolean selects =
        Expressions.present(end.get("selector")) || end.get("serviceAccounts").present();
    boolean excludes = Expressions.present(end.get("notSelector"));
    if (Expressions.present(end.get("namespaceSelector"))) {
      return Optional.of(Expressions.ofNamespaces(end.get("namespaceSelector")).and(own));
    }
    return selects || excludes && !namespace.isEmpty()
        ? Optional.of(Expressions.inNamespace(namespace).and(own))
        : Optional.empty();
  }

  private static Expression accounts(Field accounts) {
    Set<String> names = Expressions.texts(accounts.get("names"));
    Expression named =
        names.isEmpty() ? Expression.ALL : new Expression.In(InnerLabels.ACCOUNT, names);
    return Expressions.of(accounts.get("selector")).prefixed(InnerLabels.OF_ACCOUNT).and(named);
  }

  /** Who the other end of a rule may be, but for {@code services}; any of them. */
  List<PeerSpec> peers(Field end, IpSet family) {
    List<PeerSpec> common = common(end, family);
    Optional<Expression> labels = labels(end);
    if (labels.isEmpty()) {
      return List.of(all(common));
    }
    List<PeerSpec> out = new ArrayList<>();
    out.add(all(with(new PeerSpec.Selected(InnerLabels.pods(labels.get())), common)));
    IpSet sets = labelled.selected(labels.get());
    if (!sets.isEmpty()) {
      out.add(all(with(new PeerSpec.InRange(sets, Kind.INSIDE), common)));
    }
    for (Doubt doubt : labelled.unread()) {
      out.add(all(with(new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, doubt), common)));
    }
    return out;
  }

  /** What holds whoever it is: ranges, and labels that it must not have. */
  private List<PeerSpec> common(Field end, IpSet family) {
    List<PeerSpec> out = new ArrayList<>();
    IpSet range = range(end, family);
    if (!range.equals(IpSet.ALL)) {
      out.add(new PeerSpec.InRange(range, Kind.INSIDE));
    }
    if (Expressions.present(end.get("notSelector"))) {
      Expression not = Expressions.of(end.get("notSelector"));
      out.add(new PeerSpec.Selected(new Selector.Not(InnerLabels.pods(not))));
      IpSet sets = labelled.selected(not);
      if (!sets.isEmpty()) {
        out.add(new PeerSpec.InRange(sets.complement(), Kind.INSIDE));
      }
      labelled.unread().forEach(d -> out.add(new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, d)));
    }
    return out;
  }

  /** The rule does not exist for a family that one of its lists has no range of. */
  private static IpSet range(Field end, IpSet family) {
    IpSet out = family;
    if (!end.get("nets").items().isEmpty()) {
      out = out.and(LabelledAddresses.addresses(end.get("nets")));
    }
    if (!end.get("notNets").items().isEmpty()) {
      IpSet not = LabelledAddresses.addresses(end.get("notNets"));
      out = out.and(families(not)).minus(not);
    }
    return out;
  }

  private static IpSet families(IpSet of) {
    return IpSet.union(
        Stream.of(IpSet.ALL_V4, IpSet.ALL_V6).filter(family -> family.overlaps(of)).toList());
  }

  private static List<PeerSpec> with(PeerSpec first, List<PeerSpec> others) {
    List<PeerSpec> out = new ArrayList<>();
    out.add(first);
    out.addAll(others);
    return out;
  }

  private static PeerSpec all(List<PeerSpec> parts) {
    return switch (parts.size()) {
      case 0 -> PeerSpec.ANYONE;
      case 1 -> parts.getFirst();
      default -> new PeerSpec.AllOf(parts);
    };
  }

  /** Whether the rule's own end asks for addresses, which only the packet's tells. */
  boolean asksForOwnAddress(Field end) {
    return !end.get("nets").items().isEmpty()
        || !end.get("notNets").items().isEmpty()
        || labels(end).map(labelled::selected).filter(s -> !s.isEmpty()).isPresent();
  }

  /** Which of the policy's subjects the rule's own end means; empty when all. */
  Optional<Selector> own(Field end) {
    List<Selector> out = new ArrayList<>();
    labels(end).ifPresent(e -> out.add(InnerLabels.pods(e)));
    if (Expressions.present(end.get("notSelector"))) {
      out.add(new Selector.Not(InnerLabels.pods(Expressions.of(end.get("notSelector")))));
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(new Selector.And(out));
  }
}
