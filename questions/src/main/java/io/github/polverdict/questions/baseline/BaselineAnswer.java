package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Exemption;
import io.github.polverdict.questions.Missing;
import java.util.List;
import java.util.Optional;

/**
 * Whether the defaults of every namespace are what a baseline says.
 *
 * @param baseline what it was held against
 * @param controls the controls of the preset; none without one
 * @param rows by namespace, then by item; that of {@link Item#ENFORCEMENT} first
 * @param leftOut namespaces of the system, which are not looked at
 * @param notices exceptions that do not count or that nothing needs, choices of nothing
 */
public record BaselineAnswer(
    String source,
    String baseline,
    List<Control> controls,
    List<Row> rows,
    List<String> leftOut,
    List<Notice> notices,
    List<Pin> pins,
    List<Missing> missing,
    List<Finding> findings) {

  /**
   * One item for one namespace.
   *
   * @param namespace empty for the cluster as a whole
   * @param says what is wrong or why there is nothing to say; empty when it is simply met
   * @param proofs flows that show it, at most a few; those that fail when it is not met
   * @param waived the exception that is for it, whether it has ended or not
   */
  public record Row(
      String namespace,
      Item item,
      Demand demand,
      Status status,
      String says,
      List<Proof> proofs,
      Optional<Exemption> waived) {
    public Row {
      proofs = List.copyOf(proofs);
    }

    /** Whether it is not met and no exception is for it. */
    public boolean fails() {
      return status == Status.UNMET && waived.isEmpty();
    }

    /** Whether it is not known and no exception is for it. */
    public boolean open() {
      return status == Status.UNKNOWN && waived.isEmpty();
    }

    Row waivedBy(Exemption why) {
      return new Row(namespace, item, demand, status, says, proofs, Optional.of(why));
    }
  }

  /** Whether a demand is met. */
  public enum Status {
    MET,
    UNMET,
    /** A fact is missing; the proofs name it. */
    UNKNOWN,
    /** Nothing in the input makes such traffic. */
    NOTHING_TO_CHECK
  }

  /**
   * A flow and what becomes of it.
   *
   * @param flow {@code shop/web[Deployment] -> svc/kube-system/kube-dns UDP 53}
   * @param because one sentence without a full stop
   */
  public record Proof(Outcome outcome, String flow, String because, Optional<Origin> origin) {}

  /** Something about an exception, or about a choice. */
  public record Notice(Sort sort, String says, Origin origin) {}

  /** What is to be said of an exception or a choice. */
  public enum Sort {
    /** Its last day is over. It goes on to keep what is generated from tightening. */
    EXPIRED,
    /** No namespace is in it, or all of its items are met. */
    NOT_NEEDED,
    /** A group, or what else is said to be there, is of nothing that is. */
    CHOOSES_NOTHING
  }

  public BaselineAnswer {
    controls = List.copyOf(controls);
    rows = List.copyOf(rows);
    leftOut = List.copyOf(leftOut);
    notices = List.copyOf(notices);
    pins = List.copyOf(pins);
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }

  /** Whether nothing fails and no exception has ended. What is not known does not count. */
  public boolean met() {
    return rows.stream().noneMatch(Row::fails)
        && notices.stream().noneMatch(n -> n.sort() == Sort.EXPIRED);
  }

  /** Whether some row is not known. */
  public boolean unknown() {
    return rows.stream().anyMatch(Row::open);
  }
}
