package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Finding;
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
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Slices slices;
  private final Map<Ingredient, Placement> placements = new ConcurrentHashMap<>();
  private final Map<Ingredient, Integer> places = new ConcurrentHashMap<>();
  private final Bundles bundles = new Bundles();
  private final List<Ingredient> differing;
  private final Set<Ingredient> exchanged;
  private final Map<Ingredient, Fields> fields = new ConcurrentHashMap<>();
  private final Descriptions descriptions;

  private Mixer(Session a, Session b, UnaryOperator<Document> inSecond) {
    this.a = a;
    this.b = b;
    this.partsA = new Parts(a);
    this.partsB = new Parts(b);
    this.slices = new Slices(partsA, partsB);
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
      return new Mixer(a, told(a, b, b.snapshot()), UnaryOperator.identity());
    }
    Renaming renaming = new Renaming(b.snapshot(), map, b.workbench().namespaceLabels());
    Correspondence objects = map.inNamespacesOfFirst();
    Session second = told(a, b, Adopting.of(renaming.told(), objects));
    return new Mixer(a, second, d -> renaming.inSecond(Adopting.inSecond(d, objects)));
  }

  /** The second session of a snapshot in the names of the first, with its numbers of node ports. */
  private static Session told(Session a, Session b, Snapshot named) {
    Snapshot told = NodePorts.told(a.snapshot(), named);
    return told.equals(b.snapshot()) ? b : b.workbench().open(told, b.engines(), b.grouping());
  }

  private List<Ingredient> findDiffering() {
    List<Ingredient> out = new ArrayList<>(engines.differing());
    if (!gaps(a).equals(gaps(b))) {
      out.add(READABLE);
    }
    Likeness ofA = new Likeness(a, partsA);
    Likeness ofB = new Likeness(b, partsB);
    boolean elsewhere = false;
    for (Ingredient input : parts()) {
      String one = ofA.of(input);
      String other = ofB.of(input);
      if (!one.equals(other)) {
        Ingredient first = Bundles.isBarePod(input) ? bundles.first(input, one, other) : input;
        out.add(first);
        elsewhere |= first.kind() == Kind.WORKLOAD && placed(input);
      } else {
        elsewhere |= !Likeness.exactly(partsA.of(input)).equals(Likeness.exactly(partsB.of(input)));
      }
    }
    if (elsewhere && !out.contains(Parts.NODES)) {
      out.add(Parts.NODES);
    }
    return List.copyOf(new TreeSet<>(out));
  }

  /** Whether a workload's pods are told apart from its template, and are elsewhere. */
  private boolean placed(Ingredient workload) {
    Optional<Placement> found =
        Placement.of(partsA.of(workload), partsB.of(workload), fieldsOf(workload));
    found.ifPresent(p -> placements.put(workload, p));
    return found
        .map(p -> Likeness.exactly(p.of(new BitSet(), true)))
        .filter(moved -> !moved.equals(Likeness.exactly(partsA.of(workload))))
        .isPresent();
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
  public Bench mixed(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields) {
    if (fromB.isEmpty()) {
      return a;
    }
    if (fields.isEmpty() && fromB.containsAll(differing)) {
      return b;
    }
    Picked picked = new Picked(fromB, fields);
    List<Document> documents = new ArrayList<>();
    parts().forEach(part -> documents.addAll(picked.documents(part)));
    documents.addAll(slices.of(picked::side));
    List<Gap> gaps = (fromB.contains(READABLE) ? b : a).snapshot().gaps();
    Snapshot snapshot =
        new Snapshot(a.name() + " mixed with " + b.name(), documents, gaps, List.of());
    return a.workbench().open(snapshot, engines.mixed(fromB), a.grouping());
  }

  /** What of the second is taken. */
  private final class Picked {
    private final Set<Ingredient> fromB;
    private final Map<Ingredient, BitSet> fields;

    private Picked(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields) {
      this.fromB = fromB;
      this.fields = fields;
    }

    private List<Document> documents(Ingredient part) {
      Placement placement = placements.get(part);
      if (placement != null) {
        return placement.of(some(part, placement.inA().all()), moved(part));
      }
      return switch (side(part)) {
        case A -> partsA.of(part);
        case B -> partsB.of(part);
        case BOTH -> fieldsOf(part).mixed(some(part, new BitSet()));
      };
    }

    private Slices.Side side(Ingredient part) {
      Ingredient whole = whole(part);
      Placement placement = placements.get(part);
      if (placement != null) {
        int taken = some(part, placement.inA().all()).cardinality();
        boolean moved = moved(part);
        boolean all = taken == placement.inA().count();
        return taken == 0 && !moved
            ? Slices.Side.A
            : all && moved ? Slices.Side.B : Slices.Side.BOTH;
      }
      if (whole.equals(Parts.NODES) && !part.equals(Parts.NODES)) {
        return moved(part) ? Slices.Side.B : Slices.Side.A;
      }
      return !fromB.contains(whole)
          ? Slices.Side.A
          : fields.containsKey(whole) ? Slices.Side.BOTH : Slices.Side.B;
    }

    /** The fields of a part that are taken. */
    private BitSet some(Ingredient part, BitSet all) {
      Ingredient whole = whole(part);
      return fromB.contains(whole) ? fields.getOrDefault(whole, all) : new BitSet();
    }

    /** Whether what goes with the nodes is taken of a part. */
    private boolean moved(Ingredient part) {
      if (!fromB.contains(Parts.NODES)) {
        return false;
      }
      BitSet some = fields.get(Parts.NODES);
      return some == null || some.get(places.getOrDefault(part, some.length()));
    }
  }

  private TreeSet<Ingredient> parts() {
    TreeSet<Ingredient> out = new TreeSet<>(partsA.all());
    out.addAll(partsB.all());
    return out;
  }

  /** The input that a part of the clusters is exchanged with. */
  private Ingredient whole(Ingredient part) {
    Ingredient whole = bundles.of(part);
    return exchanged.contains(whole) ? whole : Parts.NODES;
  }

  private Fields fieldsOf(Ingredient part) {
    return fields.computeIfAbsent(part, this::divided);
  }

  private Fields divided(Ingredient part) {
    if (!part.equals(Parts.NODES)) {
      Fields fields = Fields.of(part.kind(), partsA.of(part), partsB.of(part));
      return part.equals(Parts.CONFIGURATION) ? fields.without(engines::tell) : fields;
    }
    Fields out = Fields.of(Kind.NODES, partsA.of(Parts.NODES), partsB.of(Parts.NODES));
    for (Ingredient placed : parts()) {
      Placement placement = placements.get(placed);
      boolean goes = whole(placed).equals(Parts.NODES) && !placed.equals(Parts.NODES);
      List<Document> one = partsA.of(placed);
      List<Document> other =
          placement == null ? partsB.of(placed) : placement.of(new BitSet(), true);
      if ((goes || placement != null) && !Likeness.exactly(one).equals(Likeness.exactly(other))) {
        places.put(placed, out.count());
        out.tell(descriptions.placed(placed));
      }
    }
    return out;
  }

  @Override
  public int fields(Ingredient input) {
    return switch (input.kind()) {
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE -> 0;
      case CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD -> fieldsOf(input).count();
    };
  }

  @Override
  public String field(Ingredient input, int number) {
    BitSet one = new BitSet();
    one.set(number);
    return fieldsOf(input).differences(one).getFirst().says();
  }

  @Override
  public Described describe(Ingredient input, BitSet chosen) {
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
      case CONFIGURATION, NODES, NAMESPACE, POLICY, SERVICE, WORKLOAD -> {
        Fields all = fieldsOf(input);
        BitSet some = chosen.isEmpty() ? all.all() : chosen;
        yield bundles.described(descriptions.of(input, all, some), input);
      }
    };
  }

  @Override
  public Optional<String> home(Ingredient input) {
    return switch (input.kind()) {
      case NAMESPACE -> Optional.of(input.name());
      case WORKLOAD, SERVICE -> Optional.of(input.name().substring(0, input.name().indexOf('/')));
      case POLICY ->
          Stream.concat(partsA.of(input).stream(), partsB.of(input).stream())
              .filter(Likeness::isPolicy) // sets of addresses and the like are named from anywhere
              .map(d -> d.id().namespace())
              .filter(n -> !n.isEmpty())
              .findFirst();
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE, CONFIGURATION, NODES ->
          Optional.empty();
    };
  }

  @Override
  public List<Row> rows(Ingredient input) {
    return new Rows(a, b).of(input);
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
