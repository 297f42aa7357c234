package io.github.polverdict.workbench;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.dialects.api.OtherPolicies;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Likeness;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Objects that are called policies and whose kind nobody has, most of them misspelt. */
final class UnknownKinds {
  private UnknownKinds() {}

  /**
   * Whether an object of a kind that nobody has is called a policy, in a group that has policies: a
   * server that has no such kind refuses it, {@code no matches for kind}.
   */
  static boolean isTakenForPolicy(Document document, Snapshot snapshot, Set<String> policyKinds) {
    ResourceId id = document.id();
    if (!id.kind().toLowerCase(Locale.ROOT).contains("pol")) {
      return false; // most of all objects, so asked first
    }
    boolean group =
        Set.of("networking.k8s.io", "policy.networking.k8s.io").contains(id.group())
            || policyKinds.stream().anyMatch(k -> k.endsWith("." + id.group()));
    return group
        && !policyKinds.contains(id.type())
        && !OtherPolicies.have(id.group(), id.kind())
        && snapshot.ofKind("CustomResourceDefinition").stream()
            .noneMatch(d ->
                d.at("spec", "group").text("").equals(id.group())
                    && d.at("spec", "names", "kind").text("").equals(id.kind()));
  }

  /**
   * A snapshot that says of such objects that a server refuses them; what they may do is a gap. One
   * with a uid has been taken by a server, whose definitions a dump seldom has.
   */
  static Snapshot refused(Snapshot snapshot, Set<String> policyKinds) {
    Snapshot out = snapshot;
    for (Document document : snapshot.documents()) {
      boolean taken = document.live() || document.at("metadata", "uid").present();
      if (!taken && isTakenForPolicy(document, snapshot, policyKinds)) {
        out = with(out, document, policyKinds);
      }
    }
    return out;
  }

  private static Snapshot with(Snapshot snapshot, Document document, Set<String> policyKinds) {
    ResourceId id = document.id();
    Origin at = document.at("kind").origin();
    String says = "no matches for kind \"%s\" in version \"%s\"";
    String why = says.formatted(id.kind(), id.apiVersion());
    Set<String> known =
        policyKinds.stream().map(k -> k.replaceFirst("\\..*", "")).collect(Collectors.toSet());
    String help =
        Likeness.closest(id.kind(), known)
            .map(k -> "did you mean " + k + "?")
            .orElse("correct it, or leave the object out");
    Gap gap = new Gap(Set.of(), id.namespace(), id.text(), why, at);
    return snapshot.gaps().contains(gap)
        ? snapshot
        : snapshot.with(List.of(gap), List.of(new Finding("PV080", Severity.ERROR, why, help, at)));
  }
}
