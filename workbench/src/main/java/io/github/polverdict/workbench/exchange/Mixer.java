package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Alternatives;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
  private final Bundles bundles = new Bundles();
  private final List<Ingredient> differing;
  private final Set<Ingredient> exchanged;
  private final Descriptions descriptions;

  private Mixer(Session a, Session b, UnaryOperator<ResourceId> inSecond) {
    this.a = a;
    this.b = b;
    this.partsA = new Parts(a);
    this.partsB = new Parts(b);
    this.engines = new Engines(a, b);
    this.differing = findDiffering();
    this.exchanged = Set.copyOf(differing);
    this.descriptions = new Descriptions(a, b, partsA, partsB, inSecond);
  }

  /**
   * The second session told in the names of the first, ready to be mixed with it.
   *
   * @throws IllegalArgumentException with a sentence for the user when the map gives two things one
   *     name, or a rule of it fits nothing
   */
  public static Mixer of(Session a, Session b, Correspondence map) {
    if (map.equals(Correspondence.SAME)) {
      return new Mixer(a, b, UnaryOperator.identity());
    }
    Renaming renaming = new Renaming(b.snapshot(), map);
    Snapshot told = Adopting.of(renaming.told(), map);
    Session second = b.workbench().open(told, b.engines(), b.grouping());
    return new Mixer(a, second, id -> renaming.inSecond(Adopting.inSecond(id, map)));
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
      String one = ofA.of(input);
      String other = ofB.of(input);
      if (!one.equals(other)) {
        Ingredient first = Bundles.isBarePod(input) ? bundles.first(input, one, other) : input;
        out.add(first);
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
    Ingredient whole = bundles.of(part);
    return fromB.contains(exchanged.contains(whole) ? whole : Parts.NODES);
  }

  @Override
  public Described describe(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING -> engines.describe(input);
      case READABLE ->
          new Described(
              gapsOf(a),
              gapsOf(b),
              origin(a),
              origin(b),
              List.of(),
              Optional.of(
                  "read both with the same rights: polverdict auth says which are missing"));
      case CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD ->
          bundles.described(descriptions.of(input), input);
    };
  }

  @Override
  public Optional<String> home(Ingredient input) {
    return switch (input.kind()) {
      case NAMESPACE -> Optional.of(input.name());
      case WORKLOAD -> Optional.of(input.name().substring(0, input.name().indexOf('/')));
      case POLICY ->
          Stream.concat(partsA.of(input).stream(), partsB.of(input).stream())
              .map(d -> d.id().namespace())
              .filter(n -> !n.isEmpty())
              .findFirst();
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE, CONFIGURATION, NODES, SERVICE ->
          Optional.empty();
    };
  }

  @Override
  public List<Row> rows(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE_VERSION, ENGINE_SETTING -> {
        Set<String> inA = held(a);
        Set<String> inB = held(b);
        List<Row> out = new ArrayList<>();
        for (Alternative row : Alternatives.of(b)) {
          if (row.says().startsWith("row ") && inA.contains(row.id()) != inB.contains(row.id())) {
            String where = inB.contains(row.id()) ? "B" : "A";
            String says = row.says().substring(row.says().indexOf(": ") + 2);
            out.add(new Row("in %s %s: %s".formatted(where, row.id(), says), row.judge()));
          }
        }
        yield out;
      }
      case ENGINE, READABLE, CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD ->
          List.of();
    };
  }

  /** The rows that hold for a session's engines. */
  private static Set<String> held(Session session) {
    Set<String> out = new HashSet<>();
    Alternatives.of(session).stream()
        .filter(row -> row.says().contains(" did not hold: "))
        .forEach(row -> out.add(row.id()));
    return out;
  }

  @Override
  public List<Finding> unmatched() {
    return new Unmatched(a, b).all();
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
