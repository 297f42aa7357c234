package io.github.polverdict.live;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.core.model.rights.Right;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an API server's 403 means. Either a right is missing, or something else refuses what one has
 * the right to: PodSecurity, a quota, an admission webhook; the server's message tells which.
 *
 * @param missing the right, {@code create pods/exec in namespace shop}; empty when none is missing
 * @param sentence what is wrong and the next step, without a full stop
 */
public record Forbidden(Optional<String> missing, String sentence) {
  // Kubernetes 1.34, staging/src/k8s.io/apiserver, handlers/responsewriters/errors.go
  private static final Pattern NO_RIGHT =
      Pattern.compile(
          "User \"(?<user>[^\"]*)\" cannot (?<verb>\\w+) resource \"(?<resource>[^\"]*)\" in API"
              + " group \"(?<group>[^\"]*)\"(?: in the namespace \"(?<namespace>[^\"]*)\"| at the"
              + " cluster scope)?");

  /**
   * Reads the message of a 403.
   *
   * @param message of the Status object
   */
  public static Forbidden of(String message) {
    Matcher matcher = NO_RIGHT.matcher(message);
    if (!matcher.find()) {
      return new Forbidden(Optional.empty(), refused(message));
    }
    String group = matcher.group("group");
    String resource = matcher.group("resource") + (group.isEmpty() ? "" : "." + group);
    String namespace = matcher.group("namespace"); // of a Namespace it is its own name
    boolean within = namespace != null && !resource.equals("namespaces");
    return lacking(
        matcher.group("user"),
        matcher.group("verb") + " " + resource,
        within ? " in namespace " + namespace : "");
  }

  /** What a refused exec means: an upgrade to a websocket is refused without a message. */
  public static Forbidden ofExec(String namespace) {
    return lacking("the user", "get pods/exec", " in namespace " + namespace);
  }

  private static Forbidden lacking(String user, String right, String where) {
    List<Feature> giving =
        Features.all().stream()
            .filter(f -> f.rights().stream().map(Right::text).anyMatch(right::equals))
            .toList();
    String next =
        giving.isEmpty()
            ? "polverdict auth shows what is missing"
            : "%s grants it, polverdict auth --for %s shows what else is missing"
                .formatted(
                    String.join(
                        " or ", giving.stream().map(f -> "deploy/rbac/" + f.manifest()).toList()),
                    String.join(",", giving.stream().map(Feature::id).toList()));
    return new Forbidden(
        Optional.of(right + where),
        "%s may not %s%s (403); %s".formatted(user, right, where, next));
  }

  private static String refused(String message) {
    String first = message.lines().findFirst().orElse("no reason is given");
    String next =
        first.contains("violates PodSecurity")
            ? "the namespace's PodSecurity level does not admit such a pod"
            : first.contains("exceeded quota")
                ? "the namespace's ResourceQuota is used up"
                : first.contains("admission webhook")
                    ? "a webhook of the cluster decides this, not a right"
                    : "this is no missing right";
    return "the server refuses it (403): %s; %s".formatted(first, next);
  }
}
