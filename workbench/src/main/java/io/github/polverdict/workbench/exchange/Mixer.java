package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The exchange of two sessions. Every document, gap and engine setting of each belongs to exactly
 * one input; those that no verdict can tell apart go with {@link Parts#NODES}, together with the
 * addresses and places of pods.
 */
public final class Mixer implements Exchange {
  private static final Ingredient READABLE = new Ingredient(Kind.READABLE, "what could be read");

  private final Session a;
  private final Session b;
  private final Parts partsA;
  private final Parts partsB;
  private final Engines engines;
  private final List<Ingredient> differing;

  private Mixer(Session a, Session b) {
    this.a = a;
    this.b = b;
    this.partsA = new Parts(a);
    this.partsB = new Parts(b);
    this.engines = new Engines(a, b);
    this.differing = findDiffering();
  }

  /** The second session told in the names of the first, ready to be mixed with it. */
  public static Mixer of(Session a, Session b, NamespaceMap map) {
    Snapshot renamed = Renaming.of(b.snapshot(), map);
    return new Mixer(a, b.workbench().open(renamed, b.engines(), b.grouping()));
  }

  private List<Ingredient> findDiffering() {
    List<Ingredient> out = new ArrayList<>(engines.differing());
    if (!gaps(a).equals(gaps(b))) {
      out.add(READABLE);
    }
    TreeSet<Ingredient> all = new TreeSet<>(partsA.all());
    all.addAll(partsB.all());
    Likeness ofA = new Likeness(a, partsA);
    Likeness ofB = new Likeness(b, partsB);
    boolean elsewhere = false;
    for (Ingredient input : all) {
      if (!ofA.of(input).equals(ofB.of(input))) {
        out.add(input);
      } else {
        elsewhere |= !ofA.exactly(input).equals(ofB.exactly(input));
      }
    }
    if (elsewhere && !out.contains(Parts.NODES)) {
      out.add(Parts.NODES);
    }
    return List.copyOf(new TreeSet<>(out));
  }

  private static TreeSet<String> gaps(Session session) {
    TreeSet<String> out = new TreeSet<>();
    for (Gap gap : session.snapshot().gaps()) {
      out.add(
          gap.what() + new TreeSet<>(gap.kinds()) + gap.namespace() + new TreeSet<>(gap.except()));
    }
    return out;
  }

  @Override
  public Bench a() {
    return a;
  }

  @Override
  public Bench b() {
    return b;
  }

  @Override
  public List<Ingredient> differing() {
    return differing;
  }

  @Override
  public Bench mixed(Set<Ingredient> fromB) {
    if (fromB.isEmpty()) {
      return a;
    }
    if (fromB.containsAll(differing)) {
      return b;
    }
    List<Document> documents = new ArrayList<>();
    partsA.all().stream()
        .filter(p -> !taken(p, fromB))
        .forEach(p -> documents.addAll(partsA.of(p)));
    partsB.all().stream().filter(p -> taken(p, fromB)).forEach(p -> documents.addAll(partsB.of(p)));
    List<Gap> gaps = (fromB.contains(READABLE) ? b : a).snapshot().gaps();
    Snapshot snapshot =
        new Snapshot(a.name() + " mixed with " + b.name(), documents, gaps, List.of());
    return a.workbench().open(snapshot, engines.mixed(fromB), a.grouping());
  }

  private boolean taken(Ingredient part, Set<Ingredient> fromB) {
    return fromB.contains(differing.contains(part) ? part : Parts.NODES);
  }

  @Override
  public Described describe(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING -> engines.describe(input);
      case READABLE -> new Described(gapsOf(a), gapsOf(b), origin(a), origin(b), List.of());
      case CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD ->
          new Descriptions(a, b, partsA, partsB).of(input);
    };
  }

  private static String gapsOf(Session session) {
    List<Gap> gaps = session.snapshot().gaps();
    return gaps.isEmpty()
        ? "everything"
        : "not "
            + String.join(", ", gaps.stream().map(Gap::what).distinct().limit(3).toList())
            + (gaps.size() > 3 ? " and more" : "");
  }

  private static Optional<Origin> origin(Session session) {
    return session.snapshot().gaps().stream().map(Gap::origin).findFirst();
  }
}
