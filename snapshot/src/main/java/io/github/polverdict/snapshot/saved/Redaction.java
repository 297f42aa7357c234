package io.github.polverdict.snapshot.saved;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Type;
import io.github.polverdict.snapshot.kept.Kept;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A snapshot without what no verdict needs. Secrets go whole, with what was said of them; of other
 * objects stays what {@link Kept} names. Redacting twice changes nothing.
 */
final class Redaction {
  private static final String SECRET = "Secret";
  private static final Set<String> DROPPED = Set.of("status", "data", "binaryData");

  private Redaction() {}

  static Snapshot of(Snapshot snapshot) {
    List<Document> documents =
        snapshot.documents().stream().flatMap(d -> kept(d).stream()).toList();
    List<Gap> gaps =
        snapshot.gaps().stream().filter(g -> !g.kinds().equals(Set.of(SECRET))).toList();
    List<Finding> findings =
        snapshot.findings().stream().filter(f -> !isOfSecret(f.origin())).toList();
    return new Snapshot(snapshot.name(), documents, gaps, findings);
  }

  private static boolean isOfSecret(Origin origin) {
    return origin.place() instanceof Origin.InFile place && place.object().startsWith(SECRET + " ");
  }

  private static Optional<Document> kept(Document document) {
    ResourceId id = document.id();
    if (id.type().equals(SECRET)) {
      return Optional.empty();
    }
    Mapping kept = Kept.of(id).of(document.root());
    return Optional.of(
        new Document(id, whole(document.root(), kept), document.source(), document.live()));
  }

  /**
   * The kept fields, and the bare names of others: for the sake of such a name the API server
   * refuses a policy.
   */
  private static Mapping whole(Mapping root, Mapping kept) {
    Map<String, Value> out = new LinkedHashMap<>();
    root.entries()
        .forEach((key, value) -> {
          Value stays = kept.entries().get(key);
          if (stays != null) {
            out.put(key, stays);
          } else if (!DROPPED.contains(key)) {
            out.put(key, new Scalar("", Type.STRING, value.mark()));
          }
        });
    return new Mapping(out, root.mark());
  }
}
