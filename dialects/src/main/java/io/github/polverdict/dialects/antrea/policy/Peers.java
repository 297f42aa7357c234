package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.antrea.policy.Groups.Members;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.kubernetes.ServiceAddresses;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a rule speaks of: {@code from}, {@code to} and {@code toServices}
 * (pkg/controller/networkpolicy/crd_utils.go, toAntreaPeerForCRD, svcRefToPeerForCRD).
 */
final class Peers {

  private final Snapshot snapshot;
  private final Groups groups;
  private final Context context;
  private final String namespace;

  /**
   * One peer.
   *
   * @param onlyIf facts without which it is not known whether it is one
   */
  record Peer(PeerSpec who, List<Doubt> onlyIf, Field place) {
    Peer {
      onlyIf = List.copyOf(onlyIf);
    }
  }

  /**
   * @param namespace the policy's own; empty for one of the cluster
   */
  Peers(Snapshot snapshot, Groups groups, Context context, String namespace) {
    this.snapshot = snapshot;
    this.groups = groups;
    this.context = context;
    this.namespace = namespace;
  }

  /** What one entry of {@code from} or {@code to} stands for; nobody when empty. */
  List<Peer> of(Field entry) {
    List<Peer> out = new ArrayList<>();
    if (entry.get("ipBlock").present()) {
      out.add(range(IpBlocks.of(entry.get("ipBlock")), entry));
    } else if (entry.get("group").present()) {
      group(entry, out);
    } else if (entry.get("fqdn").present()) {
      Field name = entry.get("fqdn");
      Doubt which = new Doubt.KnownAtRuntime("the addresses of " + name.text(""), name.origin());
      out.add(new Peer(new PeerSpec.Runtime(IpSet.NONE, IpSet.ALL, which), List.of(), entry));
    } else if (entry.get("serviceAccount").present()) {
      out.add(selected(Subjects.account(entry.get("serviceAccount")), entry));
    } else if (entry.get("nodeSelector").present()) {
      out.add(selected(Subjects.nodes(entry.get("nodeSelector")), entry));
    } else if (entry.get("externalEntitySelector").present()) {
      entities(entry, out);
    } else {
      Groups.pods(entry, namespace).forEach(p -> out.add(selected(p, entry)));
    }
    if (entry.get("scope").text("").equals("ClusterSet")
        && context.active("antrea.cluster-set-peers")) {
      Doubt other = Doubt.Unverified.of(context.origin("antrea.cluster-set-peers"));
      Selector outside = new Selector.OfKind(Set.of(Kind.EXTERNAL));
      out.add(new Peer(new PeerSpec.Selected(outside), List.of(other), entry));
    }
    return out;
  }

  /** What a rule that names nobody stands for. */
  List<Peer> all(Field rule) {
    boolean lost = namespace.isEmpty() && context.active("antrea.no-peers-ignored");
    return lost ? List.of() : List.of(new Peer(PeerSpec.ANYONE, List.of(), rule));
  }

  private static Peer selected(Selector selector, Field place) {
    return new Peer(new PeerSpec.Selected(selector), List.of(), place);
  }

  private static Peer range(IpSet addresses, Field place) {
    return new Peer(new PeerSpec.InRange(addresses, Kind.INSIDE), List.of(), place);
  }

  private void group(Field entry, List<Peer> out) {
    Members members = groups.of(namespace, entry.get("group").text(""));
    if (!members.pods().isEmpty()) {
      out.add(selected(Subjects.any(members.pods()), entry));
    }
    if (!members.ranges().isEmpty()) {
      out.add(range(members.ranges(), entry));
    }
    if (!members.open().isEmpty()) {
      out.add(new Peer(PeerSpec.ANYONE, members.open(), entry));
    }
  }

  private void entities(Field entry, List<Peer> out) {
    Field selector = entry.get("externalEntitySelector");
    IpSet theirs = new Entities(snapshot).of(selector, entry.get("namespaceSelector"), namespace);
    out.add(range(theirs, entry));
    Unread.of(snapshot, Set.of(Entities.TYPE))
        .ifPresent(d -> out.add(new Peer(PeerSpec.ANYONE, List.of(d), entry)));
  }

  /** The peer with its namespaces given: those of the subject, or those with its labels. */
  static Peer within(Selector namespaces, Field entry) {
    Selector pods = LabelQuery.read(entry.get("podSelector")).selector(Scope.ENDPOINT);
    return selected(Selector.and(Selector.pods(), namespaces, pods), entry);
  }

  /** The Services of a rule, by the addresses that AntreaProxy translates. */
  List<Peer> services(Field services) {
    List<Peer> out = new ArrayList<>();
    for (Field item : services.items()) {
      boolean everywhere = item.get("scope").text("").equals("ClusterSet");
      if (everywhere && !context.active("antrea.cluster-set-peers")) {
        continue; // the controller leaves it out
      }
      String name = (everywhere ? "antrea-mc-" : "") + item.get("name").text("");
      String home = item.get("namespace").text(namespace);
      Optional<Document> service = snapshot.find("Service", home, name);
      if (service.isEmpty()) {
        Unread.of(snapshot, Set.of("Service"))
            .ifPresent(d -> out.add(new Peer(PeerSpec.ANYONE, List.of(d), item)));
      } else {
        out.add(new Peer(new PeerSpec.Called(addresses(service.get())), proxy(item), item));
      }
    }
    return out;
  }

  private List<Doubt> proxy(Field item) {
    return context.active("antrea.no-proxy")
        ? List.of(new Doubt.Unsupported("toServices without AntreaProxy", "antrea", item.origin()))
        : List.of();
  }

  private IpSet addresses(Document service) {
    return ServiceAddresses.cluster(service).or(ServicePolicies.proxied(service, context));
  }
}
