package io.github.polverdict.core.model;

import java.util.Set;

/** What sort of thing an endpoint is. */
public enum Kind {
  /** A pod with a network of its own. */
  POD,
  /** A pod on its node's network. */
  HOST_POD,
  /** A node: its addresses and the processes of its host. */
  NODE,
  /** A named list of addresses. */
  NETWORK_SET,
  /** Addresses outside of the cluster. */
  EXTERNAL;

  /** What has an address inside of the cluster. */
  public static final Set<Kind> INSIDE = Set.of(POD, HOST_POD, NODE);
}
