package io.github.polverdict.lab;

/**
 * A packet to send.
 *
 * @param id unique among those that are sent together; without spaces
 * @param where it comes from: a pod as {@code namespace/name}, a node's name, or {@code
 *     outside-ADDRESS}
 * @param protocol {@code TCP}, {@code UDP}, {@code SCTP} or {@code ICMP}
 * @param port 0 for ICMP
 */
public record Packet(String id, String where, String protocol, String address, int port) {}
