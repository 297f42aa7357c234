package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Selector;
import java.util.Locale;

/** Whom an end of an expectation means. Pods on their node's network count as nodes. */
public sealed interface Whom {

  /** The end as its author wrote it. */
  String words();

  /** In the words of {@code explain}: {@code shop/web}, {@code svc/data/db:5432}, an address. */
  record Called(String words) implements Whom {}

  /** All of a sort. */
  record Every(Sort sort) implements Whom {
    @Override
    public String words() {
      return sort.name().toLowerCase(Locale.ROOT);
    }
  }

  /** What {@link Every} takes all of. */
  enum Sort {
    /** Pods and the outside. */
    ANYTHING,
    PODS,
    /** Every address outside of the cluster. */
    OUTSIDE,
    /** Nodes and the pods on their network. */
    NODES
  }

  /** Addresses outside of the cluster, and none of those that something inside has. */
  record Block(IpSet addresses, String words) implements Whom {}

  /**
   * Pods by their labels and those of their namespaces.
   *
   * @param where in which namespaces, for an expectation of each namespace
   */
  record Selected(Where where, Selector selector, String words) implements Whom {}

  /** Namespaces as seen from the one that an expectation is about. */
  enum Where {
    ANYWHERE,
    /** The namespace that the expectation is about. */
    THIS,
    /** Every other one. */
    OTHERS
  }
}
