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

  /**
   * What an end asks of labels, in inner labels; empty when it asks for none, but for those that it
   * excludes. Beside others, those are asked of the same endpoint or set (felix/calc of v3.28.5,
   * rule_scanner.go, combineMatchesIfPossible).
   */
  Optional<Expression> labels(Field end) {
    boolean excludes = Expressions.present(end.get("notSelector"));
    Expression excluded =
        excludes ? new Expression.Not(Expressions.of(end.get("notSelector"))) : Expression.ALL;
    Expression own =
        Expressions.of(end.get("selector")).and(accounts(end.get("serviceAccounts"))).and(excluded);
    boolean selects =
        Expressions.present(end.get("selector")) || end.get("serviceAccounts").present();
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
    Optional<Expression> not = not(end);
    if (not.isPresent()) {
      out.add(new PeerSpec.Selected(new Selector.Not(InnerLabels.pods(not.get()))));
      IpSet sets = labelled.selected(not.get());
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

  /**
   * A part of what a rule's own end asks for.
   *
   * @param who the endpoints; empty for all
   * @param family the addresses of packets that it is about
   */
  record Own(Optional<Selector> who, IpSet family) {}

  /** Whom a rule's own end means, by family where it asks for addresses; nobody when empty. */
  List<Own> own(Field end, IpSet family) {
    IpSet range = range(end, family);
    IpSet sets = labels(end).map(labelled::selected).orElse(IpSet.NONE);
    IpSet not = not(end).map(labelled::selected).orElse(IpSet.NONE);
    if (range.equals(family) && sets.isEmpty() && not.isEmpty()) {
      return List.of(new Own(selector(labels(end).map(InnerLabels::pods), end, List.of()), family));
    }
    List<Own> out = new ArrayList<>();
    for (IpSet one : List.of(IpSet.ALL_V4, IpSet.ALL_V6)) {
      IpSet here = range.and(one);
      if (!here.isEmpty()) {
        List<Selector> more = new ArrayList<>();
        if (!here.equals(one)) {
          more.add(new Selector.AtAddress(here));
        }
        if (not.overlaps(one)) {
          more.add(new Selector.Not(new Selector.AtAddress(not.and(one))));
        }
        Optional<Selector> labelled = labels(end).map(e -> either(e, sets.and(one)));
        out.add(new Own(selector(labelled, end, more), one));
      }
    }
    return out;
  }

  /** Pods by their labels, and whatever has the address of something else with such labels. */
  private static Selector either(Expression labels, IpSet sets) {
    Selector pods = InnerLabels.pods(labels);
    return sets.isEmpty() ? pods : new Selector.Or(List.of(pods, new Selector.AtAddress(sets)));
  }

  private Optional<Selector> selector(Optional<Selector> labelled, Field end, List<Selector> more) {
    List<Selector> out = new ArrayList<>();
    labelled.ifPresent(out::add);
    not(end).ifPresent(e -> out.add(new Selector.Not(InnerLabels.pods(e))));
    out.addAll(more);
    return out.isEmpty() ? Optional.empty() : Optional.of(new Selector.And(out));
  }

  /** The labels that an end excludes where it asks for no others: whoever has them, it is not. */
  private Optional<Expression> not(Field end) {
    Field not = end.get("notSelector");
    return Expressions.present(not) && labels(end).isEmpty()
        ? Optional.of(Expressions.of(not))
        : Optional.empty();
  }

  /** The addresses that an end means, but for those of pods; all when it asks for none. */
  IpSet addresses(Field end, IpSet family) {
    IpSet out = range(end, family).minus(not(end).map(labelled::selected).orElse(IpSet.NONE));
    return labels(end).map(e -> labelled.selected(e)).map(out::and).orElse(out);
  }
}
