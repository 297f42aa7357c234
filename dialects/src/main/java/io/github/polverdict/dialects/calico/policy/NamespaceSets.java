package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;

/**
 * What a selector of namespaces alone means besides pods: network sets of such namespaces, and
 * where it only excludes labels what is in no namespace (libcalico-go/lib/backend/k8s/conversion of
 * v3.31.0, combinePortsWithANPIngressPeers, which leaves out the label that pods have).
 */
public final class NamespaceSets {
  private final LabelledAddresses labelled;

  public NamespaceSets(Snapshot snapshot) {
    this.labelled = new LabelledAddresses(snapshot);
  }

  public IpSet of(LabelQuery namespaces) {
    return labelled.selected(expression(namespaces));
  }

  /** Why there may be more of them than were read; usually empty. */
  public List<Doubt> unread() {
    return labelled.unread();
  }

  private static Expression expression(LabelQuery namespaces) {
    List<Expression> all =
        namespaces.requirements().stream()
            .map(NamespaceSets::expression)
            .map(e -> e.prefixed(InnerLabels.OF_NAMESPACE))
            .toList();
    return all.isEmpty() ? new Expression.Has(InnerLabels.NAMESPACE) : new Expression.Every(all);
  }

  private static Expression expression(Requirement requirement) {
    String key = requirement.key();
    return switch (requirement.operator()) {
      case IN -> new Expression.In(key, requirement.values());
      case NOT_IN -> new Expression.Not(new Expression.In(key, requirement.values()));
      case EXISTS -> new Expression.Has(key);
      case DOES_NOT_EXIST -> new Expression.Not(new Expression.Has(key));
    };
  }
}
