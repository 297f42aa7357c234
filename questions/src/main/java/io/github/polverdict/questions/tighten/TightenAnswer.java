package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.words.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Policies that allow declared flows and nothing else, with the proof: what the engine makes of
 * them.
 *
 * @param covered the workloads that the policies are for, as they are shown
 * @param declared how many flows were declared
 * @param replaced policies that are for covered workloads only, and that these take the place of
 * @param lacking declared flows that would not surely pass
 * @param open what would pass although nobody declared it, between covered workloads or from or to
 *     one of them
 * @param unsure what perhaps would
 * @param closed what passes today and would not
 * @param opened what does not pass today and would
 * @param problems what cannot be written as a NetworkPolicy
 */
public record TightenAnswer(
    String source,
    List<String> covered,
    int declared,
    List<Manifest> manifests,
    List<String> replaced,
    List<Flaw> lacking,
    List<Flaw> open,
    List<Flaw> unsure,
    List<Change> closed,
    List<Change> opened,
    List<String> notes,
    List<String> problems,
    List<Pin> pins) {

  /** One policy as YAML. */
  public record Manifest(String namespace, String name, String yaml) {
    /** {@code NetworkPolicy shop/web}. */
    public String object() {
      return "NetworkPolicy " + namespace + "/" + name;
    }

    /** Where it is written, from the folder: {@code shop/web.yaml}. */
    public String file() {
      return namespace + "/" + name + ".yaml";
    }
  }

  /** Flows of one pair that would not be as declared. */
  public record Flaw(
      String from,
      String to,
      TrafficSet traffic,
      Outcome outcome,
      Reason reason,
      List<Origin.BuiltIn> quirks) {
    public Flaw {
      quirks = List.copyOf(quirks);
    }
  }

  /** Flows of one pair that would change. */
  public record Change(Party src, Party dst, TrafficSet traffic) {}

  public TightenAnswer {
    covered = List.copyOf(covered);
    manifests = List.copyOf(manifests);
    replaced = List.copyOf(replaced);
    lacking = List.copyOf(lacking);
    open = List.copyOf(open);
    unsure = List.copyOf(unsure);
    closed = List.copyOf(closed);
    opened = List.copyOf(opened);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
    pins = List.copyOf(pins);
  }

  /** Whether the engine lets pass exactly what was declared. */
  public boolean proved() {
    return lacking.isEmpty() && open.isEmpty() && unsure.isEmpty() && problems.isEmpty();
  }

  /** The same with one more note. */
  public TightenAnswer noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new TightenAnswer(
        source, covered, declared, manifests, replaced, lacking, open, unsure, closed, opened, more,
        problems, pins);
  }

  /** The policies to be taken away: those replaced that no new one has the name of. */
  public List<String> toDelete() {
    List<String> written = manifests.stream().map(Manifest::object).toList();
    return replaced.stream().filter(r -> !written.contains(r)).toList();
  }
}
