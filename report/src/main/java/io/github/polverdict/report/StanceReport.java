package io.github.polverdict.report;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.Stance;
import io.github.polverdict.questions.inspect.Stance.Default;
import io.github.polverdict.questions.inspect.Stance.Peer;
import io.github.polverdict.questions.inspect.Stance.Share;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the defaults of namespaces: as part of an inspection, and alone as a matrix. */
final class StanceReport {
  private StanceReport() {}

  static Tree tree(InspectAnswer answer) {
    return Tree.answer("inspect-matrix")
        .put("source", answer.source())
        .put("enforcement", InspectReport.enforcement(answer.enforcement()))
        .put("namespaces", answer.namespaces(), StanceReport::namespace)
        .put("open", open(answer))
        .put("pins", answer.engines(), e -> Tree.pin(e.pin()))
        .put("missing", answer.missing(), Tree::missing);
  }

  /** The namespaces in which nothing can deny anything. */
  static List<String> open(InspectAnswer answer) {
    return answer.namespaces().stream().filter(Namespace::open).map(Namespace::name).toList();
  }

  static Tree namespace(Namespace namespace) {
    return Tree.map()
        .put("name", namespace.name())
        .put("pods", namespace.pods())
        .put("hostPods", namespace.hostPods())
        .put("ingress", stance(namespace.ingress(), namespace.newIngress()))
        .put("egress", stance(namespace.egress(), namespace.newEgress()))
        .put("open", namespace.open());
  }

  private static Tree stance(Stance stance, Default newcomers) {
    return Tree.map()
        .put("default", stance.word())
        .put("newPods", newcomers)
        .put("restricted", stance.restricted())
        .put(
            "shares",
            stance.shares(),
            s ->
                Tree.map()
                    .put("peer", s.peer())
                    .put("verdict", s.outcome())
                    .put("carried", s.traffic())
                    .put("pods", s.pods())
                    .put("sample", s.sample())
                    .put("policy", s.policy())
                    .put("because", s.because())
                    .put("audited", s.audited())
                    .put("origin", s.origin().map(Tree::origin)));
  }

  static void csv(InspectAnswer answer, Writer out) {
    Serial.csv(out, "namespace", "direction", "default", "new_pods", "pods", "open", "because");
    for (Namespace n : answer.namespaces()) {
      row(n, "ingress", n.ingress(), n.newIngress(), out);
      row(n, "egress", n.egress(), n.newEgress(), out);
    }
  }

  private static void row(
      Namespace namespace, String direction, Stance stance, Default newcomers, Writer out) {
    Serial.csv(
        out,
        namespace.name(),
        direction,
        stance.word().name(),
        newcomers.name(),
        Integer.toString(namespace.pods()),
        Boolean.toString(!stance.restricted()),
        because(stance));
  }

  static void text(InspectAnswer answer, Lines out) {
    out.line(out.palette().strong(answer.source()));
    out.entry("enforced", InspectReport.enforced(answer.enforcement(), out.palette()));
    Standing.text(answer.missing(), out);
    out.line("");
    table(answer, out);
    out.line("");
    openLine(answer, out);
  }

  /** One line for each namespace. */
  static void table(InspectAnswer answer, Lines out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NAMESPACE", "PODS", "INGRESS", "EGRESS", "BECAUSE"));
    for (Namespace n : answer.namespaces()) {
      rows.add(
          List.of(
              n.name(),
              Integer.toString(n.pods()),
              coloured(n.ingress().word(), out.palette()),
              coloured(n.egress().word(), out.palette()),
              both(n)));
    }
    out.table("  ", rows);
  }

  static void openLine(InspectAnswer answer, Lines out) {
    List<String> open = open(answer);
    if (answer.namespaces().isEmpty()) {
      out.entry("open", "there is no namespace");
      return;
    }
    out.entry(
        "open",
        open.isEmpty()
            ? "no namespace: a policy or a setting denies something in each"
            : String.join(", ", open) + ": no policy has any effect there");
  }

  static void markdown(InspectAnswer answer, Markdown out) {
    out.heading(1, "Default stances of " + answer.source());
    out.paragraph(InspectReport.enforced(answer.enforcement(), Palette.PLAIN));
    section(answer, out);
  }

  static void section(InspectAnswer answer, Markdown out) {
    List<List<String>> rows = new ArrayList<>();
    for (Namespace n : answer.namespaces()) {
      rows.add(
          List.of(
              n.name(),
              Integer.toString(n.pods()),
              n.ingress().word().name(),
              n.egress().word().name(),
              both(n)));
    }
    out.table(List.of("namespace", "pods", "ingress", "egress", "because"), rows);
    List<String> open = open(answer);
    out.paragraph(
        "No policy has any effect in: " + (open.isEmpty() ? "none" : String.join(", ", open)));
  }

  private static String coloured(Default word, Palette palette) {
    return switch (word) {
      case ALLOW -> palette.outcome(Outcome.ALLOWED, word.name());
      case DENY -> palette.outcome(Outcome.DENIED, word.name());
      case MIXED, UNKNOWN -> palette.outcome(Outcome.UNKNOWN, word.name());
    };
  }

  private static String both(Namespace n) {
    List<String> out = new ArrayList<>();
    String in = because(n.ingress());
    String eg = because(n.egress());
    if (in.equals(eg)) {
      out.add(in);
    } else {
      out.add("ingress: " + in);
      out.add("egress: " + eg);
    }
    if (n.pods() == 0) {
      out.add("of a pod to be");
    } else {
      List<String> others = new ArrayList<>();
      newcomer("ingress", n.ingress(), n.newIngress(), others);
      newcomer("egress", n.egress(), n.newEgress(), others);
      if (!others.isEmpty()) {
        out.add("a new pod without labels: " + String.join(", ", others));
      }
    }
    return String.join("; ", out);
  }

  private static void newcomer(String direction, Stance stance, Default word, List<String> out) {
    if (stance.word() != word) {
      out.add(direction + " " + word);
    }
  }

  /** The objects that make a stance, with what they are for when they do not agree. */
  static String because(Stance stance) {
    List<Share> shares =
        stance.shares().stream().filter(s -> s.peer() != Peer.SAME_NAMESPACE).toList();
    List<String> makers = shares.stream().map(StanceReport::maker).distinct().toList();
    if (shares.stream().map(Share::outcome).distinct().count() < 2) {
      return some(makers);
    }
    boolean byPeer =
        !likeness(shares, Peer.OUTSIDE).equals(likeness(shares, Peer.OTHER_NAMESPACES));
    boolean byTraffic = shares.stream().map(Share::traffic).distinct().count() > 1;
    Map<String, List<Share>> groups = new LinkedHashMap<>();
    for (Share s : shares) {
      if (byPeer || s.peer() == Peer.OTHER_NAMESPACES) {
        String whom = (byPeer ? peer(s.peer()) + " " : "") + s.outcome();
        String key = byTraffic ? whom + " on " + String.join("+", s.traffic()) : whom;
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(s);
      }
    }
    return groups.entrySet().stream()
        .map(g -> group(g.getKey(), g.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String group(String what, List<Share> shares) {
    int pods = shares.stream().mapToInt(Share::pods).sum();
    return "%s for %d %s as %s (%s)"
        .formatted(
            what,
            pods,
            pods == 1 ? "pod" : "pods",
            shares.getFirst().sample().getFirst(),
            some(shares.stream().map(StanceReport::maker).distinct().toList()));
  }

  private static String some(List<String> makers) {
    return makers.stream().limit(3).collect(Collectors.joining(", "))
        + (makers.size() > 3 ? " and " + (makers.size() - 3) + " more" : "");
  }

  /** What a peer gets, pod by pod. */
  private static List<List<Object>> likeness(List<Share> shares, Peer peer) {
    return shares.stream()
        .filter(s -> s.peer() == peer)
        .map(s -> List.<Object>of(s.outcome(), s.traffic(), s.pods(), s.sample(), maker(s)))
        .toList();
  }

  private static String maker(Share share) {
    String name = share.policy().isEmpty() ? share.because() : share.policy();
    return share.audited() ? name + " (only noted)" : name;
  }

  private static String peer(Peer peer) {
    return peer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
