package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The nodes whose own traffic policies may judge: those that a HostEndpoint is for. One without a
 * policy is closed but for the failsafe ports, unless its profile lets everything pass, as that of
 * those that Calico makes itself does (docs.tigera.io, reference/host-endpoints).
 */
public final class HostEndpoints {
  private static final String OPEN = "projectcalico-default-allow";

  private final Set<String> policed = new TreeSet<>();
  private final Set<String> forwarding = new TreeSet<>();

  public HostEndpoints(Snapshot snapshot) {
    List<Document> policies =
        CalicoObjects.all(snapshot, CalicoPolicies.CLUSTER).stream()
            .filter(p -> new PolicyChecks(p).ofShape().isEmpty())
            .filter(p -> new PolicyChecks(p).ofSense().isEmpty())
            .toList();
    for (Document endpoint : CalicoObjects.all(snapshot, "HostEndpoint")) {
      String node = endpoint.at("spec", "node").text("");
      List<Document> theirs = policies.stream().filter(p -> selects(p, endpoint)).toList();
      boolean open = Expressions.texts(endpoint.at("spec", "profiles")).contains(OPEN);
      if (!open || !theirs.isEmpty()) {
        policed.add(node);
      }
      if (theirs.stream().anyMatch(HostEndpoints::isForForwarded)) {
        forwarding.add(node);
      }
    }
  }

  private static boolean selects(Document policy, Document endpoint) {
    return CalicoPolicies.subject(policy).matches(endpoint.at("metadata", "labels").strings());
  }

  private static boolean isForForwarded(Document policy) {
    return Stream.of("applyOnForward", "preDNAT", "doNotTrack")
        .anyMatch(k -> policy.at("spec", k).bool().orElse(false));
  }

  /** The nodes whose own traffic is judged. */
  public Set<String> policed() {
    return Set.copyOf(policed);
  }

  /** The nodes of which what they forward, that of their pods, is judged as well. */
  public Set<String> forwarding() {
    return Set.copyOf(forwarding);
  }
}
