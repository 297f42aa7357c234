package io.github.polverdict.questions.explain;

import io.github.polverdict.core.engine.NearMisses;
import io.github.polverdict.core.engine.NearMisses.Missed;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.GateVerdict;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PathVerdict;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.explain.ExplainAnswer.NearMiss;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules that almost let a flow pass, in sentences. */
final class Misses {
  /** The nearest ones are told. */
  private static final int MOST = 3;

  private Misses() {}

  /** For the gate that denies; none when no gate does. */
  static List<NearMiss> of(Bench bench, Verdict verdict) {
    Optional<PathVerdict> path = Reasons.way(verdict).filter(p -> p.outcome() == Outcome.DENIED);
    Optional<GateVerdict> gate = path.flatMap(Reasons::deciding);
    if (path.isEmpty() || gate.isEmpty()) {
      return List.of();
    }
    List<NearMiss> out = new ArrayList<>();
    for (NearMisses.NearMiss miss :
        new NearMisses(bench.universe()).of(gate.get(), path.get().path())) {
      if (out.size() < MOST) {
        out.add(told(miss, gate.get()));
      }
    }
    return out;
  }

  private static NearMiss told(NearMisses.NearMiss miss, GateVerdict gate) {
    Set<String> failed = new LinkedHashSet<>();
    Set<String> sentences = new LinkedHashSet<>();
    for (Missed one : miss.missed()) {
      failed.add(dimension(one));
      sentences.add(sentence(one));
    }
    String sentence = String.join("; ", sentences);
    return new NearMiss(
        miss.block().name(), gate.gate(), List.copyOf(failed), sentence, miss.rule().origin());
  }

  private static String dimension(Missed missed) {
    return switch (missed) {
      case Missed.Label(Selector.Scope scope, var _, var _, var _, var _) ->
          switch (scope) {
            case ENDPOINT -> "POD_LABELS";
            case NAMESPACE -> "NAMESPACE_LABELS";
            case SERVICE_ACCOUNT -> "SERVICE_ACCOUNT_LABELS";
            case NODE -> "NODE_LABELS";
          };
      case Missed.Namespace _ -> "NAMESPACE";
      case Missed.WrongKind _ -> "KIND";
      case Missed.Another _ -> "ENDPOINT";
      case Missed.ServiceAccount _ -> "SERVICE_ACCOUNT";
      case Missed.OnNode _ -> "NODE";
      case Missed.Address _, Missed.NotByAddress _ -> "ADDRESS";
      case Missed.Traffic _ -> "PORT";
      case Missed.PortName _ -> "PORT_NAME";
    };
  }

  private static String sentence(Missed missed) {
    return switch (missed) {
      case Missed.Label(var scope, String who, String wanted, String actual, boolean hidden) ->
          "it asks for the %slabel %s, %s has %s"
              .formatted(
                  ofWhom(scope),
                  wanted,
                  who,
                  hidden
                      ? actual + ", which the engine does not see"
                      : actual.isEmpty() ? "no such label" : actual);
      case Missed.Namespace(String wanted, String actual) ->
          "it asks for namespace "
              + wanted
              + ", not "
              + (actual.isEmpty() ? "for something without a namespace" : actual);
      case Missed.ServiceAccount(String wanted, String actual) ->
          "it asks for the service account %s, not %s"
              .formatted(wanted, actual.isEmpty() ? "for something without one" : actual);
      case Missed.OnNode(String wanted, String actual) ->
          "it asks about node %s, this is on %s"
              .formatted(wanted, actual.isEmpty() ? "a node that is not known" : actual);
      case Missed.WrongKind(var wanted, var actual, String as) ->
          "it asks for %s, %s is %s"
              .formatted(
                  wanted.stream().map(Misses::things).collect(Collectors.joining(" and ")),
                  as,
                  thing(actual));
      case Missed.Another(String wanted, String actual) ->
          "it asks for " + wanted + ", not " + actual;
      case Missed.Address(String range, String actual) ->
          "it asks for the addresses " + range + ", not " + actual;
      case Missed.NotByAddress(String range, var kind) ->
          "the address is in " + range + ", but here address ranges do not match " + things(kind);
      case Missed.Traffic(String wanted, Protocol protocol, int number) ->
          "it asks for " + wanted + ", not " + protocol + " " + number;
      case Missed.PortName(String name, String standsFor, Protocol protocol, int number) ->
          "it asks for the port named %s, which is %s here, not %s %d"
              .formatted(name, standsFor.isEmpty() ? "nothing" : standsFor, protocol, number);
    };
  }

  private static String ofWhom(Selector.Scope scope) {
    return switch (scope) {
      case ENDPOINT -> "";
      case NAMESPACE -> "namespace ";
      case SERVICE_ACCOUNT -> "service account ";
      case NODE -> "node ";
    };
  }

  private static String thing(Kind kind) {
    return switch (kind) {
      case POD -> "a pod";
      case HOST_POD -> "a pod on its node's network";
      case NODE -> "a node";
      case NETWORK_SET -> "a list of addresses";
      case EXTERNAL -> "outside of the cluster";
    };
  }

  private static String things(Kind kind) {
    return switch (kind) {
      case POD -> "pods";
      case HOST_POD -> "pods on their node's network";
      case NODE -> "nodes";
      case NETWORK_SET -> "lists of addresses";
      case EXTERNAL -> "the outside";
    };
  }
}
