package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpAddress;

/**
 * One flow made concrete enough to be tried with packets: who calls which address. It does not know
 * what will come of it.
 *
 * @param id unique within a run; letters, digits and dashes
 * @param at the address that the source calls: of a pod, a Service, a node or an outside host
 */
public record Trial(String id, Flow flow, IpAddress at) {}
