package io.github.polverdict.cli;

import io.github.polverdict.dialects.api.provision.Manifest;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.BaselineQuestion;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.baseline.CannotGenerate;
import io.github.polverdict.workbench.baseline.Generated;
import io.github.polverdict.workbench.baseline.Generator;
import io.github.polverdict.workbench.baseline.Layout;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes manifests that make a cluster meet a baseline. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "The manifests that make the cluster meet the baseline, in the engine's best form.",
      "They are applied to the snapshot and judged before anything is written."
    },
    footer = {
      "",
      "Without --to the manifests go to standard output, for kubectl apply -f -.",
      "",
      "Examples:",
      "  polverdict baseline generate --context prod --preset nsa-cisa > baseline-all.yaml",
      "  polverdict baseline generate manifests/ --layout kustomize --to out/",
      "  polverdict baseline generate --context prod -n shop --form network-policy"
    })
final class BaselineGenerateCommand extends Answering {
  @Mixin private BaselineOptions options = new BaselineOptions();

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description =
          "network-policy, cluster-network-policy, or the engine's own; the best one without it")
  private @Nullable String form;

  @Option(
      names = {"-o", "--layout"},
      paramLabel = "LAYOUT",
      defaultValue = "files",
      description = "files, kustomize or helm; the last two need --to")
  private String layout = "files";

  @Option(names = "--to", paramLabel = "DIR", description = "a new or empty folder for the files")
  private @Nullable Path folder;

  @Option(
      names = "--staged",
      description = "write the objects as ones whose denials are only noted, where the engine can")
  private boolean staged;

  @Option(
      names = "--accept-unknown",
      description = "write also when some demand stays UNKNOWN with the manifests; it is told")
  private boolean openToo;

  @Override
  ExitCode answer() {
    Layout arranged =
        Layout.of(layout)
            .orElseThrow(() ->
                new Complaint(
                    ExitCode.USAGE,
                    "'" + layout + "' is no layout; --layout takes files, kustomize, helm"));
    if (arranged != Layout.FILES && folder == null) {
      throw new Complaint(ExitCode.USAGE, "--layout " + layout + " needs a folder: say --to DIR");
    }
    Optional<NewFolder> target = Optional.ofNullable(folder).map(NewFolder::checked);
    BaselineQuestion question = options.question();
    Session session = desk().open(options.place(), options.cni());
    Generated made = generated(session, question);
    List<Manifest> manifests = staged ? made.staged() : made.manifests();
    if (staged && manifests.isEmpty()) {
      throw new Complaint(
          ExitCode.FOUND, made.form() + " cannot be staged here; instead: " + made.trial());
    }
    if (target.isPresent()) {
      target.get().write(arranged.files(manifests, Main.version()));
    } else {
      out().print(Generated.stream(manifests));
      out().flush();
    }
    told(made, manifests.size());
    return ExitCode.AS_ASKED.or(desk().reading(session));
  }

  private Generated generated(Session session, BaselineQuestion question) {
    try {
      return new Generator(session, question).generate(Optional.ofNullable(form), openToo);
    } catch (CannotGenerate e) {
      throw new Complaint(
          (e.isOfQuestion() ? ExitCode.USAGE : ExitCode.FOUND).or(desk().reading(session)),
          Objects.requireNonNullElse(e.getMessage(), "") + "\nnothing was written");
    }
  }

  private void told(Generated made, int objects) {
    long mended =
        made.before().rows().stream().filter(r -> r.fails() || r.open()).count()
            - made.after().rows().stream().filter(r -> r.open()).count();
    desk()
        .warn(
            "%s, %s: with them %d more demands are met, by judging; none fails"
                .formatted(objects == 1 ? "1 object" : objects + " objects", made.form(), mended));
    if (!made.differs().isEmpty()) {
      desk().warn("of this form: " + made.differs());
    }
    made.after().rows().stream()
        .filter(r -> r.status() == Status.UNKNOWN && r.waived().isEmpty())
        .forEach(r -> desk().warn("stays UNKNOWN: " + r.namespace() + " " + r.item().key()));
    made.notes().forEach(desk()::warn);
    made.after().notices().forEach(n -> desk().warn(n.says()));
    desk().warn("before it takes effect: " + made.trial());
  }
}
