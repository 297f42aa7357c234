package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one document's tree from the events of a YAML or JSON parser. Knows merge keys and repeated
 * keys; does not know which text the events came from.
 */
final class TreeBuilder {
  /** A key that stands twice in one mapping. */
  record Repeated(String key, Mark first, Mark again) {}

  private static final int SCAN = 12;

  private final int maxDepth;
  private final Map<String, String> texts = new HashMap<>();
  private final List<Repeated> repeated = new ArrayList<>();
  private final ArrayList<Frame> frames = new ArrayList<>();
  private @Nullable Value root;

  TreeBuilder(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /** One mapping or sequence under construction. */
  private static final class Frame {
    final boolean mapping;
    final Mark mark;
    final @Nullable String anchor;
    final List<String> keys = new ArrayList<>();
    final List<Mark> keyMarks = new ArrayList<>();
    final List<Value> values = new ArrayList<>();
    final List<Boolean> merged = new ArrayList<>();
    @Nullable Map<String, Integer> index;
    @Nullable String key;
    Mark keyMark = Mark.NONE;
    boolean merge;
    long size = 1;

    Frame(boolean mapping, Mark mark, @Nullable String anchor) {
      this.mapping = mapping;
      this.mark = mark;
      this.anchor = anchor;
    }

    int position(String name) {
      if (index != null) {
        return index.getOrDefault(name, -1);
      }
      return keys.indexOf(name);
    }

    void append(String name, Mark at, Value value, boolean byMerge) {
      keys.add(name);
      keyMarks.add(at);
      values.add(value);
      merged.add(byMerge);
      if (index != null) {
        index.put(name, keys.size() - 1);
      } else if (keys.size() > SCAN) {
        index = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
          index.put(keys.get(i), i);
        }
      }
    }
  }

  /** A finished node and how many nodes it has, aliases written out. */
  record Built(Value value, long size, @Nullable String anchor) {}

  void open(boolean mapping, Mark mark, @Nullable String anchor) throws BadText {
    if (frames.size() >= maxDepth) {
      throw new BadText(
          "PV017",
          "is nested more than " + maxDepth + " levels deep",
          "no Kubernetes object needs so many; look at what wrote the file",
          mark);
    }
    frames.add(new Frame(mapping, mark, anchor));
  }

  /** Whether the next node is a mapping's key. */
  boolean wantsKey() {
    if (frames.isEmpty()) {
      return false;
    }
    Frame top = frames.getLast();
    return top.mapping && top.key == null && !top.merge;
  }

  void key(String key, Mark mark) {
    Frame top = frames.getLast();
    top.key = once(key);
    top.keyMark = mark;
  }

  void mergeKey(Mark mark) {
    Frame top = frames.getLast();
    top.merge = true;
    top.keyMark = mark;
  }

  /** Ends the innermost mapping or sequence. */
  Built close() throws BadText {
    Frame done = frames.removeLast();
    Value value =
        done.mapping
            ? new Mapping(new Entries(done.keys, done.values), done.mark)
            : new Sequence(done.values, done.mark);
    add(value, done.size);
    return new Built(value, done.size, done.anchor);
  }

  /** Adds a finished node. */
  void add(Value value, long size) throws BadText {
    if (frames.isEmpty()) {
      root = value;
      return;
    }
    Frame top = frames.getLast();
    top.size += size;
    if (!top.mapping) {
      top.values.add(value);
    } else if (top.merge) {
      top.merge = false;
      merge(top, value);
    } else if (top.key != null) {
      String key = top.key;
      top.key = null;
      if (!isManagedFields(key)) {
        put(top, key, value);
      }
    }
  }

  boolean isOpen(String anchor) {
    return frames.stream().anyMatch(f -> anchor.equals(f.anchor));
  }

  private boolean isManagedFields(String key) {
    return key.equals("managedFields")
        && frames.size() > 1
        && "metadata".equals(frames.get(frames.size() - 2).key);
  }

  private void put(Frame top, String key, Value value) {
    int at = top.position(key);
    if (at < 0) {
      top.append(key, top.keyMark, value, false);
      return;
    }
    if (!top.merged.get(at)) {
      repeated.add(new Repeated(key, top.keyMarks.get(at), top.keyMark));
    }
    top.values.set(at, value);
    top.merged.set(at, false);
    top.keyMarks.set(at, top.keyMark);
  }

  /**
   * Merges as go-yaml v2 does when it is not strict, which is how kubectl reads: a merge overrides
   * what stands before it and is overridden by what stands after it; of a sequence of mappings the
   * first wins.
   */
  private static void merge(Frame top, Value value) throws BadText {
    switch (value) {
      case Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  (key, member) -> {
                    int at = top.position(key);
                    if (at < 0) {
                      top.append(key, top.keyMark, member, true);
                    } else {
                      top.values.set(at, member);
                      top.merged.set(at, true);
                    }
                  });
      case Sequence sequence -> {
        for (Value item : sequence.items().reversed()) {
          if (!(item instanceof Mapping)) {
            throw badMerge(top);
          }
          merge(top, item);
        }
      }
      case Scalar _ -> throw badMerge(top);
    }
  }

  private static BadText badMerge(Frame top) {
    return new BadText(
        "PV001",
        "is not valid YAML: a merge key << needs a mapping or a sequence of mappings",
        "merge an anchored mapping, as in <<: *base",
        top.keyMark);
  }

  /** The same text as one object, since keys and kinds recur thousands of times. */
  String once(String text) {
    if (text.length() > 32) {
      return text;
    }
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /** The document's tree; null when it is empty. Ready for the next document afterwards. */
  @Nullable Value takeRoot() {
    Value done = root;
    root = null;
    return done;
  }

  /** The repeated keys since the last call. */
  List<Repeated> takeRepeated() {
    List<Repeated> done = List.copyOf(repeated);
    repeated.clear();
    return done;
  }
}
