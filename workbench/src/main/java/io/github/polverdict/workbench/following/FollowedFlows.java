package io.github.polverdict.workbench.following;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.questions.explain.ExplainManyAnswer;
import io.github.polverdict.questions.explain.ExplainManyAnswer.Row;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.questions.explain.Turn;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotDelta;
import io.github.polverdict.snapshot.SnapshotDelta.Change;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts of some flows from snapshot to snapshot. Each snapshot gets a session of its own, so
 * that the verdicts never depend on what was before; what made one change is found by substitution:
 * the first changed object that makes the same difference alone.
 */
public final class FollowedFlows {
  /**
   * So many changed objects are tried as the cause; with more the cause is told as their number.
   */
  static final int TRIED = 12;

  private final Workbench workbench;
  private final Optional<CniSpec> said;
  private final ExplainManyQuestion flows;
  private @Nullable Snapshot known;
  private List<Row> rows = List.of();

  /**
   * @param said the engine that the user says
   * @param flows what is followed
   */
  public FollowedFlows(Workbench workbench, Optional<CniSpec> said, ExplainManyQuestion flows) {
    this.workbench = workbench;
    this.said = said;
    this.flows = flows;
  }

  /** The verdicts of the last snapshot, in the order of the flows. */
  public List<Row> rows() {
    return rows;
  }

  /** Goes on to a snapshot; the flows whose verdict is new, all of them the first time. */
  public List<Turn> next(Snapshot snapshot) {
    List<Row> fresh = judged(snapshot);
    Snapshot before = known;
    List<Row> old = rows;
    known = snapshot;
    rows = fresh;
    if (before == null) {
      return fresh.stream()
          .map(r -> new Turn(r.from(), r.to(), Optional.empty(), r.verdict(), r.because(), ""))
          .toList();
    }
    List<Integer> turned = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      if (!fresh.get(i).verdict().equals(old.get(i).verdict())) {
        turned.add(i);
      }
    }
    return turned.isEmpty() ? List.of() : turns(turned, old, before, snapshot);
  }

  private List<Row> judged(Snapshot snapshot) {
    Session session = workbench.open(snapshot, said, Grouping.WORKLOAD);
    ExplainManyAnswer answer = flows.ask(session);
    return answer.rows();
  }

  private List<Turn> turns(List<Integer> turned, List<Row> old, Snapshot before, Snapshot after) {
    SnapshotDelta delta = SnapshotDelta.between(before, after);
    @Nullable String[] causes = new String[rows.size()];
    if (delta.changes().size() <= TRIED) {
      for (Change change : delta.changes()) {
        List<Row> alone =
            delta.changes().size() == 1 && before.gaps().equals(after.gaps())
                ? rows
                : judged(delta.only(change, before).applyTo(before));
        for (int i : turned) {
          if (causes[i] == null && alone.get(i).verdict().equals(rows.get(i).verdict())) {
            causes[i] = told(change, before);
          }
        }
      }
    }
    List<Turn> out = new ArrayList<>();
    for (int i : turned) {
      Row row = rows.get(i);
      String cause = Objects.requireNonNullElseGet(causes[i], () -> together(delta, before));
      out.add(
          new Turn(
              row.from(), row.to(), old.get(i).verdict(), row.verdict(), row.because(), cause));
    }
    return out;
  }

  private static String told(Change change, Snapshot before) {
    String id = change.id().text();
    boolean was = before.documents().stream().anyMatch(d -> d.id().equals(change.id()));
    String how = change.after().isEmpty() ? "deleted " : was ? "changed " : "added ";
    return how + id;
  }

  private static String together(SnapshotDelta delta, Snapshot before) {
    boolean gaps = !before.gaps().equals(delta.gaps());
    int objects = delta.changes().size();
    if (objects == 0) {
      return gaps ? "what can be read" : "what is known of the input";
    }
    return objects + " objects together" + (gaps ? ", and what can be read" : "");
  }
}
