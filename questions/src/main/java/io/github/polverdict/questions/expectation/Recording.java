package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Ranges;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.questions.naming.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Today's verdicts as expectations, so that whatever changes them is noticed: by each workload, who
 * reaches it on what, and that nobody else does; and what it reaches outside. What is unknown today
 * is not expected.
 */
public final class Recording {
  private static final TrafficSet EVERY =
      TrafficSet.all(Protocol.TCP).or(TrafficSet.all(Protocol.UDP)).or(TrafficSet.all(Protocol.SCTP));

  private final StringBuilder out = new StringBuilder();

  private Recording() {}

  /**
   * What surely passes between two, and what is not known.
   *
   * @param allowed for all address families alike
   */
  private record Known(TrafficSet allowed, TrafficSet open) {
    Known with(Known other) {
      TrafficSet both = allowed.and(other.allowed);
      TrafficSet any = allowed.or(other.allowed).or(open).or(other.open);
      return new Known(both, any.minus(both));
    }
  }

  /** The document, in YAML. */
  public static String of(ConnectivityAnswer answer) {
    Recording recording = new Recording();
    recording.out.append("apiVersion: polverdict.io/v1\nkind: Expectations\nexpect:\n");
    for (Party party : answer.parties()) {
      if (party.kind() == Kind.POD) {
        recording.reached(party, answer);
        recording.outside(party, answer);
      }
    }
    return recording.out.toString();
  }

  private void reached(Party party, ConnectivityAnswer answer) {
    Map<String, Known> pods = known(answer, r -> r.dst().equals(party), Row::src, Kind.POD);
    Map<String, Known> ranges = known(answer, r -> r.dst().equals(party), Row::src, Kind.EXTERNAL);
    side(party, "pods", pods, true);
    side(party, "outside", ranges, true);
  }

  private void outside(Party party, ConnectivityAnswer answer) {
    side(
        party,
        "outside",
        known(answer, r -> r.src().equals(party), Row::dst, Kind.EXTERNAL),
        false);
  }

  private static Map<String, Known> known(
      ConnectivityAnswer answer,
      Function<Row, Boolean> about,
      Function<Row, Party> other,
      Kind kind) {
    Map<Party, Known> out = new TreeMap<>();
    for (Row row : answer.rows()) {
      if (about.apply(row) && other.apply(row).kind() == kind) {
        Known one =
            new Known(row.reach().allowed().and(EVERY), row.reach().unknown().and(EVERY));
        Known either =
            row.family().isPresent() && !out.containsKey(other.apply(row))
                ? new Known(TrafficSet.NONE, one.allowed().or(one.open()))
                : one;
        out.merge(other.apply(row), either, Known::with);
      }
    }
    Map<String, Known> named = new LinkedHashMap<>();
    out.forEach((p, known) -> named.put(p.name(), known));
    return named;
  }

  /** One side of a workload: those with the same traffic together, and nobody else. */
  private void side(Party party, String all, Map<String, Known> others, boolean in) {
    Map<Known, List<String>> alike = new LinkedHashMap<>();
    List<String> some = new ArrayList<>();
    others.forEach((name, known) -> {
      if (!known.allowed().isEmpty() || !known.open().isEmpty()) {
        alike.computeIfAbsent(known, _ -> new ArrayList<>()).addAll(Shown.words(name));
        some.addAll(Shown.words(name));
      }
    });
    String own = Shown.words(party.name()).getFirst();
    alike.forEach((known, names) -> {
      TrafficSet denied = EVERY.minus(known.allowed()).minus(known.open());
      item("allowed", ends(in, own, list(names), List.of()), known.allowed());
      item("denied", ends(in, own, list(names), List.of()), denied);
    });
    item("denied", ends(in, own, all, some), EVERY);
  }

  private static String ends(boolean in, String own, String others, List<String> except) {
    String from = in ? others : quoted(own);
    String to = in ? quoted(own) : others;
    String excepted =
        except.isEmpty() ? "" : ", " + (in ? "exceptFrom: " : "exceptTo: ") + list(except);
    return "from: " + from + ", to: " + to + excepted;
  }

  private static String list(List<String> words) {
    return words.stream().map(Recording::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String word) {
    return word.indexOf(':') >= 0 || word.matches("[0-9.]+") ? '"' + word + '"' : word;
  }

  private void item(String verdict, String ends, TrafficSet traffic) {
    if (!traffic.isEmpty()) {
      String ports = traffic.equals(EVERY) ? "" : ", ports: [" + ports(traffic) + "]";
      out.append("  - {verdict: " + verdict + ", " + ends + ports + "}\n");
    }
  }

  private static String ports(TrafficSet traffic) {
    List<String> words = new ArrayList<>();
    for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
      String name = protocol.name().toLowerCase(Locale.ROOT);
      Ranges numbers = traffic.numbers(protocol);
      if (numbers.equals(Ranges.of(protocol.lowest(), protocol.highest()))) {
        words.add(name);
      } else {
        numbers
            .ranges()
            .forEach(r ->
                words.add((r[0] == r[1] ? "" + r[0] : r[0] + "-" + r[1]) + "/" + name));
      }
    }
    return String.join(", ", words);
  }
}
