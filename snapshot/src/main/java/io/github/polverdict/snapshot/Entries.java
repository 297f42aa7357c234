package io.github.polverdict.snapshot;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The immutable members of a mapping in the order of the text; small, since there are millions. */
final class Entries extends AbstractMap<String, Value> {
  private static final int SCAN = 12; // up to here a scan is as fast as a hash

  private final String[] keys;
  private final Value[] values;
  private final @Nullable Map<String, Integer> index;

  /** Takes keys without duplicates; keeps both arrays. */
  Entries(String[] keys, Value[] values) {
    this.keys = keys;
    this.values = values;
    if (this.keys.length <= SCAN) {
      this.index = null;
    } else {
      this.index = HashMap.newHashMap(this.keys.length);
      for (int i = 0; i < this.keys.length; i++) {
        this.index.put(this.keys[i], i);
      }
    }
  }

  private int position(@Nullable Object key) {
    if (index != null) {
      return index.getOrDefault(key, -1);
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Value get(@Nullable Object key) {
    int at = position(key);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return position(key) >= 0;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public Set<Entry<String, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return keys.length;
      }

      @Override
      public Iterator<Entry<String, Value>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < keys.length;
          }

          @Override
          public Entry<String, Value> next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            Entry<String, Value> entry = Map.entry(keys[next], values[next]);
            next++;
            return entry;
          }
        };
      }
    };
  }
}
