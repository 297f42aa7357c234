package io.github.polverdict.snapshot;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was read of one file so far: objects, gaps and findings in the order of the text. */
final class Reading {
  /**
   * An object whose scope is not yet known.
   *
   * @param namespace as written; null when it names none
   */
  record Draft(
      String apiVersion,
      String kind,
      @Nullable String namespace,
      String name,
      Mapping root,
      String source) {
    String group() {
      return new ResourceId(apiVersion, kind, "", name).group();
    }

    String type() {
      return new ResourceId(apiVersion, kind, "", name).type();
    }

    String text() {
      return kind + " " + (namespace == null ? "" : namespace + "/") + name;
    }
  }

  private final String source;
  private final List<Draft> drafts = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  Reading(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  List<Draft> drafts() {
    return drafts;
  }

  List<Gap> gaps() {
    return gaps;
  }

  List<Finding> findings() {
    return findings;
  }

  void add(Draft draft) {
    drafts.add(draft);
  }

  void addAll(Reading other) {
    drafts.addAll(other.drafts);
    gaps.addAll(other.gaps);
    findings.addAll(other.findings);
  }

  /**
   * A document that could not be read; it may have held objects of these kinds, of any when none.
   */
  void refuse(BadText bad, Set<String> kinds) {
    Mark mark = bad.mark();
    Origin origin = new Origin.InFile("", source, "", mark.line(), mark.column());
    finding(
        bad.code(),
        Severity.ERROR,
        "The document " + bad.sentence() + "; it is left out",
        bad.help(),
        origin);
    gap(kinds, "", bad.sentence(), origin);
  }

  void finding(String code, Severity severity, String message, String help, Origin origin) {
    findings.add(new Finding(code, severity, FieldType.oneLine(message), help, origin));
  }

  void gap(Set<String> kinds, String namespace, String why, Origin origin) {
    String what =
        kinds.isEmpty()
            ? "objects"
            : kinds.stream()
                .map(k -> k.replace(Gap.OF_ANY_GROUP, ""))
                .sorted()
                .collect(Collectors.joining(", "));
    gaps.add(new Gap(kinds, namespace, what + " in " + source, FieldType.oneLine(why), origin));
  }

  /** Reads a part whose problem, if any, concerns only that part. */
  void attempt(Part part, Consumer<BadText> otherwise) {
    try {
      part.read();
    } catch (BadText bad) {
      otherwise.accept(bad);
    }
  }

  /** Something that can turn out to be unreadable. */
  interface Part {
    void read() throws BadText;
  }
}
