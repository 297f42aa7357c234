package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which address families a cluster uses, as far as its objects and policies show. */
final class Families {
  private Families() {}

  /** At least one; IPv4 when nothing shows any. */
  static Set<Family> of(Snapshot snapshot, PolicyModel model) {
    Set<Family> out = EnumSet.noneOf(Family.class);
    for (String text : addressesOf(snapshot)) {
      String address = text.replaceFirst("/.*$", "");
      IpAddress.parse(address).ifPresent(a -> out.add(a.family()));
    }
    if (out.isEmpty()) {
      out.add(Family.IPV4);
    }
    model.planes().stream()
        .flatMap(p -> p.tiers().stream())
        .flatMap(t -> t.blocks().stream())
        .flatMap(b -> b.rules().stream())
        .flatMap(r -> r.peers().stream())
        .forEach(peer -> addOnly(peer, out));
    return out;
  }

  private static List<String> addressesOf(Snapshot snapshot) {
    List<String> out = new ArrayList<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      texts(pod.at("status", "podIPs"), "ip", out);
      pod.at("status", "podIP").text().ifPresent(out::add);
    }
    for (Document node : snapshot.ofKind("Node")) {
      node.at("spec", "podCIDRs").items().forEach(f -> f.text().ifPresent(out::add));
      node.at("spec", "podCIDR").text().ifPresent(out::add);
      texts(node.at("status", "addresses"), "address", out);
    }
    for (Document service : snapshot.ofKind("Service")) {
      service.at("spec", "clusterIPs").items().forEach(f -> f.text().ifPresent(out::add));
      service.at("spec", "clusterIP").text().ifPresent(out::add);
    }
    return out;
  }

  private static void texts(Field list, String key, List<String> out) {
    list.items().forEach(f -> f.get(key).text().ifPresent(out::add));
  }

  /** A range of one family only shows that somebody counts on that family. */
  private static void addOnly(PeerSpec peer, Set<Family> out) {
    if (peer instanceof PeerSpec.AllOf(var all)) {
      all.forEach(part -> addOnly(part, out));
    } else if (peer instanceof PeerSpec.InRange(IpSet addresses, Set<?> _)) {
      boolean v4 = !addresses.of(Family.IPV4).isEmpty();
      boolean v6 = !addresses.of(Family.IPV6).isEmpty();
      if (v4 != v6) {
        out.add(v4 ? Family.IPV4 : Family.IPV6);
      }
    }
  }

  /** Every address of the families. */
  static IpSet all(Set<Family> families) {
    return IpSet.union(
        families.stream().map(f -> f == Family.IPV4 ? IpSet.ALL_V4 : IpSet.ALL_V6).toList());
  }
}
