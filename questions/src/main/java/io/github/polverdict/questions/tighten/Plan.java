package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer.Change;
import io.github.polverdict.questions.tighten.TightenAnswer.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Policies that are drafted, not yet proved: that takes the bench in which they are. */
public final class Plan {
  private final TightenQuestion question;
  private final Bench before;
  private final Wanted wanted;
  private final Replaced replaced;
  private final List<Policy> policies;
  private final List<String> notes;
  private final List<String> problems;

  Plan(TightenQuestion question, Bench before, Wanted wanted, Drafts drafts) {
    this.question = question;
    this.before = before;
    this.wanted = wanted;
    this.notes = drafts.notes();
    this.problems = drafts.problems();
    this.replaced = new Replaced(before, wanted.covered(), question.namespaces());
    List<Draft> all = new ArrayList<>(drafts.all());
    all.addAll(replaced.denies());
    this.policies = all.stream().map(this::policy).toList();
  }

  /**
   * A policy to be put into the snapshot.
   *
   * @param tree the object as it is written: maps, lists, texts and numbers in their order
   */
  public record Policy(String namespace, String name, Map<String, Object> tree) {}

  /**
   * What was drafted.
   *
   * @param notes what a reader should know
   * @param problems what cannot be written
   */
  record Drafts(List<Draft> all, List<String> notes, List<String> problems) {
    Drafts {
      all = List.copyOf(all);
      notes = List.copyOf(notes);
      problems = List.copyOf(problems);
    }
  }

  /**
   * What must be so.
   *
   * @param covered who is isolated
   * @param links what passes all the same
   * @param services the ids of the Services that must be reached by their own addresses
   */
  record Wanted(Set<Pods> covered, Collection<Link> links, Set<String> services) {}

  public List<Policy> policies() {
    return policies;
  }

  /** The policies that these take the place of, as {@code NetworkPolicy shop/web}. */
  public List<String> replaces() {
    return replaced.names();
  }

  /** A policy that stays keeps its name. */
  private Policy policy(Draft draft) {
    String namespace = draft.subject().namespace();
    String object = "NetworkPolicy " + namespace + "/" + draft.name();
    String name = replaced.stays(object) ? draft.name() + "-tight" : draft.name();
    Draft own =
        new Draft(name, draft.subject(), draft.ingress(), draft.egress(), draft.directions());
    return new Policy(namespace, name, own.tree());
  }

  /**
   * Whether the policies do what they should.
   *
   * @param manifests the policies as YAML
   * @param after the bench with them, without those that they replace
   * @param diff of the bench as it is and that one
   */
  public TightenAnswer proved(List<Manifest> manifests, Bench after, DiffAnswer diff) {
    Proof proof = new Proof(after, wanted);
    proof.run();
    Newcomers newcomers = new Newcomers(before, after, question.namespaces());
    wanted.covered().stream().map(Pods::namespace).distinct().sorted().forEach(newcomers::check);
    List<String> told = new ArrayList<>(notes);
    told.addAll(newcomers.notes());
    List<String> wrong = new ArrayList<>(problems);
    wrong.addAll(newcomers.problems());
    wrong.addAll(new CutCalls(before, after, wanted).all());
    List<Change> closed = new ArrayList<>();
    List<Change> opened = new ArrayList<>();
    for (DiffAnswer.Pair pair : diff.pairs()) {
      change(pair, pair.a(), pair.b(), closed);
      change(pair, pair.b(), pair.a(), opened);
    }
    told.addAll(proof.notes());
    stopped(diff).ifPresent(told::add);
    return new TightenAnswer(
        before.name(),
        wanted.covered().stream().map(Pods::name).toList(),
        question.flows().size(),
        manifests,
        replaced.names(),
        proof.lacking(),
        proof.open(),
        proof.unsure(),
        closed,
        opened,
        told,
        wrong,
        after.model().pins());
  }

  /** That ping and the like stops, which nobody could have declared. */
  private static Optional<String> stopped(DiffAnswer diff) {
    List<DiffAnswer.Pair> pairs =
        diff.pairs().stream()
            .filter(p -> !p.a().allowed().minus(p.b().allowed()).minus(Link.EVERY_PORT).isEmpty())
            .toList();
    return pairs.stream()
        .findFirst()
        .map(p ->
            "ICMP and other protocols without ports stop between %d pairs, the first %s -> %s"
                .formatted(pairs.size(), p.src().name(), p.dst().name()));
  }

  private static void change(DiffAnswer.Pair pair, Reach had, Reach has, List<Change> out) {
    TrafficSet lost = had.allowed().minus(has.allowed()).and(Link.EVERY_PORT);
    if (!lost.isEmpty()) {
      out.add(new Change(pair.src(), pair.dst(), lost));
    }
  }
}
