package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Exchange.Difference;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.workbench.exchange.Trees.Leaf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The fields at which the objects of an input differ, numbered; each can be taken from the second
 * on its own. What only one side has is one of them, as a whole.
 */
final class Fields {
  private final List<Document> inA = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private Follow follow = Follow.AS_THEY_ARE;

  /** What becomes of the first's other objects, which controllers make of one that is mixed. */
  private enum Follow {
    AS_THEY_ARE,
    /** Pods and what makes them are changed in the same places. */
    LIKE_TEMPLATE,
    /** Endpoints are left out, so that the selector says which they are. */
    LEFT_OUT
  }

  /** What differs. */
  private sealed interface Place {
    Difference difference();
  }

  /** A place in two documents. */
  private record At(Twins twins, Leaf leaf) implements Place {
    @Override
    public Difference difference() {
      return twins.difference(leaf);
    }
  }

  /** A document that only one side has. */
  private record Whole(String says, List<Document> a, List<Document> b) implements Place {
    @Override
    public Difference difference() {
      return new Difference(
          says,
          a.stream().findFirst().map(Document::origin),
          b.stream().findFirst().map(Document::origin));
    }
  }

  /** Documents that are exchanged elsewhere, and only told here. */
  private record Told(Difference difference) implements Place {}

  private Fields(List<Document> inA) {
    this.inA.addAll(inA);
  }

  /** The fields of an input that is neither an engine nor what could be read. */
  static Fields of(Ingredient.Kind kind, List<Document> a, List<Document> b) {
    Fields out = new Fields(a);
    switch (kind) {
      case NAMESPACE -> out.add(a, b, Twins.Sort.NAMESPACE);
      case POLICY -> out.add(a, b, Twins.Sort.OBJECT);
      case CONFIGURATION -> out.objects(a, b, Twins.Sort.OBJECT);
      case NODES -> out.objects(a, b, Twins.Sort.NODE);
      case SERVICE -> {
        out.add(ofKind("Service", a), ofKind("Service", b), Twins.Sort.SERVICE);
        boolean selects =
            Stream.concat(a.stream(), b.stream())
                .anyMatch(d -> !d.at("spec", "selector").strings().isEmpty());
        out.follow = selects ? Follow.LEFT_OUT : Follow.AS_THEY_ARE;
      }
      case WORKLOAD -> {
        out.add(Templates.maker(a), Templates.maker(b), Twins.Sort.PODS);
        out.follow = Follow.LIKE_TEMPLATE;
      }
      case ENGINE, ENGINE_VERSION, ENGINE_SETTING, READABLE -> {}
    }
    return out;
  }

  private static List<Document> ofKind(String kind, List<Document> documents) {
    return documents.stream().filter(d -> d.id().kind().equals(kind)).toList();
  }

  private void add(List<Document> a, List<Document> b, Twins.Sort sort) {
    if (!a.isEmpty() && !b.isEmpty()) {
      boolean policy = Likeness.isPolicy(a.getFirst());
      Twins twins = new Twins(a.getFirst(), b.getFirst(), policy ? Twins.Sort.POLICY : sort);
      twins.leaves().forEach(leaf -> places.add(new At(twins, leaf)));
    }
  }

  private void objects(List<Document> a, List<Document> b, Twins.Sort sort) {
    Map<String, Document> first = byName(a);
    Map<String, Document> second = byName(b);
    first.forEach((name, one) -> {
      Document other = second.remove(name);
      if (other == null) {
        places.add(new Whole(name + ": there -> absent", List.of(one), List.of()));
      } else {
        add(List.of(one), List.of(other), sort);
      }
    });
    second.forEach((name, other) ->
        places.add(new Whole(name + ": absent -> there", List.of(), List.of(other))));
  }

  private static Map<String, Document> byName(List<Document> documents) {
    Map<String, Document> out = new LinkedHashMap<>();
    documents.forEach(d -> out.putIfAbsent(d.id().text(), d));
    return out;
  }

  /** The same without what is told elsewhere. */
  Fields without(Predicate<Difference> elsewhere) {
    places.removeIf(place -> elsewhere.test(place.difference()));
    return this;
  }

  /** Numbers what is exchanged elsewhere. */
  void tell(Difference difference) {
    places.add(new Told(difference));
  }

  int count() {
    return places.size();
  }

  /** All of them. */
  BitSet all() {
    BitSet out = new BitSet();
    out.set(0, places.size());
    return out;
  }

  /**
   * The fields of the same two objects, told the other way round, that are not among the chosen.
   *
   * @param chosen of the other, whose second object is the first of this
   */
  BitSet others(Fields turned, BitSet chosen) {
    Set<List<String>> kept = new HashSet<>();
    turned.chosen(chosen).values().stream()
        .flatMap(Set::stream)
        .forEach(leaf -> kept.add(List.of(leaf.pointerB(), leaf.pointerA())));
    BitSet out = new BitSet();
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) instanceof At at
          && !kept.contains(List.of(at.leaf().pointerA(), at.leaf().pointerB()))) {
        out.set(i);
      }
    }
    return out;
  }

  List<Difference> differences(BitSet chosen) {
    return chosen.stream().mapToObj(i -> places.get(i).difference()).toList();
  }

  /** The first's documents with these fields of the second. */
  List<Document> mixed(BitSet fromB) {
    Set<Document> gone = new HashSet<>();
    List<Document> out = new ArrayList<>();
    Map<Twins, Set<Leaf>> chosen = chosen(fromB);
    chosen.forEach((twins, leaves) -> {
      gone.add(twins.a());
      out.add(twins.mixed(leaves));
    });
    for (int i = fromB.nextSetBit(0); i >= 0; i = fromB.nextSetBit(i + 1)) {
      if (places.get(i) instanceof Whole whole) {
        gone.addAll(whole.a());
        out.addAll(whole.b());
      }
    }
    for (Document document : inA) {
      if (!gone.contains(document)) {
        followed(document, chosen).ifPresent(out::add);
      }
    }
    return out;
  }

  private Optional<Document> followed(Document document, Map<Twins, Set<Leaf>> chosen) {
    return switch (follow) {
      case AS_THEY_ARE -> Optional.of(document);
      case LEFT_OUT ->
          document.id().kind().startsWith("Endpoint") ? Optional.empty() : Optional.of(document);
      case LIKE_TEMPLATE -> {
        Document out = document;
        for (Map.Entry<Twins, Set<Leaf>> one : chosen.entrySet()) {
          out = one.getKey().followed(out, one.getValue());
        }
        yield Optional.of(out);
      }
    };
  }

  private Map<Twins, Set<Leaf>> chosen(BitSet bits) {
    Map<Twins, Set<Leaf>> out = new LinkedHashMap<>();
    bits.stream()
        .mapToObj(places::get)
        .forEach(place -> {
          if (place instanceof At at) {
            out.computeIfAbsent(at.twins(), _ -> new HashSet<>()).add(at.leaf());
          }
        });
    return out;
  }

  /**
   * Commands that make these fields of the second say what the first's say; empty where none does.
   *
   * @param named an object in the second's own names
   */
  Optional<String> remedy(BitSet chosen, UnaryOperator<Document> named) {
    List<String> out = new ArrayList<>();
    chosen(chosen).forEach((twins, leaves) -> twins.remedy(leaves, named).ifPresent(out::add));
    for (Place place : chosen.stream().mapToObj(places::get).toList()) {
      switch (place) {
        case At _ -> {}
        case Whole whole -> {
          whole.a().forEach(d -> out.add(Remedies.apply(named.apply(d))));
          whole.b().forEach(d -> out.add(Remedies.delete(named.apply(d).id())));
        }
        case Told _ -> {
          return Optional.empty();
        }
      }
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", out));
  }
}
