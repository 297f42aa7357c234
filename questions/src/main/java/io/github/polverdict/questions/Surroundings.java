package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster holds beside endpoints and policies, as far as it decides whether a policy does
 * harm or good.
 *
 * @param whole whether the input shows a whole cluster: its nodes are there and nothing is missing
 * @param slips directions of policies whose wording and effect part
 * @param furtherNetworks endpoints with more networks than the one that policies are for, by id,
 *     with the names of those networks
 * @param probeSources where probes come from instead of the node, of pods whose traffic a mesh
 *     carries inside connections to a port, by that TCP port
 * @param credentials addresses that hand out credentials of the machine; none when the nodes show
 *     that they run on no cloud
 * @param declared the ports that containers declare, with and without names, by endpoint; absent
 *     when they declare none
 */
public record Surroundings(
    boolean whole,
    List<Need> needs,
    List<Slip> slips,
    List<Waiver> waivers,
    Map<String, String> furtherNetworks,
    Map<Integer, String> probeSources,
    List<Credentials> credentials,
    Map<String, TrafficSet> declared) {

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

  /** An address that hands out credentials, and how it is called. */
  public record Credentials(String address, int port, String what) {}

  public Surroundings {
    needs = List.copyOf(needs);
    slips = List.copyOf(slips);
    waivers = List.copyOf(waivers);
    furtherNetworks = Collections.unmodifiableMap(new TreeMap<>(furtherNetworks));
    probeSources = Collections.unmodifiableMap(new TreeMap<>(probeSources));
    credentials = List.copyOf(credentials);
    declared = Collections.unmodifiableMap(new TreeMap<>(declared));
  }
}
