package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Origin;

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
}
