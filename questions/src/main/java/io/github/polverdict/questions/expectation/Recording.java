package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Ranges;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.questions.naming.Cidrs;
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
      TrafficSet.all(Protocol.TCP)
          .or(TrafficSet.all(Protocol.UDP))
          .or(TrafficSet.all(Protocol.SCTP));

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
    Map<Party, Known> pods = known(answer, r -> r.dst().equals(party), Row::src, Kind.POD);
    Map<Party, Known> ranges = known(answer, r -> r.dst().equals(party), Row::src, Kind.EXTERNAL);
    boolean all =
        answer.parties().stream()
            .filter(p -> p.kind() == Kind.POD && !p.equals(party))
            .allMatch(pods::containsKey);
    side(party, pods, true, all ? "" : "pods");
    side(party, ranges, true, whole(ranges, answer) ? "" : "outside");
  }

  private void outside(Party party, ConnectivityAnswer answer) {
    Map<Party, Known> ranges = known(answer, r -> r.src().equals(party), Row::dst, Kind.EXTERNAL);
    side(party, ranges, false, whole(ranges, answer) ? "" : "outside");
  }

  /** Whether the ranges are all of the outside. */
  private static boolean whole(Map<Party, Known> ranges, ConnectivityAnswer answer) {
    List<Party> outside = answer.parties().stream().filter(Party::external).toList();
    return set(outside).subsetOf(set(List.copyOf(ranges.keySet())));
  }

  private static IpSet set(List<Party> ranges) {
    return IpSet.union(
        ranges.stream()
            .flatMap(p -> Shown.words(p.name()).stream())
            .flatMap(word -> IpSet.cidr(word).stream())
            .toList());
  }

  private static Map<Party, Known> known(
      ConnectivityAnswer answer,
      Function<Row, Boolean> about,
      Function<Row, Party> other,
      Kind kind) {
    Map<Party, Known> out = new TreeMap<>();
    for (Row row : answer.rows()) {
      if (about.apply(row) && other.apply(row).kind() == kind) {
        Known one = new Known(row.reach().allowed().and(EVERY), row.reach().unknown().and(EVERY));
        Known either =
            row.family().isPresent() && !out.containsKey(other.apply(row))
                ? new Known(TrafficSet.NONE, one.allowed().or(one.open()))
                : one;
        if (!one.allowed().isEmpty() || !one.open().isEmpty()) {
          out.merge(other.apply(row), either, Known::with);
        }
      }
    }
    return out;
  }

  /**
   * One side of a workload: those with the same traffic together, and nobody else.
   *
   * @param others whom nothing is known of, in a word; empty when there is nobody else
   */
  private void side(Party party, Map<Party, Known> some, boolean in, String others) {
    Map<Known, List<Party>> alike = new LinkedHashMap<>();
    some.forEach((other, known) -> alike.computeIfAbsent(known, _ -> new ArrayList<>()).add(other));
    String own = Shown.words(party.name()).getFirst();
    alike.forEach((known, names) -> {
      TrafficSet denied = EVERY.minus(known.allowed()).minus(known.open());
      item("allowed", ends(in, own, list(names), ""), known.allowed());
      item("denied", ends(in, own, list(names), ""), denied);
    });
    if (!others.isEmpty()) {
      String except = some.isEmpty() ? "" : list(List.copyOf(some.keySet()));
      item("denied", ends(in, own, others, except), EVERY);
    }
  }

  private static String ends(boolean in, String own, String others, String except) {
    String excepted = except.isEmpty() ? "" : ", " + (in ? "exceptFrom: " : "exceptTo: ") + except;
    return "from: " + (in ? others : own) + ", to: " + (in ? own : others) + excepted;
  }

  /** Workloads by their names; ranges as blocks, which are of the outside only. */
  private static String list(List<Party> parties) {
    List<String> out = new ArrayList<>();
    parties.stream().filter(p -> !p.external()).forEach(p -> out.addAll(Shown.words(p.name())));
    for (Cidrs.Block block : Cidrs.blocks(set(parties.stream().filter(Party::external).toList()))) {
      String except =
          block.except().isEmpty()
              ? ""
              : block.except().stream()
                  .map(c -> '"' + c + '"')
                  .collect(Collectors.joining(", ", ", except: [", "]"));
      out.add("{ipBlock: {cidr: \"" + block.cidr() + "\"" + except + "}}");
    }
    return "[" + String.join(", ", out) + "]";
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
            .forEach(r -> words.add((r[0] == r[1] ? "" + r[0] : r[0] + "-" + r[1]) + "/" + name));
      }
    }
    return String.join(", ", words);
  }
}
