package io.github.polverdict.cli;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Changes to a cluster that are only thought of. */
final class ChangeOptions {
  @Option(
      names = "--apply",
      paramLabel = "PATH",
      description = "what if these objects were applied: a file or folder; may be repeated")
  private List<String> applied = new ArrayList<>();

  @Option(
      names = "--delete",
      paramLabel = "KIND/NS/NAME",
      description = "what if this object were gone, as networkpolicy/shop/web; may be repeated")
  private List<String> deleted = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "ns/NAME=K=V",
      description = "what if a namespace had this label; ns/NAME=K- takes it away; may be repeated")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--set-cni",
      paramLabel = "ENGINE",
      description = "what if this engine enforced, as cilium@1.20")
  private @Nullable String cni;

  boolean any() {
    return !applied.isEmpty() || !deleted.isEmpty() || !labels.isEmpty() || cni != null;
  }

  /** The cluster after the changes: what is deleted first, then applied, then labelled. */
  Session on(Session before, Optional<String> said, Desk desk) {
    Optional<CniSpec> engine =
        Optional.ofNullable(cni)
            .map(text -> desk.engine("--set-cni", text))
            .or(() -> said.map(desk::engine));
    List<Snapshot> objects =
        applied.stream().map(path -> desk.read(new Place.Files(List.of(path), ""))).toList();
    WhatIf changes = new WhatIf(before.snapshot());
    each("--delete", deleted, changes::delete);
    objects.forEach(changes::apply);
    each("--label", labels, changes::label);
    Session after = desk.open(changes.after(), engine, cni == null ? "--cni" : "--set-cni");
    objects.forEach(o -> desk.tell(o.findings()));
    return after;
  }

  private static void each(String option, List<String> words, Consumer<String> change) {
    for (String word : words) {
      try {
        change.accept(word);
      } catch (IllegalArgumentException e) {
        throw new Complaint(ExitCode.USAGE, option + ": " + Desk.sentence(e));
      }
    }
  }
}
