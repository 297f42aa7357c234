package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One mapping or sequence under construction; used again and again for one level of a tree. */
final class Frame {
  private static final int SCAN = 12;

  boolean mapping;
  Mark mark = Mark.NONE;
  @Nullable String anchor;

  /** The key whose value is awaited. */
  @Nullable String key;

  /** Whether the value of a merge key is awaited. */
  boolean merge;

  int keyLine;
  int keyColumn;

  /** Nodes in it, aliases written out. */
  long size;

  private int count;
  private String[] keys = new String[8];
  private int[] places = new int[16]; // line and column of each key
  private boolean[] merged = new boolean[8];
  private Value[] values = new Value[8];
  private @Nullable Map<String, Integer> index;

  void begin(boolean isMapping, Mark at, @Nullable String anchored) {
    mapping = isMapping;
    mark = at;
    anchor = anchored;
    key = null;
    merge = false;
    size = 1;
    count = 0;
    index = null;
  }

  int position(String name) {
    if (index != null) {
      return index.getOrDefault(name, -1);
    }
    for (int i = 0; i < count; i++) {
      if (keys[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  void append(String name, Value value, boolean byMerge) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      places = Arrays.copyOf(places, 4 * count);
      merged = Arrays.copyOf(merged, 2 * count);
    }
    keys[count] = name;
    if (index != null) {
      index.put(name, count);
    } else if (count == SCAN) {
      index = new HashMap<>();
      for (int i = 0; i <= count; i++) {
        index.put(keys[i], i);
      }
    }
    item(value);
    replace(count - 1, value, byMerge);
  }

  void replace(int at, Value value, boolean byMerge) {
    values[at] = value;
    merged[at] = byMerge;
    places[2 * at] = keyLine;
    places[2 * at + 1] = keyColumn;
  }

  void item(Value value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  boolean isMerged(int at) {
    return merged[at];
  }

  Mark keyMark(int at) {
    return new Mark(places[2 * at], places[2 * at + 1]);
  }

  Value finish(Words words) {
    if (mapping) {
      return new Mapping(new Entries(words.once(keys, count), Arrays.copyOf(values, count)), mark);
    }
    return new Sequence(List.of(Arrays.copyOf(values, count)), mark);
  }
}
