package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.Origin;
import java.util.List;

/**
 * Something that could not be read.
 *
 * @param kinds the kinds of object it may have held, sorted; empty when it may have held any
 * @param namespace the namespace it may have touched; empty when it may have touched any
 */
public record Missing(
    List<String> kinds, String namespace, String what, String why, Origin origin) {
  public Missing {
    kinds = List.copyOf(kinds);
  }
}
