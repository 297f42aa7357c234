package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.model.Endpoint;

/** Where the two ends of a flow are to each other, as far as datapaths treat it differently. */
public enum Place {
  /** An endpoint calls itself, by its own address or through a Service (hairpin). */
  ITSELF("itself"),
  SAME_NODE("same node"),
  OTHER_NODE("other node"),
  /** It depends on the backend that is chosen, or an end is on no node. */
  ANYWHERE("");

  private final String words;

  Place(String words) {
    this.words = words;
  }

  /** How two endpoints stand to each other. */
  public static Place of(Endpoint from, Endpoint to) {
    if (from.id().equals(to.id())) {
      return ITSELF;
    }
    if (from.node().isEmpty() || to.node().isEmpty()) {
      return ANYWHERE;
    }
    return from.node().equals(to.node()) ? SAME_NODE : OTHER_NODE;
  }

  /** {@code same node}; empty for anywhere. */
  public String words() {
    return words;
  }
}
