package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<Ingredient, Fields> fields = new HashMap<>();
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
    Correspondence objects = map.inNamespacesOfFirst();
    Snapshot told = Adopting.of(renaming.told(), objects);
    Session second = b.workbench().open(told, b.engines(), b.grouping());
    return new Mixer(a, second, id -> renaming.inSecond(Adopting.inSecond(id, objects)));
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
        elsewhere |= !Likeness.exactly(partsA.of(input)).equals(Likeness.exactly(partsB.of(input)));
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
  public Bench mixed(Set<Ingredient> fromB, Map<Ingredient, BitSet> fields) {
    if (fromB.isEmpty()) {
      return a;
    }
    if (fields.isEmpty() && fromB.containsAll(differing)) {
      return b;
    }
    List<Document> documents = new ArrayList<>();
    TreeSet<Ingredient> all = new TreeSet<>(partsA.all());
    all.addAll(partsB.all());
    for (Ingredient part : all) {
      Ingredient whole = whole(part);
      BitSet some = fields.get(whole);
      if (!fromB.contains(whole)) {
        documents.addAll(partsA.of(part));
      } else if (some == null) {
        documents.addAll(partsB.of(part));
      } else if (!whole.equals(Parts.NODES)) {
        documents.addAll(fieldsOf(part).mixed(some));
      }
    }
    BitSet nodes = fields.get(Parts.NODES);
    if (nodes != null) {
      documents.addAll(fieldsOf(Parts.NODES).mixed(nodes));
    }
    List<Gap> gaps = (fromB.contains(READABLE) ? b : a).snapshot().gaps();
    Snapshot snapshot =
        new Snapshot(a.name() + " mixed with " + b.name(), documents, gaps, List.of());
    return a.workbench().open(snapshot, engines.mixed(fromB), a.grouping());
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
      return Fields.of(part.kind(), partsA.of(part), partsB.of(part));
    }
    TreeSet<Ingredient> all = new TreeSet<>(partsA.all());
    all.addAll(partsB.all());
    all.removeIf(p -> p.equals(Parts.NODES) || !whole(p).equals(Parts.NODES));
    Fields out = Fields.of(Kind.NODES, partsA.of(Parts.NODES), partsB.of(Parts.NODES));
    for (Ingredient placed : all) {
      List<Document> one = partsA.of(placed);
      List<Document> other = partsB.of(placed);
      if (Likeness.exactly(one).equals(Likeness.exactly(other))) {
        out.keep(one);
      } else {
        out.add("addresses and places of " + placed.name(), one, other);
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
