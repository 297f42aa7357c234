package io.github.polverdict.scenarios.oracle;

import static io.github.polverdict.scenarios.oracle.Pool.map;
import static io.github.polverdict.scenarios.oracle.Pool.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes Calico's policies and sets of ranges that its API server takes, and policies as they are
 * stored, to which nobody has added defaults.
 */
final class CalicoPolicyMaker {
  static final String API = "projectcalico.org/v3";
  static final String STORED = "crd.projectcalico.org/v1";

  private static final List<List<String>> TYPES =
      List.of(List.of("Ingress"), List.of("Egress"), List.of("Ingress", "Egress"));

  /** Calico takes no exclusion of everything. */
  private static final List<String> EXCLUDED =
      Pool.RANGES.stream().filter(r -> !r.endsWith("/0")).toList();

  private final Choices choices;
  private final List<String> tiers;

  CalicoPolicyMaker(Choices choices) {
    this(choices, List.of());
  }

  /**
   * @param tiers that policies are in, besides the tier default
   */
  CalicoPolicyMaker(Choices choices, List<String> tiers) {
    this.choices = choices;
    this.tiers = tiers;
  }

  /** A NetworkPolicy, or a GlobalNetworkPolicy. */
  Map<String, Object> make(String name, boolean global) {
    boolean stored = choices.oneIn(4);
    String tier = tiers.isEmpty() || choices.oneIn(3) ? "default" : choices.of(tiers);
    boolean named = stored || !tier.equals("default");
    Map<String, Object> metadata = map("name", named ? tier + "." + name : name);
    Map<String, Object> spec = named ? map("tier", tier) : new LinkedHashMap<>();
    if (!global) {
      metadata.put("namespace", choices.of(Pool.NAMESPACES));
    } else if (choices.oneIn(3)) {
      spec.put("namespaceSelector", CalicoSelectors.ofNamespaces(choices));
    }
    if (!choices.oneIn(3)) {
      spec.put("order", choices.of(0, 10, 10.5, 10, 100, 1000, 2000));
    }
    if (!choices.oneIn(6)) {
      spec.put("selector", CalicoSelectors.ofEndpoints(choices));
    }
    if (choices.oneIn(8)) {
      spec.put("serviceAccountSelector", CalicoSelectors.ofAccounts(choices));
    }
    if (!choices.oneIn(4)) {
      spec.put("types", choices.of(TYPES));
    }
    if (!choices.oneIn(3)) {
      spec.put("ingress", choices.some(0, 3, () -> rule(false)));
    }
    if (!choices.oneIn(3)) {
      spec.put("egress", choices.some(0, 3, () -> rule(true)));
    }
    String kind = global ? "GlobalNetworkPolicy" : "NetworkPolicy";
    Map<String, Object> out = object(stored ? STORED : API, kind, metadata);
    out.put("spec", spec);
    return out;
  }

  /** A NetworkSet, or a GlobalNetworkSet, with labels that policies select by. */
  Map<String, Object> makeSet(String name, boolean global) {
    Map<String, Object> metadata = map("name", name, "labels", Pool.labels(choices));
    if (!global) {
      metadata.put("namespace", choices.of(Pool.NAMESPACES));
    }
    Map<String, Object> out = object(API, global ? "GlobalNetworkSet" : "NetworkSet", metadata);
    out.put("spec", map("nets", ranges(Pool.RANGES)));
    return out;
  }

  private Map<String, Object> rule(boolean egress) {
    Map<String, Object> out = map("action", choices.of("Allow", "Allow", "Deny", "Pass", "Log"));
    if (choices.oneIn(8)) {
      Map<String, Object> backends = map("services", CalicoServices.name(choices));
      out.put("source", egress ? entity() : backends);
      out.put("destination", egress ? backends : entity());
      return out;
    }
    boolean ports = false;
    switch (choices.below(8)) {
      case 0, 1, 2 -> {
        out.put("protocol", choices.of("TCP", "TCP", "UDP", "SCTP", 6, 17));
        ports = true;
      }
      case 3 -> out.put("notProtocol", choices.of("TCP", "UDP", "ICMP", 132));
      case 4 -> {
        out.put("protocol", "ICMP");
        if (choices.oneIn(2)) {
          out.put(choices.of("icmp", "icmp", "notICMP"), icmp());
        }
      }
      default -> {} // every protocol
    }
    if (!choices.oneIn(3)) {
      out.put("source", entity());
    }
    if (ports || choices.oneIn(3)) {
      Map<String, Object> destination = choices.oneIn(2) ? entity() : new LinkedHashMap<>();
      if (ports && !choices.oneIn(3)) {
        destination.put("ports", choices.some(1, 2, this::port));
      }
      if (ports && choices.oneIn(6)) {
        destination.put("notPorts", choices.some(1, 2, this::port));
      }
      out.put("destination", destination);
    }
    return out;
  }

  private Map<String, Object> icmp() {
    Map<String, Object> out = map("type", choices.of(8, 13, 0));
    if (choices.oneIn(3)) {
      out.put("code", choices.of(0, 1));
    }
    return out;
  }

  private Object port() {
    return switch (choices.below(4)) {
      case 0 -> "8080:8090";
      case 1 -> choices.of(Pool.PORT_NAMES);
      default -> choices.of(Pool.PORTS);
    };
  }

  private Map<String, Object> entity() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (choices.oneIn(2)) {
      out.put("selector", CalicoSelectors.ofEndpoints(choices));
    }
    if (choices.oneIn(6)) {
      out.put("notSelector", CalicoSelectors.ofEndpoints(choices));
    }
    if (choices.oneIn(4)) {
      out.put(
          "namespaceSelector",
          choices.oneIn(5) ? "global()" : CalicoSelectors.ofNamespaces(choices));
    }
    if (choices.oneIn(8)) {
      out.put("serviceAccounts", accounts());
    }
    if (choices.oneIn(3)) {
      out.put("nets", ranges(Pool.RANGES));
    }
    if (choices.oneIn(6)) {
      out.put("notNets", ranges(EXCLUDED));
    }
    return out;
  }

  private Map<String, Object> accounts() {
    Map<String, Object> out = new LinkedHashMap<>();
    if (choices.oneIn(2)) {
      out.put("names", List.of(choices.of(Pool.ACCOUNTS)));
    }
    if (out.isEmpty() || choices.oneIn(3)) {
      out.put("selector", CalicoSelectors.ofAccounts(choices));
    }
    return out;
  }

  private List<String> ranges(List<String> all) {
    return choices.some(1, 2, () -> choices.of(all)).stream().distinct().toList();
  }
}
