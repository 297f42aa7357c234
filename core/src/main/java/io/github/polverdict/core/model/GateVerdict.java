package io.github.polverdict.core.model;

/**
 * What one plane does at one gate of a path.
 *
 * @param audited whether the plane would deny but only notes it
 */
public record GateVerdict(
    Plane plane,
    Direction gate,
    Endpoint subject,
    Seen peer,
    Outcome outcome,
    Decision decision,
    boolean audited) {}
