package io.github.polverdict.questions.diff;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Exchange;
import io.github.polverdict.questions.Ingredient;
import io.github.polverdict.questions.diff.Causes.Flipped;
import io.github.polverdict.questions.diff.Found.Chosen;
import io.github.polverdict.questions.diff.Spot.Piece;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Narrows what was found down to fields: of the inputs of each way, the smallest sets of fields
 * that make the same difference, found as the inputs are.
 */
final class Narrowed {
  private final Exchange exchange;
  private final Hybrids hybrids;
  private boolean all = true;

  Narrowed(Exchange exchange, Hybrids hybrids) {
    this.exchange = exchange;
    this.hybrids = hybrids;
  }

  /** Whether nothing was left for want of tries. */
  boolean all() {
    return all;
  }

  List<Found> of(List<Found> found) {
    Set<List<Ingredient>> ways = new LinkedHashSet<>();
    found.forEach(f -> ways.addAll(f.ways()));
    List<Found> out = found;
    for (List<Ingredient> way : ways) {
      Fields fields = new Fields(way);
      if (fields.count() > way.size()) {
        out = narrowed(out, fields);
      }
    }
    return out;
  }

  private List<Found> narrowed(List<Found> found, Fields fields) {
    List<Piece> pieces = new ArrayList<>();
    Hybrids.Mixed divided = fields.mixed(fields.all());
    for (Found one : found) {
      boolean same = divided.flipped(one.piece()).equals(one.piece().traffic());
      if (same && one.ways().contains(fields.way)) {
        pieces.add(one.piece());
      }
    }
    Causes causes = new Causes(fields, pieces);
    all &= causes.all();
    Map<Piece, List<Flipped>> byPiece = new IdentityHashMap<>();
    causes.found().forEach(f -> byPiece.computeIfAbsent(f.piece(), _ -> new ArrayList<>()).add(f));
    List<Found> out = new ArrayList<>();
    for (Found one : found) {
      List<Flipped> parts = byPiece.get(one.piece());
      if (parts == null) {
        out.add(one);
      } else {
        parts.forEach(p -> out.add(with(one, p, fields)));
      }
    }
    return out;
  }

  private static Found with(Found one, Flipped part, Fields fields) {
    List<List<Chosen>> all = new ArrayList<>(one.fields());
    part.ways().forEach(way -> all.add(fields.chosen(way)));
    TrafficSet traffic = part.traffic();
    boolean whole = traffic == one.piece().traffic();
    return new Found(whole ? one.piece() : one.piece().with(traffic), one.ways(), all);
  }

  /** The fields of the inputs of one way; an input that has fewer than two is one of them. */
  private final class Fields implements Choices {
    private final List<Ingredient> way;
    private final List<Chosen> items = new ArrayList<>();

    private Fields(List<Ingredient> way) {
      this.way = way;
      for (Ingredient input : way) {
        int count = exchange.fields(input);
        if (count < 2) {
          items.add(new Chosen(input, count - 1)); // its only field, or it as a whole
        }
        for (int i = 0; count > 1 && i < count; i++) {
          items.add(new Chosen(input, i));
        }
      }
    }

    @Override
    public int count() {
      return items.size();
    }

    @Override
    public BitSet scope(Spot spot) {
      return all();
    }

    /** No fewer inputs are a way, so some of each must be there. */
    @Override
    public boolean permits(BitSet set) {
      return set.stream().mapToObj(i -> items.get(i).input()).distinct().count() == way.size();
    }

    @Override
    public Hybrids.Recipe recipe(BitSet set) {
      Map<Ingredient, BitSet> fields = new HashMap<>();
      Set<Ingredient> inputs = new LinkedHashSet<>();
      for (Chosen one : chosen(set)) {
        inputs.add(one.input());
        if (exchange.fields(one.input()) > 1) {
          fields.computeIfAbsent(one.input(), _ -> new BitSet()).set(one.field());
        }
      }
      return new Hybrids.Recipe(inputs, fields);
    }

    @Override
    public Hybrids hybrids() {
      return hybrids;
    }

    private List<Chosen> chosen(BitSet set) {
      return set.stream().mapToObj(items::get).toList();
    }
  }
}
