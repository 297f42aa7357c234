package io.github.polverdict.core.model.provision;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Direction;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Traffic that shall pass.
 *
 * @param ports where it arrives; empty for all traffic
 */
public record Allowance(Direction direction, Peer peer, List<Port> ports) {

  /** A port and its protocol. */
  public record Port(Protocol protocol, int number) implements Comparable<Port> {
    @Override
    public int compareTo(Port other) {
      int byNumber = Integer.compare(number, other.number);
      return byNumber != 0 ? byNumber : protocol.compareTo(other.protocol);
    }
  }

  /** The other end. Addresses are CIDRs. */
  public sealed interface Peer {
    /** Pods of a namespace that have the labels; all of them when there are none. */
    record Pods(String namespace, Map<String, String> labels) implements Peer {
      public Pods {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
      }
    }

    /** Pods of the namespace itself. */
    record SameNamespace() implements Peer {}

    /** Addresses. */
    record Range(List<String> cidrs) implements Peer {
      public Range {
        cidrs = List.copyOf(cidrs);
      }
    }

    /** Addresses that the pod's own node has for itself. */
    record OwnNode(List<String> cidrs) implements Peer {
      public OwnNode {
        cidrs = List.copyOf(cidrs);
      }
    }

    /** Nodes, of which these are the addresses. */
    record Nodes(List<String> cidrs) implements Peer {
      public Nodes {
        cidrs = List.copyOf(cidrs);
      }
    }

    /** The API server, of which these are the addresses. */
    record ApiServer(List<String> cidrs) implements Peer {
      public ApiServer {
        cidrs = List.copyOf(cidrs);
      }
    }
  }

  public Allowance {
    ports = ports.stream().distinct().sorted().toList();
  }
}
