package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.snapshot.Field;
import java.util.Set;

/**
 * What becomes of traffic that must be authenticated before it passes: an agent drops it until it
 * has found both ends' certificates good (pkg/auth, bpf/lib/auth.h).
 *
 * @param known whether the field is read at all
 * @param performed whether agents authenticate anybody
 */
record Authentication(boolean known, boolean performed) {

  static Authentication of(Context context) {
    return new Authentication(
        context.active("cilium.cnp-authentication"),
        !context.active("cilium.cnp-authentication-off")
            && !context.active("cilium.cnp-authentication-no-port"));
  }

  private static String mode(Field entry) {
    return entry.get("authentication").get("mode").text("");
  }

  /** Whether what an entry is about must be authenticated. */
  boolean isAsked(Field entry) {
    return known && Set.of("required", "test-always-fail").contains(mode(entry));
  }

  /** Whether what an entry is about can pass at all. */
  boolean mayPass(Field entry) {
    return performed && mode(entry).equals("required");
  }

  /** The fact by which it does not pass, also where other rules allow it. */
  Doubt unlessPassed(Field entry) {
    String what =
        mayPass(entry)
            ? "whether the agents of both ends have authenticated them to each other"
            : "whether the authentication that fails here is asked for by the rule that counts";
    return new Doubt.KnownAtRuntime(what, entry.get("authentication").origin());
  }
}
