package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One Kubernetes object as a tree whose every node knows its place.
 *
 * @param source the file's path as named by the user, or the context it was read through
 * @param live whether it came from a running cluster (places are then objects and pointers)
 */
public record Document(ResourceId id, Value.Mapping root, String source, boolean live) {

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
}
