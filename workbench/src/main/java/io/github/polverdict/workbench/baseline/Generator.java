package io.github.polverdict.workbench.baseline;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.provision.Manifest;
import io.github.polverdict.dialects.api.provision.ProvisionForm;
import io.github.polverdict.dialects.api.provision.Provisions;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.baseline.BaselineAnswer;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.questions.baseline.Item;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds manifests that make a cluster meet a baseline. Each guess is applied to the snapshot and
 * judged: what is still denied that the baseline wants is allowed in the next one.
 */
public final class Generator {
  private static final int GUESSES = 6;
  private static final int SHOWN = 10;
  private static final String MORE = "\n  … and %d more";

  private final Session session;
  private final BaselineQuestion question;
  private final Provisions forms;

  public Generator(Session session, BaselineQuestion question) {
    this.session = session;
    this.question = question;
    this.forms = session.workbench().provisions();
  }

  /**
   * The manifests with their proof.
   *
   * @param wanted the id of the form to write; empty for the one that fits best
   * @param openToo whether to take manifests with which something stays UNKNOWN
   * @throws CannotGenerate when nothing enforces, the engine does not read the form, or the best
   *     that was found does not meet the baseline
   */
  public Generated generate(Optional<String> wanted, boolean openToo) throws CannotGenerate {
    BaselineAnswer before = asked(session);
    enforced();
    ProvisionForm form = form(wanted);
    Snapshot bare = session.snapshot().withDocuments(others());
    List<Provision> provisions = new ArrayList<>(question.defaults(open(bare)));
    Guess guess = guess(bare, form, provisions);
    boolean byAddress = false;
    for (int i = 0; i < GUESSES && !met(guess.answer(), true); i++) {
      List<Provision> more = question.remedies(guess.session(), byAddress);
      boolean added = merge(provisions, more);
      if (added) {
        guess = guess(bare, form, provisions);
      } else if (byAddress) {
        break;
      } else {
        byAddress = true;
      }
    }
    if (!met(guess.answer(), !openToo)) {
      throw notMet(form, guess);
    }
    List<String> isolated = question.isolated(open(bare), guess.session());
    if (!isolated.isEmpty()) {
      throw refusal(
          form.title()
              + " would cut what the baseline leaves open:\n  "
              + shown(isolated)
              + "\n  give the pods that make the call a label of their own, or change the policy that"
              + " denies it");
    }
    return new Generated(
        form.title(),
        form.differs(),
        form.trial(forms.reads(session.engines())),
        guess.manifests(),
        form.staged(guess.manifests(), forms.reads(session.engines())),
        notes(guess.manifests(), provisions),
        before,
        guess.answer(),
        guess.session());
  }

  private static String shown(List<String> sentences) {
    String some = sentences.stream().limit(SHOWN).collect(Collectors.joining("\n  "));
    return some + (sentences.size() > SHOWN ? MORE.formatted(sentences.size() - SHOWN) : "");
  }

  /** Manifests and the cluster with them. */
  private record Guess(List<Manifest> manifests, Session session, BaselineAnswer answer) {}

  private void enforced() throws CannotGenerate {
    boolean unknown = DialectResolver.areCandidates(session.engines());
    List<Plane> planes = session.model().planes();
    String engines =
        session.model().pins().stream()
            .map(p -> (p.dialect() + " " + p.version()).strip())
            .distinct()
            .collect(Collectors.joining(", "));
    if (unknown) {
      throw refusal("which engine enforces here is not known: say --cni");
    }
    if (planes.isEmpty()) {
      throw refusal(
          "nothing enforces policies here ("
              + engines
              + "): whatever is written would have no effect; install an engine that enforces first");
    }
    if (planes.stream().allMatch(p -> p.traits().mode() == Plane.Mode.AUDITING)) {
      throw refusal(engines + " only notes what it would deny: no policy has an effect here");
    }
  }

  private static CannotGenerate refusal(String why) {
    return new CannotGenerate(why, Optional.empty());
  }

  private ProvisionForm form(Optional<String> wanted) throws CannotGenerate {
    if (wanted.isEmpty()) {
      return forms
          .best(session.engines())
          .orElseThrow(() -> refusal("the engines here read no kind of policy in common"));
    }
    ProvisionForm form =
        forms
            .form(wanted.get())
            .orElseThrow(() ->
                CannotGenerate.asked(
                    "there is no form '"
                        + wanted.get()
                        + "'; there are "
                        + String.join(", ", forms.ids())));
    if (!forms.fits(form, session.engines())) {
      throw refusal(
          "an engine here does not read " + form.title() + ": leave --form out for the best form");
    }
    return form;
  }

  /** The documents without those of an earlier run that the new ones take the place of. */
  private List<Document> others() {
    return session.snapshot().documents().stream().filter(d -> !isOurs(d)).toList();
  }

  private boolean isOurs(Document document) {
    String owner = document.at("metadata", "labels").get(Manifest.LABEL).text("");
    String name = document.id().name();
    return owner.equals(Manifest.OWNER)
        && name.startsWith(Manifest.PREFIX)
        && question.replaces(name.substring(Manifest.PREFIX.length()));
  }

  private List<String> notes(List<Manifest> manifests, List<Provision> provisions) {
    List<String> out = new ArrayList<>();
    boolean wide = manifests.stream().anyMatch(m -> m.namespace().isEmpty());
    boolean rest = provisions.stream().anyMatch(p -> p.scope() instanceof Scope.AllBut);
    if (wide && rest && !question.growing().isEmpty()) {
      out.add(
          "a namespace that is made later gets the default deny, also if it would be in "
              + String.join(", ", question.growing())
              + ": run this again before you make one");
    }
    Set<ResourceId> written =
        read(manifests).stream().map(Document::id).collect(Collectors.toSet());
    session.snapshot().documents().stream()
        .filter(d -> isOurs(d) && !written.contains(d.id()))
        .map(d -> "an earlier run left what is no longer written: " + delete(d.id()))
        .forEach(out::add);
    return out;
  }

  private static String delete(ResourceId id) {
    String kind =
        id.kind().toLowerCase(Locale.ROOT) + (id.group().isEmpty() ? "" : "." + id.group());
    String where = id.namespace().isEmpty() ? "" : " -n " + id.namespace();
    return "kubectl delete " + kind + where + " " + id.name();
  }

  private Session open(Snapshot snapshot) {
    return session.workbench().open(snapshot, session.engines(), session.grouping());
  }

  private BaselineAnswer asked(Session with) throws CannotGenerate {
    return switch (question.ask(with)) {
      case Reply.Answered<BaselineAnswer>(BaselineAnswer answer) -> answer;
      case Reply.Refused<BaselineAnswer> refused ->
          throw CannotGenerate.asked(
              refused.refusals().stream()
                  .map(r -> r.message())
                  .collect(Collectors.joining("\n  ")));
    };
  }

  private Guess guess(Snapshot bare, ProvisionForm form, List<Provision> provisions)
      throws CannotGenerate {
    Map<String, Manifest> manifests = new LinkedHashMap<>();
    for (var engine : session.engines()) {
      for (Manifest manifest : forms.write(form, provisions, engine)) {
        manifests.put(
            manifest.kind() + " " + manifest.namespace() + "/" + manifest.name(), manifest);
      }
    }
    List<Manifest> all = List.copyOf(manifests.values());
    List<Document> documents = new ArrayList<>(bare.documents());
    Set<ResourceId> taken = documents.stream().map(Document::id).collect(Collectors.toSet());
    for (Document document : read(all)) {
      if (taken.contains(document.id())) {
        throw refusal(document.id().text() + " is there already and not of polverdict: rename it");
      }
      documents.add(document);
    }
    Session with = open(bare.withDocuments(documents));
    refused(with);
    return new Guess(all, with, asked(with));
  }

  private static List<Document> read(List<Manifest> manifests) {
    byte[] text = Generated.stream(manifests).getBytes(StandardCharsets.UTF_8);
    if (manifests.isEmpty()) {
      return List.of();
    }
    try {
      return FileSource.of(List.of("-"), new ByteArrayInputStream(text)).read().documents().stream()
          .map(d -> new Document(d.id(), d.root(), "generated", d.live()))
          .toList();
    } catch (UnreadableSource e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is written that the API server would not take. */
  private void refused(Session with) throws CannotGenerate {
    Set<Finding> before = new HashSet<>(session.findings());
    for (Finding finding : with.findings()) {
      if (finding.severity() == Severity.ERROR && !before.contains(finding)) {
        throw refusal("the engine would not take the form: " + finding.message());
      }
    }
  }

  /** Whether all is met that manifests can do anything about. */
  private static boolean met(BaselineAnswer answer, boolean known) {
    return answer.rows().stream().noneMatch(r -> r.fails() || (known && r.open()));
  }

  private static boolean merge(List<Provision> all, List<Provision> more) {
    boolean added = false;
    for (Provision one : more) {
      int at = -1;
      boolean taken = false;
      for (int i = 0; i < all.size(); i++) {
        Provision other = all.get(i);
        taken |= other.name().equals(one.name());
        boolean same = other.scope().equals(one.scope()) && other.pods().equals(one.pods());
        at = same && other.why().equals(one.why()) ? i : at;
      }
      if (at >= 0) {
        Provision before = all.get(at);
        Provision after = before.allowing(one.allows());
        added |= !after.equals(before);
        all.set(at, after);
      } else {
        all.add(taken ? one.named(all.size() + "-" + one.name()) : one);
        added = true;
      }
    }
    return added;
  }

  private static CannotGenerate notMet(ProvisionForm form, Guess guess) {
    StringBuilder out = new StringBuilder();
    out.append(form.title()).append(" do not make this cluster meet the baseline:");
    List<Row> rows = guess.answer().rows().stream().filter(r -> r.fails() || r.open()).toList();
    for (Row row : rows.stream().limit(SHOWN).toList()) {
      String where = row.namespace().isEmpty() ? "the cluster" : row.namespace();
      String why =
          row.proofs().stream()
              .findFirst()
              .map(p -> p.flow() + " is " + p.outcome() + ", for " + p.because())
              .orElse(row.says());
      out.append("\n  ")
          .append(where)
          .append(' ')
          .append(row.item().key())
          .append(": ")
          .append(why);
    }
    if (rows.size() > SHOWN) {
      out.append(MORE.formatted(rows.size() - SHOWN));
    }
    if (!form.differs().isEmpty()) {
      out.append("\n  of this form: ").append(form.differs());
    }
    out.append("\n  ").append(advice(guess.answer()));
    return new CannotGenerate(out.toString(), Optional.of(guess.answer()));
  }

  private static String advice(BaselineAnswer answer) {
    boolean open = answer.rows().stream().anyMatch(r -> r.status() == Status.UNKNOWN);
    boolean metadata = answer.rows().stream().anyMatch(r -> r.fails() && r.item() == Item.METADATA);
    if (metadata) {
      return "narrow the policies that allow it, or add an exception with an owner to the baseline";
    }
    return open && answer.rows().stream().noneMatch(Row::fails)
        ? "give the missing fact, or say --accept-unknown"
        : "change the policies that are named, or add an exception with an owner to the baseline";
  }
}
