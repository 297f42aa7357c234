package io.github.polverdict.core.kernel;

/**
 * A problem or a fact worth saying about the input. Never an exception.
 *
 * @param code stable, {@code PVnnn}; each has a page under docs/findings
 * @param message one sentence in the reader's terms
 * @param help what to do next; may be empty
 */
public record Finding(String code, Severity severity, String message, String help, Origin origin) {}
