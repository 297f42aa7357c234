package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;

/** An end of a declared flow. */
sealed interface Peer {
  /** Whether the endpoint is meant. */
  boolean has(Endpoint endpoint);

  /** Pods by their labels. */
  record Labelled(Pods pods) implements Peer {
    @Override
    public boolean has(Endpoint endpoint) {
      return pods.has(endpoint);
    }
  }

  /** Addresses outside of the cluster. */
  record Addresses(IpSet set) implements Peer {
    @Override
    public boolean has(Endpoint endpoint) {
      return endpoint.kind() == Kind.EXTERNAL && endpoint.addresses().set().subsetOf(set);
    }
  }
}
