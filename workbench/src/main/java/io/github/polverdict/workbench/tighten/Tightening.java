package io.github.polverdict.workbench.tighten;

import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.questions.tighten.Plan;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.tighten.TightenAnswer.Manifest;
import io.github.polverdict.questions.tighten.TightenQuestion;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.ManifestText;
import io.github.polverdict.snapshot.MemorySource;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Correspondence;
import io.github.polverdict.workbench.exchange.Mixer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Drafts policies for a session and judges the session with them, under its own engines. */
public final class Tightening {
  private static final String API_VERSION = "networking.k8s.io/v1";
  private static final String KIND = "NetworkPolicy";

  /** What changes is asked, not why: that is what the new policies say. */
  private static final DiffQuestion CHANGES = new DiffQuestion(false, Optional.empty(), 0);

  private Tightening() {}

  /**
   * The policies with their proof. Where the engine does not let names of ports mean what they
   * should, they are written as numbers.
   */
  public static Reply<TightenAnswer> of(Session session, TightenQuestion question) {
    return switch (question.ask(session)) {
      case Reply.Refused<Plan>(List<Refusal> refusals) -> new Reply.Refused<>(refusals);
      case Reply.Answered<Plan>(Plan plan) -> {
        TightenAnswer named = proved(session, plan);
        yield new Reply.Answered<>(
            named.lacking().isEmpty() ? named : inNumbers(session, question, named));
      }
    };
  }

  private static TightenAnswer inNumbers(
      Session session, TightenQuestion question, TightenAnswer named) {
    if (question.askInNumbers(session) instanceof Reply.Answered<Plan>(Plan plan)) {
      TightenAnswer numbered = proved(session, plan);
      String lacked = named.lacking().getFirst().from() + " -> " + named.lacking().getFirst().to();
      if (numbered.lacking().size() < named.lacking().size()) {
        return numbered.noting(
            "names of ports are written as numbers: by name the engine does not let pass "
                + lacked);
      }
    }
    return named;
  }

  private static TightenAnswer proved(Session session, Plan plan) {
    List<Manifest> manifests =
        plan.policies().stream()
            .map(p -> new Manifest(p.namespace(), p.name(), ManifestText.yaml(p.tree())))
            .toList();
    Session after = with(session, plan, read(manifests));
    DiffAnswer diff = CHANGES.ask(Mixer.of(session, after, Correspondence.SAME));
    return plan.proved(manifests, after, diff);
  }

  private static Session with(Session session, Plan plan, List<Document> written) {
    Set<String> gone = Set.copyOf(plan.replaces());
    List<Document> documents = new ArrayList<>();
    for (Document document : session.snapshot().documents()) {
      ResourceId id = document.id();
      boolean own = id.kind().equals(KIND) && id.apiVersion().equals(API_VERSION);
      if (!own || !gone.contains(id.text())) {
        documents.add(document);
      }
    }
    documents.addAll(written);
    return session
        .workbench()
        .open(session.snapshot().withDocuments(documents), session.engines(), session.grouping());
  }

  /** What is judged is what is written, as whoever applies it reads it. */
  private static List<Document> read(List<Manifest> manifests) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    manifests.forEach(m -> files.put(m.file(), m.yaml().getBytes(StandardCharsets.UTF_8)));
    try {
      Snapshot read = new MemorySource("tighten", files, "").read();
      if (read.documents().size() != manifests.size() || !read.findings().isEmpty()) {
        throw new IllegalStateException("not as it was drafted: " + read.findings());
      }
      return read.documents();
    } catch (UnreadableSource e) {
      throw new IllegalStateException(e);
    }
  }
}
