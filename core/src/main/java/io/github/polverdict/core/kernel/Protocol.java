package io.github.polverdict.core.kernel;

/**
 * What a packet carries, as far as policies tell packets apart. The number beside it is the
 * destination port for TCP, UDP and SCTP, {@code type * 256 + code} for ICMP (v4 or v6 by the
 * flow's address family), and the IP protocol number for OTHER.
 */
public enum Protocol {
  TCP,
  UDP,
  SCTP,
  ICMP,
  OTHER;

  /** Lowest number that exists: port 0 is never a destination. */
  public int lowest() {
    return hasPorts() ? 1 : 0;
  }

  /** Highest number that exists. */
  public int highest() {
    return this == OTHER ? 255 : 65535;
  }

  public boolean hasPorts() {
    return this == TCP || this == UDP || this == SCTP;
  }
}
