package io.github.polverdict.questions.naming;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parties as answers show them, in the words that {@link FlowResolver} understands. */
public final class Shown {
  private static final Pattern WORKLOAD =
      Pattern.compile(
          "([^/\\[]+)/([^\\[]+)\\[(Pod|Deployment|ReplicaSet|StatefulSet|DaemonSet|Job|CronJob"
              + "|ReplicationController)]");
  private static final Pattern RANGE = Pattern.compile("([0-9a-fA-F.:]+)-([0-9a-fA-F.:]+)");

  private Shown() {}

  /**
   * Of {@code shop/web[Deployment]}, {@code 10.0.0.0-10.255.255.255[External]}, with or without
   * {@code {ipv4}}; a range is as many as it takes blocks.
   */
  public static List<String> words(String party) {
    String plain = party.replaceFirst("\\{ipv[46]}$", "").replaceFirst("\\[External]$", "");
    Matcher range = RANGE.matcher(plain);
    if (range.matches()) {
      Optional<IpAddress> first = IpAddress.parse(range.group(1));
      Optional<IpAddress> last = IpAddress.parse(range.group(2));
      if (first.isPresent() && last.isPresent()) {
        return Cidrs.of(IpSet.of(first.get(), last.get()));
      }
    }
    Matcher workload = WORKLOAD.matcher(plain);
    return List.of(
        workload.matches()
            ? workload.group(3).toLowerCase(Locale.ROOT)
                + "/"
                + workload.group(1)
                + "/"
                + workload.group(2)
            : plain.replaceFirst("\\[[^]]*]$", ""));
  }
}
