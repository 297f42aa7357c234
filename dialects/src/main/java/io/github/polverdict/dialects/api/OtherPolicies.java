package io.github.polverdict.dialects.api;

import java.util.List;
import java.util.Map;

/**
 * Kinds of the groups that have policies which are called policies and say nothing of who may reach
 * whom, in {@code other-policies.yaml}.
 */
public final class OtherPolicies {
  private static final Map<String, String> KINDS =
      Dialects.bundled(OtherPolicies.class, "other-policies.yaml").at("kinds").strings();

  private OtherPolicies() {}

  public static boolean have(String group, String kind) {
    return List.of(KINDS.getOrDefault(group, "").split(" ")).contains(kind);
  }
}
