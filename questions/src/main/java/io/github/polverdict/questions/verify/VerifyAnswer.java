package io.github.polverdict.questions.verify;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.verify.choice.Coverage;
import io.github.polverdict.questions.words.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was predicted, beside what was seen.
 *
 * @param source as the user named it
 * @param cluster the UID of its namespace kube-system; empty when it is not known
 * @param seed by which flows were chosen
 * @param rows one for each flow that was chosen, in the order of choice
 * @param tallies one for each row of a profile that some decided flow rests on, by id
 * @param notes what holds for the run as a whole
 */
public record VerifyAnswer(
    String source,
    String cluster,
    long seed,
    Coverage coverage,
    List<Row> rows,
    List<Tally> tallies,
    List<String> notes,
    Standing standing) {

  /** What the answer stands on. */
  public record Standing(List<Pin> pins, List<Missing> missing, List<Finding> findings) {
    public Standing {
      pins = List.copyOf(pins);
      missing = List.copyOf(missing);
      findings = List.copyOf(findings);
    }
  }

  /**
   * One flow.
   *
   * @param observed what other sources than the probe saw of it, such as flow logs
   * @param explanation present exactly when the flow is contradicted
   */
  public record Row(
      Recorded flow,
      String place,
      Predicted predicted,
      Optional<Recorded.Seen> probed,
      List<Seen> observed,
      Agreement agreement,
      Optional<Explanation> explanation) {
    public Row {
      observed = List.copyOf(observed);
    }

    public Family family() {
      return flow.call().at().family();
    }

    /** {@code shop/db:5432/tcp}; an outside destination by the address that was called. */
    public String to() {
      Recorded.Call call = flow.call();
      String name = call.to().matches("[0-9a-f.:]+-[0-9a-f.:]+") ? call.at().toString() : call.to();
      return (name.contains(":") ? "[" + name + "]" : name)
          + ":"
          + call.port()
          + "/"
          + call.protocol().name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was predicted, and why.
   *
   * @param because what decided
   * @param quirks the rows of profiles that it rests on, by id
   */
  public record Predicted(Outcome outcome, Reason because, List<Origin.BuiltIn> quirks) {
    public Predicted {
      quirks = List.copyOf(quirks);
    }
  }

  /** What a source other than the probe saw. */
  public record Seen(String source, Observation.Sign sign, String detail) {}

  /**
   * How often packets did what a row of a profile says.
   *
   * @param measured whether that was known before
   */
  public record Tally(Origin.BuiltIn row, boolean measured, int confirmed, int refuted) {}

  public VerifyAnswer {
    rows = List.copyOf(rows);
    tallies = List.copyOf(tallies);
    notes = List.copyOf(notes);
  }

  /** The same answer with more notes. */
  public VerifyAnswer withNotes(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
    return new VerifyAnswer(source, cluster, seed, coverage, rows, tallies, all, standing);
  }

  /** The same answer, of the cluster with that UID. */
  public VerifyAnswer of(String uid) {
    return new VerifyAnswer(source, uid, seed, coverage, rows, tallies, notes, standing);
  }

  /** The flows of which that is so. */
  public List<Row> with(Agreement agreement) {
    return rows.stream().filter(r -> r.agreement() == agreement).toList();
  }
}
