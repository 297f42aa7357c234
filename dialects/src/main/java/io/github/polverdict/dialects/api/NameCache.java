package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kubernetes' NodeLocal DNSCache: a program on the network of every node that binds addresses of
 * its own there, and in iptables mode also that of the DNS Service, untranslated
 * (https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/).
 *
 * @param addresses what its {@code -localip} says; empty when that is not in the input
 */
public record NameCache(Document daemonSet, List<IpAddress> addresses) {
  private static final String IMAGE = "k8s-dns-node-cache";

  /** Of the addon and of kubespray, by the label k8s-app. */
  private static final Set<String> NAMES = Set.of("node-local-dns", "nodelocaldns");

  /** https://github.com/kubernetes/dns/blob/1.26.4/cmd/node-cache/main.go */
  private static final String FLAG = "-localip";

  public NameCache {
    addresses = List.copyOf(addresses);
  }

  /** Those of a snapshot; by image, by label or by that option. */
  public static List<NameCache> all(Snapshot snapshot) {
    List<NameCache> out = new ArrayList<>();
    for (Document daemonSet : snapshot.ofKind("DaemonSet")) {
      Field template = daemonSet.at("spec", "template");
      Field spec = template.get("spec");
      List<Field> containers = spec.get("containers").items();
      Optional<String> said = containers.stream().flatMap(c -> said(c).stream()).findFirst();
      boolean known =
          containers.stream().anyMatch(c -> c.get("image").text("").contains(IMAGE))
              || NAMES.contains(template.get("metadata").get("labels").get("k8s-app").text(""));
      if (spec.get("hostNetwork").bool().orElse(false) && (known || said.isPresent())) {
        out.add(new NameCache(daemonSet, said.flatMap(NameCache::addresses).orElse(List.of())));
      }
    }
    return out;
  }

  /** The value of the option, in either form and with one dash or two. */
  private static Optional<String> said(Field container) {
    List<String> words =
        Stream.of("command", "args")
            .flatMap(k -> container.get(k).items().stream())
            .map(f -> f.text(""))
            .toList();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).startsWith("--") ? words.get(i).substring(1) : words.get(i);
      if (word.startsWith(FLAG + "=")) {
        return Optional.of(word.substring(FLAG.length() + 1));
      }
      if (word.equals(FLAG)) {
        return Optional.of(i + 1 < words.size() ? words.get(i + 1) : "");
      }
    }
    return Optional.empty();
  }

  /** Empty unless all of them are addresses. */
  private static Optional<List<IpAddress>> addresses(String list) {
    List<IpAddress> out = new ArrayList<>();
    for (String word : list.split(",", -1)) {
      Optional<IpAddress> address = IpAddress.parse(word.strip());
      if (address.isEmpty()) {
        return Optional.empty();
      }
      out.add(address.get());
    }
    return Optional.of(out);
  }
}
