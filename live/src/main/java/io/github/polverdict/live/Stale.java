package io.github.polverdict.live;

import java.time.Instant;

/**
 * Objects that are known as they were at some time, since then the cluster could not be asked.
 *
 * @param what {@code pods}, {@code networkpolicies.networking.k8s.io}
 * @param asOf when they were last known to be up to date
 * @param why in a few words, {@code connection refused}
 */
public record Stale(String what, Instant asOf, String why) {}
