package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster holds beside endpoints and policies, as far as it decides whether a policy does
 * harm or good.
 *
 * @param whole whether the input shows a whole cluster: its nodes are there and nothing is missing
 * @param slips directions of policies whose wording and effect part
 * @param furtherNetworks endpoints with more networks than the one that policies are for, by id,
 *     with the names of those networks
 * @param tunnels traffic that is carried inside other traffic
 * @param credentials addresses that hand out credentials of the machine; none when the nodes show
 *     that they run on no cloud
 */
public record Surroundings(
    boolean whole,
    List<Need> needs,
    List<Slip> slips,
    List<Waiver> waivers,
    Map<String, String> furtherNetworks,
    List<Tunnel> tunnels,
    List<Credentials> credentials) {

  /**
   * A direction of a policy that is not what a reader takes it for.
   *
   * @param object {@code NetworkPolicy shop/web}
   */
  public record Slip(String object, Direction direction, Sort sort, Origin origin) {}

  /** What is wrong with the wording. */
  public enum Sort {
    /** The policy isolates although nothing in it says so. */
    IMPLIED,
    /** The policy has rules for a direction that it says not to be for. */
    LEFT_OUT
  }

  /**
   * A note in an object that a finding is known and accepted.
   *
   * @param object the object; a Namespace stands for all that is in it
   * @param namespace the namespace that it is for as a whole; empty when it is for the object only
   * @param code the finding's code, or the beginning of codes
   * @param text the reason, and until when
   */
  public record Waiver(String object, String namespace, String code, String text, Origin origin) {}

  /**
   * Endpoints whose traffic among each other travels inside connections to one port.
   *
   * @param members ids of the endpoints
   * @param port the TCP port that the outer connection goes to
   * @param probeSource the address that the kubelet's probes come from instead of the node's own
   * @param what its name
   */
  public record Tunnel(Set<String> members, int port, String probeSource, String what) {
    public Tunnel {
      members = Collections.unmodifiableSet(new TreeSet<>(members));
    }
  }

  /** An address that hands out credentials, and how it is called. */
  public record Credentials(String address, int port, String what) {}

  public Surroundings {
    needs = List.copyOf(needs);
    slips = List.copyOf(slips);
    waivers = List.copyOf(waivers);
    furtherNetworks = Collections.unmodifiableMap(new TreeMap<>(furtherNetworks));
    tunnels = List.copyOf(tunnels);
    credentials = List.copyOf(credentials);
  }
}
