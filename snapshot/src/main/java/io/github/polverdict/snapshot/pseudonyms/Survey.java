package io.github.polverdict.snapshot.pseudonyms;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Sequence;
import io.github.polverdict.snapshot.kept.Kept;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What must be known of a whole snapshot before its first word is replaced. */
final class Survey {
  /** A key whose values a selector looks into: {@code name starts with 'web'}. */
  private static final Pattern LOOKED_INTO =
      Pattern.compile("([\\w./-]+)\\s+(?:contains|starts\\s+with|ends\\s+with)\\b");

  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9.-]+\\.[a-z]+/(?!hostname$).+"); // of a label's key

  /** Keys whose values a controller makes of other names. */
  private static final Set<String> GENERATED =
      Set.of("pod-template-hash", "controller-revision-hash", "kubernetes.io/hostname");

  private final Snapshot snapshot;
  private final Set<String> lookedInto = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final List<String> ranges = new ArrayList<>();

  Survey(Snapshot snapshot) {
    this.snapshot = snapshot;
    for (Document document : snapshot.documents()) {
      texts(document.root());
      names.add(document.id().namespace());
      if (Places.KINDS.contains(document.id().kind())) {
        names.add(document.id().name());
      }
    }
  }

  /** Whether an object is the system's own, which keeps its names. */
  static boolean isOfSystem(Document document) {
    String namespace = document.id().kind().equals("Namespace") ? document.id().name() : "";
    return Places.SYSTEM.contains(document.id().namespace()) || Places.SYSTEM.contains(namespace);
  }

  /** Names of objects that are replaced. */
  Set<String> names() {
    return names;
  }

  Pseudonyms pseudonyms(byte[] key) {
    Pseudonyms out = new Pseudonyms(key, Places.STAY);
    Places.SYSTEM.forEach(out::stay);
    Kept.agents().forEach(out::stay);
    snapshot.documents().forEach(document -> stays(document, out));
    ranges.forEach(out::know);
    return out;
  }

  private void stays(Document document, Pseudonyms out) {
    boolean system = isOfSystem(document);
    if (system && Places.KINDS.contains(document.id().kind())) {
      out.stay(document.id().name());
    }
    if (document.id().kind().equals("ConfigMap")) {
      Places.SETTINGS.forEach(s -> out.stay(document.at("data", s).text("")));
    }
    boolean node = document.id().kind().equals("Node");
    for (Field labels : labels(document)) {
      Map<String, String> all = labels.strings();
      all.forEach((key, value) -> {
        boolean stays =
            lookedInto.contains(key)
                || Places.SWITCHES.contains(key.replaceFirst("/.*", ""))
                || (node && DOMAIN.matcher(key).matches());
        boolean systems = system && !GENERATED.contains(key);
        if (stays || systems) {
          out.stay(value);
        }
      });
    }
  }

  private static List<Field> labels(Document document) {
    return List.of(
        document.at("metadata", "labels"),
        document.at("spec", "template", "metadata", "labels"),
        document.at("spec", "jobTemplate", "spec", "template", "metadata", "labels"));
  }

  private void texts(Value value) {
    switch (value) {
      case Mapping m -> m.entries().values().forEach(this::texts);
      case Sequence s -> s.items().forEach(this::texts);
      case Scalar s -> text(s.text());
    }
  }

  private void text(String text) {
    if (text.indexOf('/') >= 0) {
      ranges.add(text);
    }
    LOOKED_INTO
        .matcher(text)
        .results()
        .forEach(m -> lookedInto.add(m.group(1).replaceFirst("^(pcns|pcsa)\\.", "")));
  }
}
