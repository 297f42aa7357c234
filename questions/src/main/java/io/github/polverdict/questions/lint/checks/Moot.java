package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** PV206 and PV208: rules that make others moot. */
final class Moot implements Check {
  private static final Pattern ITEM = Pattern.compile(".*/[0-9]{1,6}");

  /** A rule with its block. */
  private record Part(Placed placed, Rule rule, int number) {}

  @Override
  public void look(Ground ground, Sink out) {
    List<Part> parts = new ArrayList<>();
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        boolean own = !(rule.origin() instanceof Origin.Bent); // what an engine adds nobody wrote
        if (own && !rule.peers().isEmpty() && !rule.traffic().isEmpty()) {
          parts.add(new Part(placed, rule, parts.size()));
        }
      }
    }
    Map<String, List<Part>> byNamespace = new HashMap<>();
    parts.forEach(p -> byNamespace.computeIfAbsent(namespace(p), _ -> new ArrayList<>()).add(p));
    for (Part part : parts) {
      if (opens(part) && narrower(part, parts, out)) {
        continue;
      }
      List<Part> near = new ArrayList<>(byNamespace.getOrDefault(namespace(part), List.of()));
      if (!namespace(part).isEmpty()) {
        near.addAll(byNamespace.getOrDefault("", List.of()));
      }
      redundant(part, near, out);
    }
  }

  /** The namespace that a rule's pods are in; only rules of it or of no namespace cover it. */
  private static String namespace(Part part) {
    return Manifests.namespace(part.placed().block().subject()).orElse("");
  }

  private static boolean opens(Part part) {
    return part.rule().action() == Action.ALLOW
        && part.placed().sure()
        && Covering.agreed(part.placed())
        && part.rule().onlyIf().isEmpty()
        && Covering.everything(part.rule());
  }

  /** Reports an open rule when others are moot because of it. */
  private static boolean narrower(Part open, List<Part> parts, Sink out) {
    Set<String> moot = new TreeSet<>();
    Map<String, Endpoint> pods = new LinkedHashMap<>();
    for (Part other : parts) {
      boolean meets =
          other.number() != open.number()
              && other.placed().meets(open.placed())
              && other.rule().action() == Action.ALLOW
              && other.rule().rank() == open.rule().rank()
              && !Covering.everything(other.rule());
      if (meets) {
        List<Endpoint> shared = open.placed().shared(other.placed());
        if (!shared.isEmpty()) {
          moot.add(other.placed().block().name());
          shared.forEach(e -> pods.put(e.id(), e));
        }
      }
    }
    if (moot.isEmpty()) {
      return false;
    }
    String whose =
        moot.equals(Set.of(open.placed().block().name()))
            ? "its other rules"
            : "the narrower rules of " + Wording.names(List.copyOf(moot));
    out.add(
        "PV206",
        open.rule().origin(),
        "a rule of %s allows everything for %s, so %s have no effect there"
            .formatted(open.placed().block().name(), Wording.list(pods.values()), whose),
        removal("remove the rule, or the narrower ones if everything is meant", open));
    return true;
  }

  private static void redundant(Part part, List<Part> parts, Sink out) {
    for (Part by : parts) {
      boolean first =
          !Covering.covers(part.placed(), part.rule(), by.placed(), by.rule())
              || by.number() < part.number(); // of two equal ones the first stays
      boolean sameOpen = Covering.everything(by.rule()) && !Covering.everything(part.rule());
      if (by.number() != part.number()
          && first
          && !sameOpen
          && Covering.covers(by.placed(), by.rule(), part.placed(), part.rule())) {
        out.add(
            "PV208",
            part.rule().origin(),
            "a rule of %s changes nothing: %s at %s says as much"
                .formatted(
                    part.placed().block().name(), by.placed().block().name(), place(by.rule())),
            removal("remove it", part));
        return;
      }
    }
  }

  private static String place(Rule rule) {
    String pointer = Found.pointer(rule.origin());
    return pointer.isEmpty() ? rule.origin().text() : pointer;
  }

  /** Removing a list item; only an item that is not the last of its list may go alone. */
  private static Remedy removal(String says, Part part) {
    String pointer = Found.pointer(part.rule().origin());
    boolean rule = ITEM.matcher(pointer).matches() && !pointer.matches(".*/(from|to)/[0-9]+");
    boolean several =
        part.placed().block().rules().stream()
                .map(r -> Found.pointer(r.origin()).replaceFirst("/(from|to)/[0-9]+$", ""))
                .distinct()
                .count()
            > 1;
    return rule && several
        ? Remedy.change(
            says,
            part.placed().block().name(),
            "[{\"op\": \"remove\", \"path\": \"" + pointer + "\"}]")
        : Remedy.of(says);
  }
}
