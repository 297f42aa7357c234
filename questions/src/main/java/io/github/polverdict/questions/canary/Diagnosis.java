package io.github.polverdict.questions.canary;

import io.github.polverdict.core.model.canary.CanaryRun;
import io.github.polverdict.core.model.canary.Cast;
import io.github.polverdict.core.model.canary.Wire;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.canary.CanaryAnswer.Engine;
import io.github.polverdict.questions.canary.CanaryAnswer.Fit;
import io.github.polverdict.questions.canary.CanaryAnswer.Result;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Extent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Holds what was seen against the engine that was recognised, and says what to look at. */
record Diagnosis(InspectAnswer inspected, Sum sum, CanaryRun run) {

  Engine engine() {
    return new Engine(
        inspected.enforcement().says(),
        fit(),
        inspected.engines().stream().map(Inventory.Engine::pin).toList(),
        facts());
  }

  private List<String> facts() {
    return inspected.engines().stream()
        .flatMap(e -> e.because().stream())
        .map(Inventory.Reason::says)
        .distinct()
        .toList();
  }

  private Fit fit() {
    Result result = sum.result();
    if (result == Result.UNDECIDED || result == Result.TOO_MUCH) {
      return Fit.NOT_KNOWN;
    }
    boolean agrees =
        switch (inspected.enforcement().extent()) {
          case NOT_KNOWN -> false;
          case ENFORCED -> result == Result.ENFORCED;
          case PARTLY -> result == (exempt().isEmpty() ? Result.ENFORCED : expectedOfExempt());
          case AUDIT_ONLY, NOT_ENFORCED -> result == Result.NOT_ENFORCED;
        };
    return inspected.enforcement().extent() == Extent.NOT_KNOWN
        ? Fit.NOT_KNOWN
        : agrees ? Fit.AGREES : Fit.CONTRADICTS;
  }

  /** The canary's policies are carried out where the hub is. */
  private Result expectedOfExempt() {
    return exempt().contains(nodeOf(Cast.HUB)) ? Result.NOT_ENFORCED : Result.ENFORCED;
  }

  private Set<String> exempt() {
    Set<String> out = new TreeSet<>();
    Set<String> nodes = new TreeSet<>();
    run.place().actors().forEach(a -> nodes.add(a.node().name()));
    inspected.nodes().stream()
        .filter(n -> n.exempt() && nodes.contains(n.name()))
        .forEach(n -> out.add(n.name()));
    return out;
  }

  private String nodeOf(Cast cast) {
    return run.place().actors().stream()
        .filter(a -> a.cast() == cast)
        .map(a -> a.node().name())
        .findFirst()
        .orElse("");
  }

  List<String> lookAt() {
    return switch (sum.result()) {
      case ENFORCED ->
          fit() == Fit.CONTRADICTS
              ? List.of(
                  "something enforces that is not recognised (%s): say it with --cni"
                      .formatted(inspected.enforcement().says()))
              : List.of();
      case NOT_ENFORCED -> nothing();
      case PARTLY -> partly();
      case TOO_MUCH ->
          List.of(
              "something else denies it: a policy for the whole cluster or for all namespaces, a"
                  + " mesh, a firewall between nodes; polverdict explain names policies that it"
                  + " knows");
      case UNDECIDED -> List.of("see the details of the steps, and try again");
    };
  }

  private List<String> nothing() {
    return switch (inspected.enforcement().extent()) {
      case NOT_ENFORCED -> withReasons(inspected.enforcement().says());
      case AUDIT_ONLY -> withReasons("audit mode: " + inspected.enforcement().says());
      case NOT_KNOWN ->
          List.of("no agent that enforces policies was recognised: install one, or say --cni");
      case ENFORCED, PARTLY -> {
        List<String> out = new ArrayList<>();
        exempt().forEach(n -> out.add("node %s is exempt, and the canary ran there".formatted(n)));
        out.addAll(
            withReasons(
                "%s should enforce: does its agent run on node %s, is it ready, and does it run with"
                        .formatted(by(), nodeOf(Cast.HUB))
                    + " the settings that the cluster shows?"));
        yield out;
      }
    };
  }

  private String by() {
    return String.join(" and ", inspected.enforcement().by());
  }

  /** The sentence, and each fact that names a setting which is not the default. */
  private List<String> withReasons(String sentence) {
    Set<String> out = new LinkedHashSet<>(List.of(sentence));
    facts().stream()
        .filter(f -> !sentence.contains(f) && settings().anyMatch(f::contains))
        .forEach(out::add);
    return List.copyOf(out);
  }

  private Stream<String> settings() {
    return inspected.engines().stream()
        .flatMap(e -> e.pin().settings().entrySet().stream())
        .map(s -> s.getKey() + "=" + s.getValue());
  }

  private List<String> partly() {
    Set<String> out = new LinkedHashSet<>();
    Set<Cast> peers = new LinkedHashSet<>();
    sum.leaked().stream().map(Wire::peer).forEach(peers::add);
    if (peers.equals(Set.of(Cast.FAR))) {
      out.add(
          "only traffic between nodes %s and %s leaks: look at how it is routed or tunnelled, and"
                  .formatted(nodeOf(Cast.HUB), nodeOf(Cast.FAR))
              + " at the agent of each");
    }
    if (peers.equals(Set.of(Cast.NEAR))) {
      out.add(
          "only traffic within node %s leaks: it may not pass what enforces"
              .formatted(nodeOf(Cast.HUB)));
    }
    if (sum.leaked().stream().map(Wire::direction).distinct().count() == 1) {
      out.add(
          "only %s leaks: is the engine asked to enforce it?"
              .formatted(sum.leaked().iterator().next().direction()));
    }
    if (sum.leaked().stream().map(Wire::protocol).distinct().count() == 1) {
      out.add("only %s leaks".formatted(sum.leaked().iterator().next().protocol()));
    }
    out.addAll(withReasons(inspected.enforcement().says()));
    return List.copyOf(out);
  }
}
