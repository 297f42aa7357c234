package io.github.polverdict.workbench.baseline;

import io.github.polverdict.dialects.api.provision.Manifest;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.snapshot.ManifestText;
import io.github.polverdict.workbench.Session;
import java.util.List;

/**
 * Manifests, and the proof that a cluster with them meets the baseline.
 *
 * @param form what they are, in a few words
 * @param differs how that differs from a default deny beside all else; empty when it does not
 * @param trial how they are tried before they take effect
 * @param staged the same objects as ones that are only noted; none when the engine has no such
 * @param notes what else is to be known or done, one sentence each without a full stop
 * @param before what the cluster came to without them
 * @param after what it comes to with them
 * @param with the cluster with them
 */
public record Generated(
    String form,
    String differs,
    String trial,
    List<Manifest> manifests,
    List<Manifest> staged,
    List<String> notes,
    BaselineAnswer before,
    BaselineAnswer after,
    Session with) {
  public Generated {
    manifests = List.copyOf(manifests);
    staged = List.copyOf(staged);
    notes = List.copyOf(notes);
  }

  /** All of some as the documents of one file. */
  public static String stream(List<Manifest> manifests) {
    return ManifestText.documents(
        manifests.stream().map(m -> ManifestText.yaml(m.tree())).toList());
  }
}
