package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.Document;

/**
 * What an engine makes of one policy where its blocks do not show it: nothing, some of it, or only
 * a note of what it would do. Deviations of blocks and rules ({@link Origin.Bent}) need none.
 *
 * @param object the policy, as {@link io.github.polverdict.snapshot.ResourceId#text()} has it
 * @param says one sentence without a full stop
 * @param origin the field, the row or both
 */
public record Standing(String object, Degree degree, String says, Origin origin) {

  /** How much of it takes effect. */
  public enum Degree {
    /** A field of it is ignored. */
    PARTLY,
    /** It is staged or audited: what it would deny is only noted. */
    STAGED,
    /** Nothing of it takes effect. */
    INERT,
    /** It takes effect for what is neither a pod nor a node, and is not judged. */
    ELSEWHERE
  }

  /** What a row of the profile does to a document as a whole. */
  public static Standing of(Document document, Degree degree, Origin.BuiltIn because) {
    return new Standing(
        document.id().text(), degree, because.says(), new Origin.Bent(document.origin(), because));
  }
}
