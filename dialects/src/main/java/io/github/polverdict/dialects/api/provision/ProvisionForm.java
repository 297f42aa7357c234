package io.github.polverdict.dialects.api.provision;

import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.dialects.api.Context;
import java.util.List;
import java.util.Set;

/**
 * A kind of object that provisions can be written as. Found by {@link java.util.ServiceLoader}. It
 * writes what its engine offers for that; whether the objects do what is wanted is judged by
 * whoever asks.
 */
public interface ProvisionForm {

  /** Lower case with dashes, {@code network-policy}. */
  String id();

  /** What is written, in a few words. */
  String title();

  /**
   * How well it fits an engine: 0 when the engine does not read such objects, more for what fits
   * better.
   *
   * @param kinds the kinds of policy that the engine reads in this version and configuration
   */
  int fit(String dialect, Set<String> kinds);

  /**
   * How what is written differs from a default deny that holds beside every other policy, one
   * sentence without a full stop; empty when it does not.
   */
  default String differs() {
    return "";
  }

  /**
   * How it is tried before it takes effect, one sentence without a full stop.
   *
   * @param kinds the kinds of policy that the engine reads
   */
  String trial(Set<String> kinds);

  /** The objects, those that only allow first. */
  List<Manifest> write(List<Provision> provisions, Context context);

  /**
   * The same objects as ones of which the engine only notes what they would do; none if it can't.
   *
   * @param kinds the kinds of policy that the engine reads
   */
  default List<Manifest> staged(List<Manifest> manifests, Set<String> kinds) {
    return List.of();
  }
}
