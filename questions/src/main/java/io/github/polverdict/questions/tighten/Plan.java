package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Reach;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer.Change;
import io.github.polverdict.questions.tighten.TightenAnswer.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Policies that are drafted, not yet proved: that takes the bench in which they are. */
public final class Plan {
  private final TightenQuestion question;
  private final Bench before;
  private final Wanted wanted;
  private final List<Manifest> manifests;
  private final List<String> replaced;
  private final List<String> notes;
  private final List<String> problems;

  Plan(TightenQuestion question, Bench before, Wanted wanted, Drafts drafts) {
    this.question = question;
    this.before = before;
    this.wanted = wanted;
    this.notes = drafts.notes();
    this.problems = drafts.problems();
    this.replaced = replaced();
    this.manifests = drafts.all().stream().map(this::manifest).toList();
  }

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

  public List<Manifest> manifests() {
    return manifests;
  }

  /** The policies that these take the place of, as {@code NetworkPolicy shop/web}. */
  public List<String> replaces() {
    return replaced;
  }

  /** A policy that stays keeps its name. */
  private Manifest manifest(Draft draft) {
    String namespace = draft.subject().namespace();
    String object = "NetworkPolicy " + namespace + "/" + draft.name();
    boolean taken = blocks().stream().anyMatch(b -> b.name().equals(object));
    String name = taken && !replaced.contains(object) ? draft.name() + "-tight" : draft.name();
    Draft own =
        new Draft(name, draft.subject(), draft.ingress(), draft.egress(), draft.directions());
    return new Manifest(namespace, name, own.yaml());
  }

  private List<Block> blocks() {
    return before.model().planes().stream()
        .flatMap(p -> p.tiers().stream())
        .flatMap(t -> t.blocks().stream())
        .toList();
  }

  /** NetworkPolicies that select covered pods, and surely no others. */
  private List<String> replaced() {
    TreeSet<String> some = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (Plane plane : before.model().planes()) {
      for (Tier tier : plane.tiers()) {
        tier.blocks().stream()
            .filter(b -> b.name().startsWith("NetworkPolicy "))
            .forEach(b -> sort(b, plane, some, others));
      }
    }
    some.removeAll(others);
    return List.copyOf(some);
  }

  private void sort(Block block, Plane plane, Set<String> some, Set<String> others) {
    for (Endpoint endpoint : before.universe().endpoints()) {
      if (endpoint.kind() != Kind.POD) {
        continue;
      }
      Truth selects = Selection.of(block.subject(), endpoint, plane);
      boolean own = wanted.covered().stream().anyMatch(p -> p.has(endpoint));
      if (selects != Truth.NO) {
        (own ? some : others).add(block.name());
      }
    }
  }

  /**
   * Whether the policies do what they should.
   *
   * @param after the bench with them, without those that they replace
   * @param diff of the bench as it is and that one
   */
  public TightenAnswer proved(Bench after, DiffAnswer diff) {
    Proof proof = new Proof(after, wanted);
    proof.run();
    List<Change> closed = new ArrayList<>();
    List<Change> opened = new ArrayList<>();
    for (DiffAnswer.Pair pair : diff.pairs()) {
      change(pair, pair.a(), pair.b(), closed);
      change(pair, pair.b(), pair.a(), opened);
    }
    List<String> told = new ArrayList<>(notes);
    told.addAll(proof.notes());
    stopped(diff).ifPresent(told::add);
    return new TightenAnswer(
        before.name(),
        wanted.covered().stream().map(Pods::name).toList(),
        question.flows().size(),
        manifests,
        replaced,
        proof.lacking(),
        proof.open(),
        proof.unsure(),
        closed,
        opened,
        told,
        problems,
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
