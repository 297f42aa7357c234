package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.Plane.Mode;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Inventory.Degree;
import io.github.polverdict.questions.Inventory.PolicyDocument;
import io.github.polverdict.questions.inspect.InspectAnswer.Policy;
import io.github.polverdict.questions.inspect.InspectAnswer.Status;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out how much of each policy takes effect. */
final class Standings {
  private final Bench bench;
  private final Map<String, List<Placed>> blocks = new HashMap<>();
  private final Map<String, List<Finding>> findings = new HashMap<>();

  /** A block of a policy in one plane. */
  private record Placed(Plane plane, Block block) {}

  Standings(Bench bench) {
    this.bench = bench;
    for (Plane plane : bench.model().planes()) {
      for (Tier tier : plane.tiers()) {
        for (Block block : tier.blocks()) {
          blocks
              .computeIfAbsent(block.name(), _ -> new ArrayList<>())
              .add(new Placed(plane, block));
        }
      }
    }
    bench
        .findings()
        .forEach(f -> findings.computeIfAbsent(object(f.origin()), _ -> new ArrayList<>()).add(f));
  }

  private static String object(Origin origin) {
    return switch (origin.place()) {
      case Origin.InFile f -> f.object();
      case Origin.InCluster c -> c.object();
      case Origin.BuiltIn _, Origin.Bent _, Origin.Said _ -> "";
    };
  }

  Policy of(PolicyDocument document) {
    List<Placed> own = blocks.getOrDefault(document.name(), List.of());
    Set<String> why = new LinkedHashSet<>();
    int selected = selected(own);
    Status status = status(document, own, selected, why);
    return new Policy(document.name(), status, selected, List.copyOf(why), document.origin());
  }

  private Status status(PolicyDocument document, List<Placed> own, int selected, Set<String> why) {
    List<Finding> found = findings.getOrDefault(document.name(), List.of());
    found.stream().filter(f -> f.severity() != Severity.NOTE).forEach(f -> why.add(f.message()));
    document.notes().forEach(n -> why.add(n.says()));
    if (notes(document, Degree.STAGED)) {
      return Status.AUDIT_ONLY;
    }
    if (own.isEmpty()) {
      if (why.isEmpty()) {
        why.add(inert(document));
      }
      return Status.INERT;
    }
    if (own.stream().anyMatch(p -> !p.block().onlyIf().isEmpty())) {
      own.forEach(p -> why.add(Reasons.doubts(p.block().onlyIf())));
      why.remove("");
      return Status.UNCERTAIN;
    }
    if (bench.model().candidates().isPresent()) {
      why.add("which engine enforces is not known");
      return Status.UNCERTAIN;
    }
    if (selected == 0 && notes(document, Degree.ELSEWHERE)) {
      return Status.ENFORCED;
    }
    if (selected == 0) {
      why.add("it selects no pod");
      return Status.INERT;
    }
    if (own.stream().allMatch(p -> p.plane().traits().mode() == Mode.AUDITING)) {
      why.add("its denials are only noted");
      return Status.AUDIT_ONLY;
    }
    own.forEach(p -> bends(p.block(), why));
    beyond(own, selected).ifPresent(why::add);
    Set<String> elsewhere =
        document.notes().stream()
            .filter(n -> n.degree() == Degree.ELSEWHERE)
            .map(Inventory.Note::says)
            .collect(Collectors.toSet());
    return elsewhere.containsAll(why) ? Status.ENFORCED : Status.PARTLY;
  }

  private static boolean notes(PolicyDocument document, Degree degree) {
    return document.notes().stream().anyMatch(n -> n.degree() == degree);
  }

  /** What it selects on nodes where no engine that reads it enforces. */
  private Optional<String> beyond(List<Placed> own, int selected) {
    Set<String> judged = new HashSet<>();
    for (Placed placed : own) {
      Optional<Set<String>> nodes = placed.plane().nodes();
      for (Endpoint endpoint : bench.universe().endpoints()) {
        boolean here =
            nodes.isEmpty() || endpoint.node().map(n -> nodes.get().contains(n)).orElse(true);
        if (here && selects(placed, endpoint)) {
          judged.add(endpoint.id());
        }
      }
    }
    int lost = selected - judged.size();
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            "%d of the %d that it selects are on nodes where no engine judges by it"
                .formatted(lost, selected));
  }

  private static boolean selects(Placed placed, Endpoint endpoint) {
    return Selection.of(placed.block().subject(), endpoint, placed.plane()) != Truth.NO;
  }

  private String inert(PolicyDocument document) {
    if (bench.model().planes().isEmpty()) {
      return "nothing enforces policies here";
    }
    return document.readBy().isEmpty()
        ? "no engine here reads " + document.kind()
        : "nothing of it takes effect";
  }

  /** The deviations under which a policy means something else than it says. */
  private static void bends(Block block, Set<String> why) {
    bend(block.origin(), why);
    for (Rule rule : block.rules()) {
      bend(rule.origin(), why);
    }
  }

  private static void bend(Origin origin, Set<String> why) {
    if (origin instanceof Origin.Bent(Origin _, Origin.BuiltIn because)) {
      why.add(because.quirk() + ": " + because.says());
    }
  }

  /** How many endpoints some block selects, or may select. */
  private int selected(List<Placed> own) {
    Set<String> out = new HashSet<>();
    for (Placed placed : own) {
      for (Endpoint endpoint : bench.universe().endpoints()) {
        if (selects(placed, endpoint)) {
          out.add(endpoint.id());
        }
      }
    }
    return out.size();
  }
}
