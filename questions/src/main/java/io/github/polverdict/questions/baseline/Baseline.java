package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Exemption;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the defaults of every namespace must be.
 *
 * @param name as the user named it: a file, or {@code preset nsa-cisa}
 * @param controls the controls of the preset that it comes from; none without one
 * @param defaults of namespaces that are in no group, by item; what is absent is {@link Demand#ANY}
 * @param system namespaces that are left alone
 * @param known what the input cannot tell
 */
public record Baseline(
    String name,
    List<Control> controls,
    Map<Item, Demand> defaults,
    List<Group> groups,
    Chosen system,
    List<Waived> exceptions,
    Known known) {

  /** Namespaces that demands of their own hold for; what it does not say is as for all. */
  public record Group(String name, Chosen namespaces, Map<Item, Demand> demands, Origin origin) {
    public Group {
      demands = sorted(demands);
    }
  }

  /**
   * Demands that need not be met in some namespaces for a time.
   *
   * @param items at least one
   */
  public record Waived(Chosen namespaces, Set<Item> items, Exemption why) {
    public Waived {
      items = Set.copyOf(items);
    }
  }

  /**
   * Facts that the objects of a cluster may not show.
   *
   * @param resolvers addresses that pods look up names at besides those that the input shows
   * @param controllers pods of ingress controllers; none when nobody said
   * @param controlPlane CIDRs of API servers that are no node of the cluster
   * @param apiServers where API servers listen, for when the Service default/kubernetes is not
   *     there
   */
  public record Known(
      List<IpAddress> resolvers,
      List<Pods> controllers,
      List<String> controlPlane,
      List<Listener> apiServers) {
    public static final Known NOTHING = new Known(List.of(), List.of(), List.of(), List.of());

    public Known {
      resolvers = List.copyOf(resolvers);
      controllers = List.copyOf(controllers);
      controlPlane = List.copyOf(controlPlane);
      apiServers = List.copyOf(apiServers);
    }
  }

  /** An address and a TCP port. */
  public record Listener(IpAddress address, int port) {}

  /** Pods of a namespace with certain labels; all of it when there are none. */
  public record Pods(String namespace, Map<String, String> labels) {
    public Pods {
      labels = Map.copyOf(labels);
    }
  }

  public Baseline {
    controls = List.copyOf(controls);
    defaults = sorted(defaults);
    groups = List.copyOf(groups);
    exceptions = List.copyOf(exceptions);
  }

  private static Map<Item, Demand> sorted(Map<Item, Demand> demands) {
    Map<Item, Demand> out = new EnumMap<>(Item.class);
    out.putAll(demands);
    return Collections.unmodifiableMap(out);
  }
}
