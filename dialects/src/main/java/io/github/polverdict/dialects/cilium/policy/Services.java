package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.LabelQuery.Requirement;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.cilium.policy.Peers.Cidrs;
import io.github.polverdict.dialects.cilium.policy.Peers.Peer;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the Services stand for that a rule of egress selects or names, of all namespaces unless it
 * says one (pkg/policy/k8s/service.go of v1.20.2, processRule).
 */
record Services(Snapshot snapshot, Context context, Cidrs cidrs) {
  private static final String SOURCES = "^(k8s|any):";

  /** The peers that one item of {@code toServices} stands for. */
  List<Peer> peers(Field item) {
    boolean selects = item.get("k8sServiceSelector").present();
    Field which = item.get(selects ? "k8sServiceSelector" : "k8sService");
    String namespace = which.get("namespace").text("");
    List<Peer> out = new ArrayList<>();
    for (Document service : snapshot.ofKind("Service")) {
      boolean there = namespace.isEmpty() || service.id().namespace().equals(namespace);
      boolean meant =
          selects
              ? selected(which, service)
              : service.id().name().equals(which.get("serviceName").text(""));
      if (there && meant) {
        peer(service, item).ifPresent(out::add);
      }
    }
    unsure(which).ifPresent(why -> out.add(new Peer(PeerSpec.ANYONE, List.of(why), item)));
    Unread.of(snapshot, Set.of("Service"), namespace)
        .ifPresent(why -> out.add(new Peer(PeerSpec.ANYONE, List.of(why), item)));
    return out;
  }

  private static List<Requirement> requirements(Field which) {
    return LabelQuery.read(which.get("selector")).requirements();
  }

  /** Why it is open which Services a selector means. */
  private Optional<Doubt> unsure(Field which) {
    String row = "cilium.cnp-service-selector-source-1-19";
    return context.active(row) && requirements(which).stream().anyMatch(r -> r.key().contains(":"))
        ? Optional.of(Doubt.Unverified.of(context.origin(row)))
        : Optional.empty();
  }

  /** Whether a Service has the labels that are asked for, by the keys that this version reads. */
  private boolean selected(Field which, Document service) {
    List<Requirement> asked = requirements(which);
    if (asked.stream().anyMatch(r -> isUnreadable(r.key()))) {
      return false;
    }
    List<Requirement> plain =
        asked.stream()
            .map(r -> new Requirement(r.key().replaceFirst(SOURCES, ""), r.operator(), r.values()))
            .toList();
    return new LabelQuery(which, plain).matches(service.at("metadata", "labels").strings());
  }

  private boolean isUnreadable(String key) {
    boolean prefixed =
        key.contains(":")
            && (context.active("cilium.cnp-service-selector-source")
                || context.active("cilium.cnp-service-selector-source-1-19"));
    boolean dotted = key.contains(".") && context.active("cilium.cnp-service-selector-dots");
    return prefixed || dotted;
  }

  /** What one Service stands for; empty when this version passes it over. */
  private Optional<Peer> peer(Document service, Field item) {
    Map<String, String> labels = service.at("spec", "selector").strings();
    if (labels.isEmpty()) {
      return Optional.of(endpoints(service, item));
    }
    if (context.active("cilium.cnp-services-without-selector")) {
      return Optional.empty();
    }
    boolean lost =
        labels.keySet().stream().anyMatch(key -> key.contains(".")) && losesDottedLabels();
    Selector pods =
        lost ? new Selector.Or(List.of()) : Selector.pods(service.id().namespace(), labels);
    return Optional.of(new Peer(new PeerSpec.Selected(pods), item));
  }

  private boolean losesDottedLabels() {
    return context.active("cilium.cnp-services-dots-1-17")
        || context.active("cilium.cnp-services-dots-1-18")
        || context.active("cilium.cnp-services-dots-1-19");
  }

  /** The endpoints of a Service without a selector, which are ranges of one address each. */
  private Peer endpoints(Document service, Field item) {
    IpSet addresses =
        addresses(
            service.id().namespace(),
            service.id().name(),
            context.active("cilium.cnp-services-unready"));
    Optional<Doubt> unread =
        Unread.of(snapshot, Set.of("EndpointSlice", "Endpoints"), service.id().namespace());
    if (addresses.isEmpty() || unread.isPresent()) {
      String what = "the endpoints of %s, which has no selector".formatted(service.id().text());
      return Peers.outside(item, what);
    }
    return new Peer(cidrs.of(addresses, false), item);
  }

  /**
   * The addresses of ready endpoints, by EndpointSlices and Endpoints; empty when none is known.
   */
  IpSet addresses(String namespace, String name) {
    return addresses(namespace, name, false);
  }

  /** An endpoint that is not ready but serves still ends, and counts as one that is. */
  private IpSet addresses(String namespace, String name, boolean unready) {
    List<IpSet> found = new ArrayList<>();
    for (Document slice : snapshot.ofKind("EndpointSlice")) {
      boolean its =
          slice.id().namespace().equals(namespace)
              && slice.at("metadata", "labels", "kubernetes.io/service-name").text("").equals(name);
      for (Field endpoint : its ? slice.at("endpoints").items() : List.<Field>of()) {
        Field conditions = endpoint.get("conditions");
        if (unready
            || conditions.get("ready").bool().orElse(true)
            || conditions.get("serving").bool().orElse(false)) {
          endpoint.get("addresses").items().forEach(a -> address(a).ifPresent(found::add));
        }
      }
    }
    for (Field subset :
        snapshot
            .find("Endpoints", namespace, name)
            .map(d -> d.at("subsets").items())
            .orElse(List.of())) {
      subset.get("addresses").items().forEach(a -> address(a.get("ip")).ifPresent(found::add));
      for (Field other : unready ? subset.get("notReadyAddresses").items() : List.<Field>of()) {
        address(other.get("ip")).ifPresent(found::add);
      }
    }
    return IpSet.union(found);
  }

  private static Optional<IpSet> address(Field field) {
    return field.text().flatMap(IpAddress::parse).map(IpSet::of);
  }
}
