package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ranges of CiliumCIDRGroups. An address has the labels of all groups that contain it
 * (pkg/policy/k8s/cilium_cidr_group.go), so a selector asks of each address, not of each group.
 *
 * @param wholeToo whether a range of all addresses counts; else the world has no label of a group
 */
record Groups(Snapshot snapshot, boolean wholeToo) {

  /** The addresses of one group. */
  IpSet named(String name) {
    return IpSet.union(listed(name));
  }

  /** The ranges of one group. */
  List<IpSet> listed(String name) {
    return listed(group -> group.id().name().equals(name));
  }

  /** The addresses that satisfy every requirement. */
  IpSet selected(LabelQuery selector) {
    IpSet out = IpSet.ALL;
    for (Requirement requirement : selector.requirements()) {
      String key = requirement.key();
      out =
          out.minus(
              switch (requirement.operator()) {
                case IN -> IpSet.ALL.minus(valued(requirement));
                case NOT_IN -> valued(requirement);
                case EXISTS -> IpSet.ALL.minus(ranges(g -> labels(g).containsKey(key)));
                case DOES_NOT_EXIST -> ranges(g -> labels(g).containsKey(key));
              });
    }
    return out;
  }

  private IpSet valued(Requirement requirement) {
    return ranges(g ->
        labels(g).containsKey(requirement.key())
            && requirement.values().contains(labels(g).get(requirement.key())));
  }

  private static Map<String, String> labels(Document group) {
    return group.at("metadata", "labels").strings();
  }

  private IpSet ranges(Predicate<Document> which) {
    return IpSet.union(listed(which));
  }

  private List<IpSet> listed(Predicate<Document> which) {
    List<IpSet> out = new ArrayList<>();
    for (Document group : snapshot.ofKind(CiliumPolicies.GROUP)) {
      if (which.test(group)) {
        group.at("spec", "externalCIDRs").items().forEach(r -> cidr(r).ifPresent(out::add));
      }
    }
    out.removeIf(r -> !wholeToo && isWhole(r));
    return out;
  }

  static boolean isWhole(IpSet range) {
    return range.equals(IpSet.ALL_V4) || range.equals(IpSet.ALL_V6);
  }

  /** {@code 10.0.0.0/8}, or an address for itself. */
  static Optional<IpSet> cidr(Field field) {
    return field.text().flatMap(t -> IpSet.cidr(t).or(() -> IpAddress.parse(t).map(IpSet::of)));
  }
}
