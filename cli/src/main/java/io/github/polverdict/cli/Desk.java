package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.live.ClusterAccess;
import io.github.polverdict.live.ClusterSource;
import io.github.polverdict.live.ClusterWatch;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainManyQuestion;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.SnapshotSource;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.git.GitSource;
import io.github.polverdict.snapshot.saved.PathSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.following.FollowedFlows;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What commands share: reading a place, opening it, and saying on stderr what is wrong with it. */
final class Desk {
  private static final int SHOWN = 20;

  /** The code of a refusal because of a name that nothing has. */
  private static final String UNKNOWN_NAME = "PV060";

  private final PrintWriter err;
  private final Workbench workbench = Workbench.installed();

  Desk(PrintWriter err) {
    this.err = err;
  }

  /** Reads and opens; what is wrong with the input goes to stderr with its place. */
  Session open(Place place, Optional<String> cni) {
    return open(place, cni, new CanaryOption());
  }

  /** The same, saying on top if the cluster's canary has failed. */
  Session open(Place place, Optional<String> cni, CanaryOption canary) {
    Optional<CniSpec> engine = cni.map(this::engine);
    Session session = open(canary.on(read(place)), engine);
    session.findings().stream()
        .filter(f -> f.code().equals("PV120"))
        .forEach(f -> err.println("warning PV120: " + f.message() + "; " + f.help()));
    tell(session.findings());
    return session;
  }

  /** Says on stderr what is wrong with the input. */
  void tell(List<Finding> findings) {
    List<Finding> errors = findings.stream().filter(f -> f.severity() == Severity.ERROR).toList();
    for (Finding finding : errors.stream().limit(SHOWN).toList()) {
      err.println("error " + finding.code() + ": " + finding.message());
      err.println(
          "  at "
              + finding.origin().text()
              + (finding.help().isEmpty() ? "" : "; " + finding.help()));
    }
    if (errors.size() > SHOWN) {
      err.println("… and " + (errors.size() - SHOWN) + " more; inspect -o json has all");
    }
  }

  Session open(Snapshot snapshot, Optional<CniSpec> engine) {
    return open(snapshot, engine, "--cni");
  }

  /** The same, with the option that names the engine. */
  Session open(Snapshot snapshot, Optional<CniSpec> engine, String option) {
    try {
      return workbench.open(snapshot, engine, Grouping.WORKLOAD);
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.USAGE, option + ": " + sentence(e));
    }
  }

  /** Reads a place, showing how far it is where somebody looks. */
  Snapshot read(Place place) {
    ReadingProgress progress = new ReadingProgress(err);
    try {
      return source(place, progress).read();
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    } finally {
      progress.done();
    }
  }

  /** The API groups that a running cluster serves; none for what is no running cluster. */
  Set<String> groups(Place place) {
    if (!(place instanceof Place.Cluster cluster)) {
      return Set.of();
    }
    try {
      return new ClusterSource(access(cluster), new ReadingProgress(err)).groups();
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    }
  }

  private static SnapshotSource source(Place place, ReadingProgress progress) {
    return switch (place) {
      case Place.Files files -> {
        FileSource source = FileSource.of(files.paths(), System.in);
        String namespace = files.namespace();
        yield new PathSource(
            files.paths(), namespace.isEmpty() ? source : source.withDefaultNamespace(namespace));
      }
      case Place.Git(String revision, String path, String namespace) ->
          new GitSource(revision, path, namespace);
      case Place.Cluster cluster -> new ClusterSource(access(cluster), progress);
    };
  }

  /** Fails before anything is read when a revision of git is not there. */
  static void check(Place place) {
    if (place instanceof Place.Git(String revision, String path, String namespace)) {
      try {
        new GitSource(revision, path, namespace).check();
      } catch (UnreadableSource e) {
        throw new Complaint(ExitCode.UNREADABLE, e.sentence());
      }
    }
  }

  /** Says on stderr what happens. */
  void tell(String line) {
    err.println(line);
  }

  /** A running cluster as {@code live} takes it. */
  static ClusterAccess access(Place.Cluster cluster) {
    return new ClusterAccess(
        Optional.of(cluster.context()).filter(c -> !c.isEmpty()),
        cluster.kubeconfig().map(Path::of),
        cluster.namespaces(),
        cluster.surroundings());
  }

  /** Says something on stderr. */
  void warn(String sentence) {
    err.println("polverdict: " + sentence);
  }

  /** The line that tells how far probing is. */
  ProbingProgress probing() {
    return new ProbingProgress(err);
  }

  /** Begins to watch a cluster. */
  ClusterWatch watch(Place.Cluster cluster) {
    ReadingProgress progress = new ReadingProgress(err);
    try {
      return ClusterWatch.open(access(cluster), progress);
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    } finally {
      progress.done();
    }
  }

  /** Flows to be followed while their cluster changes. */
  FollowedFlows following(Optional<String> cni, ExplainManyQuestion flows) {
    return new FollowedFlows(workbench, cni.map(this::engine), flows);
  }

  CniSpec engine(String text) {
    return engine("--cni", text);
  }

  /** An engine as that option names it. */
  CniSpec engine(String option, String text) {
    try {
      return CniSpec.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.USAGE, option + ": " + sentence(e));
    }
  }

  /** A line for whoever waits. */
  void progress(String line) {
    err.println(line);
    err.flush();
  }

  /** The sentence of an exception that carries one for the user. */
  static String sentence(RuntimeException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  /** The same of a question about names: what is not there may stand in what could not be read. */
  <A> A answered(Reply<A> reply, Session session) {
    boolean nameless =
        reply instanceof Reply.Refused<A>(var refusals)
            && refusals.stream().anyMatch(r -> r.code().equals(UNKNOWN_NAME));
    try {
      return answered(reply);
    } catch (Complaint complaint) {
      if (!nameless || reading(session) == ExitCode.AS_ASKED) {
        throw complaint;
      }
      throw new Complaint(
          ExitCode.UNREADABLE,
          complaint.getMessage() + "\n  but not all was read: see the errors above");
    }
  }

  /** The answer, or the question's refusal as a complaint. */
  <A> A answered(Reply<A> reply) {
    return switch (reply) {
      case Reply.Answered<A>(A answer) -> answer;
      case Reply.Refused<A>(List<Refusal> refusals) -> {
        StringBuilder message = new StringBuilder();
        for (Refusal refusal : refusals) {
          message.append(message.isEmpty() ? "" : "\n  ").append(refusal.message());
          if (!refusal.suggestions().isEmpty()) {
            message
                .append("; did you mean ")
                .append(String.join(", ", refusal.suggestions()))
                .append('?');
          }
        }
        throw new Complaint(ExitCode.USAGE, message.toString());
      }
    };
  }

  /** What the input itself makes of the exit code. */
  ExitCode reading(Session session) {
    return reading(session.findings());
  }

  /** What findings of the input make of the exit code. */
  ExitCode reading(List<Finding> findings) {
    boolean errors = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    return errors ? ExitCode.UNREADABLE : ExitCode.AS_ASKED;
  }
}
