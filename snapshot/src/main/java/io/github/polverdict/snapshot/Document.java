package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One Kubernetes object as a tree whose every node knows its place. */
public final class Document {
  private final ResourceId id;
  private final Value.Mapping root;
  private final String source;
  private final boolean live;
  private volatile @Nullable Object made; // by the last reader

  /**
   * An object.
   *
   * @param source the file's path as named by the user, or the context it was read through
   * @param live whether it came from a running cluster (places are then objects and pointers)
   */
  public Document(ResourceId id, Value.Mapping root, String source, boolean live) {
    this.id = id;
    this.root = root;
    this.source = source;
    this.live = live;
  }

  public ResourceId id() {
    return id;
  }

  public Value.Mapping root() {
    return root;
  }

  public String source() {
    return source;
  }

  public boolean live() {
    return live;
  }

  /**
   * What a reader makes of the document. It is made once, for clusters that are mixed from the same
   * documents are compiled again and again; so it may depend on nothing but the document.
   */
  public <T> T read(Class<T> as, Function<Document, T> reader) {
    Object known = made;
    if (as.isInstance(known)) {
      return as.cast(known);
    }
    T out = reader.apply(this);
    made = out;
    return out;
  }

  /** The root field. */
  public Field field() {
    return new Field(this, "", root);
  }

  /** The field at the keys, absent when there is none. */
  public Field at(String... keys) {
    Field field = field();
    for (String key : keys) {
      field = field.get(key);
    }
    return field;
  }

  /** The document as a whole. */
  public Origin origin() {
    return field().origin();
  }

  /** Whether another state of the object says the same but for its version. */
  public boolean saysWhat(Document other) {
    return id.equals(other.id) && unversioned().equals(other.unversioned());
  }

  private Value.Mapping unversioned() {
    if (!(root.entries().get("metadata") instanceof Value.Mapping metadata)
        || !metadata.entries().containsKey("resourceVersion")) {
      return root;
    }
    Map<String, Value> fewer = new LinkedHashMap<>(metadata.entries());
    fewer.remove("resourceVersion");
    Map<String, Value> out = new LinkedHashMap<>(root.entries());
    out.put("metadata", new Value.Mapping(fewer, metadata.mark()));
    return new Value.Mapping(out, root.mark());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Document d
        && id.equals(d.id)
        && root.equals(d.root)
        && source.equals(d.source)
        && live == d.live;
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, root, source, live);
  }

  @Override
  public String toString() {
    return "Document[id=%s, root=%s, source=%s, live=%s]".formatted(id, root, source, live);
  }
}
