package io.github.polverdict.scenarios.schemas;

import io.github.polverdict.dialects.api.Bundle;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.snapshot.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** All bundled schemas, by {@code release/group/version/Kind}. */
final class Bundles {
  private Bundles() {}

  static Map<String, Schema> all() {
    Map<String, Schema> out = new TreeMap<>();
    for (Dialect dialect : Dialects.installed().all()) {
      for (Bundle bundle : dialect.definitions()) {
        for (String release : bundle.releases()) {
          String file = bundle.group() + "-" + release + ".json";
          Schema.bundle(read(dialect, file), file)
              .forEach((name, schema) -> out.put(release + "/" + name, schema));
        }
      }
    }
    return out;
  }

  private static byte[] read(Dialect dialect, String file) {
    try (InputStream in =
        Objects.requireNonNull(dialect.getClass().getResourceAsStream(file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
