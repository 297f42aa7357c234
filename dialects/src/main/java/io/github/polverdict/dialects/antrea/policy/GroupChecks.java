package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The checks of the custom resource definitions and of the webhook's groupValidator. */
final class GroupChecks {
  private static final Set<String> FIELDS =
      Set.of(
          "podSelector",
          "namespaceSelector",
          "externalEntitySelector",
          "serviceReference",
          "ipBlocks",
          "childGroups");

  private GroupChecks() {}

  static List<Finding> of(Document group, boolean nodes) {
    FieldChecks checks = new FieldChecks("PV080");
    boolean cluster = group.id().type().equals(Groups.CLUSTER);
    Set<String> known = new LinkedHashSet<>(FIELDS);
    if (cluster) {
      known.add("ipBlock");
    }
    if (cluster && nodes) {
      known.add("nodeSelector");
    }
    Field spec = group.at("spec");
    checks.onlyFields(group.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    checks.isMap(spec);
    checks.onlyFields(spec, known);
    List.of("podSelector", "namespaceSelector", "externalEntitySelector", "nodeSelector")
        .forEach(s -> checks.labelSelector(spec.get(s)));
    alone(spec, known, cluster, checks);
    checks.isList(spec.get("ipBlocks"));
    spec.get("ipBlocks").items().forEach(b -> IpBlocks.check(b, checks));
    if (spec.get("ipBlock").present()) {
      IpBlocks.check(spec.get("ipBlock"), checks);
    }
    if (IpBlocks.mixed(spec.get("ipBlocks").items())) {
      checks.refuse(
          spec.get("ipBlocks"),
          "can not set multicast groupAddress together with unicast ip address");
    }
    return checks.findings();
  }

  private static void alone(Field spec, Set<String> known, boolean cluster, FieldChecks checks) {
    List<String> given = known.stream().filter(k -> spec.get(k).present()).toList();
    boolean pair =
        given.size() == 2
            && given.contains("namespaceSelector")
            && (given.contains("podSelector") || given.contains("externalEntitySelector"));
    if (given.size() > 1 && !pair) {
      String block = cluster ? "ipBlock, " : "";
      checks.refuse(
          spec,
          "At most one of podSelector, externalEntitySelector, serviceReference, "
              + block
              + "ipBlocks or childGroups can be set for a "
              + (cluster ? "ClusterGroup" : "Group"));
    }
  }
}
