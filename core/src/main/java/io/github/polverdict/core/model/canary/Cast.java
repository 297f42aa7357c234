package io.github.polverdict.core.model.canary;

import java.util.Locale;

/** The pods of the canary. */
public enum Cast {
  /** The pod that the policies of a step are about. */
  HUB,
  /** A pod on the hub's node. */
  NEAR,
  /** A pod on another node; not there where pods can run on one node only. */
  FAR;

  /** The label by which policies tell the pods apart; its value is {@link #pod}. */
  public static final String LABEL = "polverdict.github.io/canary";

  /** Its name, and the value of its label. */
  public String pod() {
    return name().toLowerCase(Locale.ROOT);
  }
}
