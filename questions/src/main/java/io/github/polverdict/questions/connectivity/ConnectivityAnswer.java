package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reach;
import java.util.List;
import java.util.Optional;

/**
 * Who reaches whom. A pair without a row is denied everything.
 *
 * @param rows sorted by source, then destination; never from a party to itself
 * @param parties every party that was looked at, sorted, whether it has rows or not
 * @param doubts what would decide the unknown parts of the rows
 * @param doubtsComplete whether all unknown parts were looked at for their doubts
 */
public record ConnectivityAnswer(
    String source,
    List<Row> rows,
    List<Party> parties,
    List<Doubt> doubts,
    boolean doubtsComplete,
    List<Pin> pins,
    List<Missing> missing,
    List<Finding> findings) {

  /**
   * What one party may send to another; at least one of allowed and unknown is not empty.
   *
   * @param family present when IPv4 and IPv6 differ for the pair
   */
  public record Row(Party src, Party dst, Reach reach, Optional<Family> family) {}

  public ConnectivityAnswer {
    rows = List.copyOf(rows);
    parties = List.copyOf(parties);
    doubts = List.copyOf(doubts);
    pins = List.copyOf(pins);
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }
}
