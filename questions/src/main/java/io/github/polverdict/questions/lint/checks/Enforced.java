package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Inventory.PolicyDocument;
import io.github.polverdict.questions.lint.catalogue.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** PV101, PV103, PV104, PV105, PV111: does an engine do what the policies say? */
final class Enforced implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    ground.bench().findings().forEach(f -> input(f, ground, out));
    ground.inventory().policies().forEach(p -> kind(p, ground, out));
    Set<List<String>> told = new HashSet<>();
    for (Placed placed : ground.blocks()) {
      List<Rule> rules =
          placed.block().rules().stream().filter(r -> !addedInVain(placed, r, ground)).toList();
      rules.forEach(rule -> bent(placed, rule.origin(), told, out));
      if (!rules.isEmpty() || placed.block().rules().isEmpty()) {
        bent(placed, placed.block().origin(), told, out);
      }
    }
    for (Plane plane : ground.bench().model().planes()) {
      if (plane.traits().mode() == Mode.AUDITING) {
        auditing(plane, ground, out);
      }
    }
  }

  /** What was found while reading keeps its words; the table says how bad it is. */
  private static void input(Finding finding, Ground ground, Sink out) {
    switch (finding.code()) {
      case "PV101" -> {
        boolean none = ground.inventory().policies().isEmpty();
        out.add(
            "PV101",
            none ? Level.INFO : Level.CRITICAL,
            finding.origin(),
            finding.message(),
            Remedy.of(finding.help()));
      }
      case "PV104", "PV111" ->
          out.add(finding.code(), finding.origin(), finding.message(), Remedy.of(finding.help()));
      case String _ -> {}
    }
  }

  private static void kind(PolicyDocument policy, Ground ground, Sink out) {
    if (policy.readBy().isEmpty()) {
      unread(policy, ground, out);
    }
    for (Inventory.Note note : policy.notes()) {
      String says = "%s: %s".formatted(policy.name(), note.says());
      switch (note.degree()) {
        case PARTLY, INERT ->
            out.add(
                "PV104",
                note.origin(),
                says,
                Remedy.of("write it without what the engine ignores"));
        case STAGED ->
            out.add(
                "PV105",
                note.origin(),
                says,
                Remedy.of("promote it once the notes show nothing that must pass"));
        case ELSEWHERE -> {
          // it does what it says, for what is not judged
        }
      }
    }
  }

  private static void unread(PolicyDocument policy, Ground ground, Sink out) {
    if (!policy.known()) {
      out.add(
          "PV103",
          policy.origin(),
          "%s has no effect: no engine has a kind %s".formatted(policy.name(), policy.kind()),
          Remedy.of("spell the kind as the engine's documentation does"));
      return;
    }
    List<String> engines =
        ground.inventory().engines().stream().map(e -> e.pin().dialect()).distinct().toList();
    if (ground.assumed()) {
      out.add(
          "PV103",
          policy.origin(),
          "%s is not judged: no engine is known, and %s, by which the rest is judged, has no %s"
              .formatted(policy.name(), String.join(" and ", engines), policy.kind()),
          Remedy.of("name the engine with --cni"));
      return;
    }
    out.add(
        "PV103",
        policy.origin(),
        "%s has no effect: %s does not read %s"
            .formatted(policy.name(), String.join(" and ", engines), policy.kind()),
        Remedy.of("write it as a kind that the engine reads"));
  }

  /** Whether an engine adds a rule beside the written one, and nobody is there whom it means. */
  private static boolean addedInVain(Placed placed, Rule rule, Ground ground) {
    if (!(rule.origin() instanceof Origin.Bent)) {
      return false;
    }
    boolean written =
        ground.blocks().stream()
            .filter(b -> b.plane() == placed.plane())
            .flatMap(b -> b.block().rules().stream())
            .map(Rule::origin)
            .anyMatch(o -> !(o instanceof Origin.Bent) && o.equals(rule.origin().place()));
    List<Endpoint> ends = new ArrayList<>(ground.inside());
    ends.addAll(ground.outside());
    boolean covered =
        ground.blocks().stream()
            .anyMatch(b ->
                b.block().rules().stream()
                    .filter(r -> !(r.origin() instanceof Origin.Bent))
                    .anyMatch(r -> Covering.covers(b, r, placed, rule)));
    if (!written || covered) {
      return written;
    }
    return ends.stream()
        .noneMatch(e ->
            placed.selected().stream().anyMatch(s -> !s.equals(e) || s.mayBeSeveral())
                && rule.peers().stream()
                    .anyMatch(p -> ground.is(p, e, placed.plane()) != Truth.NO));
  }

  /** One finding for each policy and row, at the first place that the row bends. */
  private static void bent(Placed placed, Origin origin, Set<List<String>> told, Sink out) {
    if (origin instanceof Origin.Bent(Origin place, Origin.BuiltIn because)
        && told.add(List.of(placed.plane().name(), placed.block().name(), because.quirk()))) {
      out.add(
          "PV104",
          place,
          "%s is not what %s enforces: %s"
              .formatted(placed.block().name(), placed.plane().name(), because.says()),
          Remedy.of("write it without what " + because.quirk() + " speaks of"));
    }
  }

  private static void auditing(Plane plane, Ground ground, Sink out) {
    boolean any = ground.blocks().stream().anyMatch(b -> b.plane() == plane);
    Optional<Origin> place =
        ground.inventory().engines().stream()
            .filter(e -> plane.name().startsWith(e.pin().dialect()))
            .flatMap(e -> e.because().stream())
            .map(Inventory.Reason::origin)
            .reduce((_, last) -> last);
    if (any && place.isPresent()) {
      out.add(
          "PV105",
          place.get(),
          plane.name() + " runs in audit mode: what policies deny passes and is only noted",
          Remedy.of("switch enforcement on once the notes show nothing that must pass"));
    }
  }
}
