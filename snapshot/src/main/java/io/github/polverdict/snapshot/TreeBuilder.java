package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one document's tree from the events of a YAML or JSON parser. Knows merge keys and repeated
 * keys; does not know which text the events came from.
 */
final class TreeBuilder {
  /** A key that stands twice in one mapping. */
  record Repeated(String key, Mark first, Mark again) {}

  private final int maxDepth;
  private final Words words;
  private final List<Repeated> repeated = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private int depth;
  private @Nullable Value root;

  TreeBuilder(int maxDepth, Words words) {
    this.maxDepth = maxDepth;
    this.words = words;
  }

  /** A finished node and how many nodes it has, aliases written out. */
  record Built(Value value, long size, @Nullable String anchor) {}

  void open(boolean mapping, Mark mark, @Nullable String anchor) throws BadText {
    if (depth >= maxDepth) {
      throw new BadText(
          "PV017",
          "is nested more than " + maxDepth + " levels deep",
          "no Kubernetes object needs so many; look at what wrote the file",
          mark);
    }
    if (depth == frames.size()) {
      frames.add(new Frame());
    }
    frames.get(depth++).begin(mapping, mark, anchor);
  }

  private Frame top() {
    return frames.get(depth - 1);
  }

  /** Whether the next node is a mapping's key. */
  boolean wantsKey() {
    if (depth == 0) {
      return false;
    }
    Frame top = top();
    return top.mapping && top.key == null && !top.merge;
  }

  void key(String key, int line, int column) {
    Frame top = top();
    top.key = words.once(key);
    top.keyLine = line;
    top.keyColumn = column;
  }

  void mergeKey(Mark mark) {
    Frame top = top();
    top.merge = true;
    top.keyLine = mark.line();
    top.keyColumn = mark.column();
  }

  /** Ends the innermost mapping or sequence. */
  Built close() throws BadText {
    Frame done = top();
    depth--;
    Value value = done.finish(words);
    add(value, done.size);
    return new Built(value, done.size, done.anchor);
  }

  /** Adds a finished node of so many nodes. */
  void add(Value value, long size) throws BadText {
    if (depth == 0) {
      root = value;
      return;
    }
    Frame top = top();
    top.size += size;
    if (!top.mapping) {
      top.item(value);
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
    return frames.subList(0, depth).stream().anyMatch(f -> anchor.equals(f.anchor));
  }

  private boolean isManagedFields(String key) {
    return key.equals("managedFields") && depth > 1 && "metadata".equals(frames.get(depth - 2).key);
  }

  private void put(Frame top, String key, Value value) {
    int at = top.position(key);
    if (at < 0) {
      top.append(key, value, false);
      return;
    }
    if (!top.isMerged(at)) {
      repeated.add(new Repeated(key, top.keyMark(at), new Mark(top.keyLine, top.keyColumn)));
    }
    top.replace(at, value, false);
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
              .forEach((key, member) -> {
                int at = top.position(key);
                if (at < 0) {
                  top.append(key, member, true);
                } else {
                  top.replace(at, member, true);
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
        new Mark(top.keyLine, top.keyColumn));
  }

  /** The same text, kept once. */
  String once(String text) {
    return words.once(text);
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
