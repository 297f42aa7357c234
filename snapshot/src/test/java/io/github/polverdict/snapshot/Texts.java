package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Shorthand for reading snapshots in tests. */
final class Texts {
  private Texts() {}

  static Snapshot read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
  }

  static Snapshot read(byte[] bytes, Limits limits) {
    return read(FileSource.of(List.of("-"), new ByteArrayInputStream(bytes)).withLimits(limits));
  }

  static Snapshot read(Path... paths) {
    List<String> names = Arrays.stream(paths).map(Path::toString).toList();
    return read(FileSource.of(names, InputStream.nullInputStream()));
  }

  static Snapshot read(FileSource source) {
    try {
      return source.read();
    } catch (UnreadableSource e) {
      throw new AssertionError(e);
    }
  }

  static List<String> ids(Snapshot snapshot) {
    return snapshot.documents().stream().map(d -> d.id().text()).toList();
  }

  static List<String> codes(Snapshot snapshot) {
    return snapshot.findings().stream().map(Finding::code).toList();
  }

  /** {@code PV001 3:5 The document …} for each finding. */
  static List<String> lines(Snapshot snapshot) {
    return snapshot.findings().stream()
        .map(f -> f.code() + " " + place(f.origin()) + " " + f.message())
        .toList();
  }

  static String place(Origin origin) {
    return origin instanceof Origin.InFile f ? f.line() + ":" + f.column() : origin.text();
  }

  static String object(String kind, String name) {
    return "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: shop}\n";
  }
}
