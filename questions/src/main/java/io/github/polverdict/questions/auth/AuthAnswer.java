package io.github.polverdict.questions.auth;

import io.github.polverdict.core.model.rights.Grant;
import java.util.List;
import java.util.Optional;

/**
 * Which features work in a cluster with the rights of one user.
 *
 * @param user as the server calls the caller; empty when it does not tell
 * @param namespaces that were asked about; empty for the whole cluster
 * @param features those that were asked for
 */
public record AuthAnswer(
    String source, Optional<String> user, List<String> namespaces, List<Row> features) {

  /** How far a feature works. */
  public enum Extent {
    WORKS,
    /** With gaps, or in some namespaces only. */
    PARTLY,
    DOES_NOT
  }

  /**
   * One feature.
   *
   * @param missing of its own rights
   * @param manifests the files in {@code deploy/rbac} that give what is missing, also of the
   *     features that it needs
   * @param because what of other features it works by or lacks, one clause; may be empty
   */
  public record Row(
      String id,
      String says,
      Extent extent,
      List<Grant> missing,
      List<String> manifests,
      String because) {
    public Row {
      missing = List.copyOf(missing);
      manifests = List.copyOf(manifests);
    }
  }

  public AuthAnswer {
    namespaces = List.copyOf(namespaces);
    features = List.copyOf(features);
  }

  /** Whether everything that was asked for works. */
  public boolean allWork() {
    return features.stream().allMatch(f -> f.extent() == Extent.WORKS);
  }
}
