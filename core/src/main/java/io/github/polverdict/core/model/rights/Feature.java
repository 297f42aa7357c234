package io.github.polverdict.core.model.rights;

import java.util.List;

/**
 * Something that a user may want to do with a cluster, and the rights that it takes.
 *
 * @param id {@code probe-exec}
 * @param says which commands it is, one clause
 * @param manifest the file in {@code deploy/rbac} that grants exactly its own rights; empty when it
 *     has none
 * @param rights its own
 * @param severable whether each right is of use without the others
 * @param needs features that it needs as well
 * @param anyOf features of which it needs one; empty when it needs none
 */
public record Feature(
    String id,
    String says,
    String manifest,
    List<Right> rights,
    boolean severable,
    List<String> needs,
    List<String> anyOf) {
  public Feature {
    rights = List.copyOf(rights);
    needs = List.copyOf(needs);
    anyOf = List.copyOf(anyOf);
  }
}
