package io.github.polverdict.workbench.exchange;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Workloads and namespaces of one session that the other lacks. What may correspond is suggested by
 * likeness of labels, owners and names; nothing is taken for it unless it is said.
 */
final class Unmatched {
  /** Two workloads are taken for alike when they share this part of their labels. */
  private static final double ALIKE = 0.5;

  private final Map<String, Endpoint> inA;
  private final Map<String, Endpoint> inB;
  private final String nameOfA;
  private final String nameOfB;
  private final List<Finding> found = new ArrayList<>();

  Unmatched(Session a, Session b) {
    this.inA = workloads(a);
    this.inB = workloads(b);
    this.nameOfA = a.name();
    this.nameOfB = b.name();
  }

  private static Map<String, Endpoint> workloads(Session session) {
    Map<String, Endpoint> out = new TreeMap<>();
    session.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.POD || e.kind() == Kind.HOST_POD)
        .forEach(e -> out.putIfAbsent(e.shownAs(), e));
    return out;
  }

  /** All of them, those of the first session first. */
  List<Finding> all() {
    Map<String, Endpoint> left = without(inA, inB);
    Map<String, Endpoint> right = without(inB, inA);
    Set<String> spacesA = namespaces(inA);
    Set<String> spacesB = namespaces(inB);
    Set<String> told = new HashSet<>();
    left.values()
        .forEach(e -> {
          if (spacesB.contains(e.namespace())) {
            workload(e, nameOfA, nameOfB, like(e, right).map(o -> flag(e, o)));
          } else if (told.add(e.namespace())) {
            namespace(e, nameOfA, nameOfB, space(e.namespace(), spacesA, spacesB));
          }
        });
    told.clear();
    right
        .values()
        .forEach(e -> {
          if (spacesA.contains(e.namespace())) {
            workload(e, nameOfB, nameOfA, like(e, left).map(o -> flag(o, e)));
          } else if (told.add(e.namespace())) {
            namespace(e, nameOfB, nameOfA, Optional.empty());
          }
        });
    return found;
  }

  private static Map<String, Endpoint> without(
      Map<String, Endpoint> some, Map<String, Endpoint> others) {
    Map<String, Endpoint> out = new TreeMap<>(some);
    out.keySet().removeAll(others.keySet());
    return out;
  }

  private static Set<String> namespaces(Map<String, Endpoint> workloads) {
    Set<String> out = new HashSet<>();
    workloads.values().forEach(e -> out.add(e.namespace()));
    return out;
  }

  private void workload(Endpoint of, String has, String lacks, Optional<String> flag) {
    String name = of.owner().kind() + " " + of.namespace() + "/" + of.owner().name();
    String help =
        flag.map(f -> "if it is the same under another name, say " + f)
            .orElse("if it has another name there, say so with --map");
    found.add(
        new Finding(
            "PV804",
            Severity.NOTE,
            "%s is in %s and has no counterpart in %s".formatted(name, has, lacks),
            help,
            of.origin()));
  }

  private void namespace(Endpoint of, String has, String lacks, Optional<String> flag) {
    String help =
        flag.map(f -> "if it is the same under another name, say " + f)
            .orElse("if it has another name there, say so with --map");
    found.add(
        new Finding(
            "PV804",
            Severity.NOTE,
            "Namespace %s with its workloads is in %s and has no counterpart in %s"
                .formatted(of.namespace(), has, lacks),
            help,
            of.origin()));
  }

  private static String flag(Endpoint a, Endpoint b) {
    String kind = a.owner().kind().equals(b.owner().kind()) ? "" : b.owner().kind() + " ";
    return "--map '%s %s/%s=%s%s/%s'"
        .formatted(
            a.owner().kind(),
            a.namespace(),
            a.owner().name(),
            kind,
            b.namespace(),
            b.owner().name());
  }

  /** The one of the others that is most like it, when one is. */
  private static Optional<Endpoint> like(Endpoint one, Map<String, Endpoint> others) {
    Endpoint best = null;
    double most = 0;
    boolean tie = false;
    for (Endpoint other : others.values()) {
      double likeness = likeness(one, other);
      tie = likeness == most || (tie && likeness < most);
      if (likeness > most) {
        best = other;
        most = likeness;
        tie = false;
      }
    }
    return most >= ALIKE && !tie ? Optional.ofNullable(best) : Optional.empty();
  }

  private static double likeness(Endpoint one, Endpoint other) {
    boolean comparable =
        one.namespace().equals(other.namespace())
            && Correspondence.mayBe(one.owner().kind(), other.owner().kind());
    if (!comparable) {
      return 0;
    }
    Set<Map.Entry<String, String>> labels = new HashSet<>(Likeness.labels(one).entrySet());
    Set<Map.Entry<String, String>> all = new HashSet<>(labels);
    labels.retainAll(Likeness.labels(other).entrySet());
    all.addAll(Likeness.labels(other).entrySet());
    double shared = all.isEmpty() ? 0 : (double) labels.size() / all.size();
    String a = one.owner().name();
    String b = other.owner().name();
    boolean named = a.startsWith(b + "-") || b.startsWith(a + "-");
    return shared + (named ? ALIKE : 0) + (a.equals(b) ? ALIKE : 0);
  }

  /** The namespace of the second that only it has and that has most workloads of the same names. */
  private Optional<String> space(String namespace, Set<String> inFirst, Set<String> inSecond) {
    Set<String> names = names(namespace, inA);
    String best = "";
    long most = 0;
    for (String candidate : inSecond.stream().sorted().toList()) {
      Set<String> common = names(candidate, inB);
      common.retainAll(names);
      if (!inFirst.contains(candidate) && common.size() > most) {
        best = candidate;
        most = common.size();
      }
    }
    return 2 * most >= names.size() && most > 0
        ? Optional.of("--map '%s=%s'".formatted(namespace, best))
        : Optional.empty();
  }

  private static Set<String> names(String namespace, Map<String, Endpoint> workloads) {
    Set<String> out = new HashSet<>();
    workloads.values().stream()
        .filter(e -> e.namespace().equals(namespace))
        .forEach(e -> out.add(e.owner().kind() + " " + e.owner().name()));
    return out;
  }
}
