package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.kubeovn.Attachments.Member;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.Port;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.PortEntry;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec.RuleEntry;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Port names of a namespace: one number each, that of the container that was seen first, for
 * whatever pod and protocol (pkg/controller/pod.go, NamedPort).
 */
final class PortTable {
  private final Context context;
  private final Map<String, Map<String, Set<Integer>>> numbers = new TreeMap<>();

  PortTable(Context context, List<Member> members) {
    this.context = context;
    for (Member member : members) {
      Map<String, Set<Integer>> names =
          numbers.computeIfAbsent(member.namespace(), _ -> new TreeMap<>());
      Stream.concat(
              member.spec().get("containers").items().stream(),
              member.spec().get("initContainers").items().stream()
                  .filter(c -> c.get("restartPolicy").text("").equals("Always")))
          .flatMap(c -> c.get("ports").items().stream())
          .forEach(p -> add(names, p));
    }
  }

  private static void add(Map<String, Set<Integer>> names, Field port) {
    String name = port.get("name").text("");
    port.get("containerPort")
        .integer()
        .filter(_ -> !name.isEmpty())
        .ifPresent(n -> names.computeIfAbsent(name, _ -> new TreeSet<>()).add(n));
  }

  private Set<Integer> of(String namespace, String name) {
    return numbers.getOrDefault(namespace, Map.of()).getOrDefault(name, Set.of());
  }

  /** The policy with numbers in place of names; a name that is not there means nothing. */
  NetworkPolicySpec numbered(NetworkPolicySpec spec) {
    if (!context.active("kube-ovn.named-port")) {
      return Bends.withoutPorts(
          spec,
          e -> e.port().orElse(null) instanceof Port.Name,
          context.origin("kube-ovn.named-port-unsupported"));
    }
    return spec.mapRules(rule -> numbered(spec.namespace(), rule));
  }

  private RuleEntry numbered(String namespace, RuleEntry rule) {
    List<PortEntry> out = new ArrayList<>();
    for (PortEntry entry : rule.ports()) {
      if (entry.port().orElse(null) instanceof Port.Name(String name)) {
        for (int number : of(namespace, name)) {
          out.add(
              new PortEntry(
                  entry.place(),
                  entry.protocol(),
                  Optional.of(new Port.Number(number, OptionalInt.empty()))));
        }
      } else {
        out.add(entry);
      }
    }
    return out.equals(rule.ports())
        ? rule
        : rule.withPorts(out, context.origin("kube-ovn.named-port"));
  }

  /** Why the number of a name that the policy uses is not known. */
  List<Doubt> open(NetworkPolicySpec spec) {
    List<Doubt> out = new ArrayList<>();
    for (PortEntry entry : spec.portEntries()) {
      if (entry.port().orElse(null) instanceof Port.Name(String name)
          && of(spec.namespace(), name).size() > 1) {
        String what = "which of the numbers of port " + name + " was seen first";
        out.add(new Doubt.KnownAtRuntime(what, entry.place().origin()));
      }
    }
    return out;
  }
}
