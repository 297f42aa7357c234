package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.naming.Cidrs;
import io.github.polverdict.questions.tighten.Draft.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes links as policies: one for each group of covered workloads with the same rules. */
final class Drafting {
  private static final List<String> BOTH = List.of("Ingress", "Egress");

  private final List<Endpoint> universe;
  private final Map<Pods, Optional<Pick>> picks = new TreeMap<>();
  private final Set<String> problems = new LinkedHashSet<>();

  /** What makes policies alike but for their subjects. */
  private record Rules(String namespace, List<Rule> ingress, List<Rule> egress) {}

  Drafting(List<Endpoint> universe) {
    this.universe = universe;
  }

  Set<String> problems() {
    return problems;
  }

  /** Policies of both directions for each of the covered. */
  List<Draft> of(Collection<Pods> covered, Collection<Link> links) {
    Map<Rules, List<Pods>> alike = new LinkedHashMap<>();
    for (Pods subject : covered) {
      if (pick(subject).isPresent()) {
        Rules rules =
            new Rules(
                subject.namespace(), rules(subject, links, true), rules(subject, links, false));
        alike.computeIfAbsent(rules, _ -> new ArrayList<>()).add(subject);
      }
    }
    List<Draft> out = new ArrayList<>();
    alike.forEach((rules, subjects) -> {
      for (Pick pick : merged(subjects)) {
        out.add(new Draft(name(pick, subjects), pick, rules.ingress(), rules.egress(), BOTH));
      }
    });
    return named(out);
  }

  /** A policy of one namespace that lets covered workloads look names up. */
  List<Draft> names(Collection<Pods> covered, Collection<Link> lookups) {
    Map<Rules, List<Pods>> alike = new LinkedHashMap<>();
    for (Pods subject : covered) {
      List<Rule> egress = rules(subject, lookups, false);
      if (pick(subject).isPresent() && !egress.isEmpty()) {
        Rules rules = new Rules(subject.namespace(), List.of(), egress);
        alike.computeIfAbsent(rules, _ -> new ArrayList<>()).add(subject);
      }
    }
    List<Draft> out = new ArrayList<>();
    alike.forEach((rules, subjects) -> {
      for (Pick pick : whole(rules.namespace(), subjects)) {
        out.add(new Draft("allow-dns", pick, List.of(), rules.egress(), List.of("Egress")));
      }
    });
    return named(out);
  }

  /** All pods of a namespace when all of them are meant. */
  private List<Pick> whole(String namespace, List<Pods> subjects) {
    boolean all =
        universe.stream()
            .filter(e -> e.kind() == Kind.POD && e.namespace().equals(namespace))
            .allMatch(e -> subjects.stream().anyMatch(s -> s.has(e)));
    return all ? List.of(new Pick(namespace, Map.of())) : merged(subjects);
  }

  private List<Pick> merged(List<Pods> subjects) {
    return Pick.merged(subjects.stream().flatMap(s -> pick(s).stream()).toList());
  }

  private Optional<Pick> pick(Pods pods) {
    return picks.computeIfAbsent(
        pods,
        p -> {
          Optional<Pick> found = Pick.of(p, universe);
          if (found.isEmpty()) {
            problems.add(
                p.name() + " cannot be singled out: other pods of its namespace have its labels");
          }
          return found;
        });
  }

  /** The rules of one direction: peers with the same ports are one rule. */
  private List<Rule> rules(Pods subject, Collection<Link> links, boolean in) {
    Map<Peer, Set<Port>> ports = new LinkedHashMap<>();
    Set<Peer> every = new LinkedHashSet<>();
    for (Link link : links) {
      Peer own = in ? link.to() : link.from();
      Peer other = in ? link.from() : link.to();
      if (own instanceof Peer.Labelled(Pods pods) && covers(pods, subject)) {
        ports.computeIfAbsent(other, _ -> new TreeSet<>()).addAll(link.ports());
        if (link.ports().isEmpty()) {
          every.add(other);
        }
      }
    }
    every.forEach(peer -> ports.put(peer, Set.of()));
    Map<Set<Port>, List<Peer>> byPorts = new LinkedHashMap<>();
    ports.forEach((peer, p) -> byPorts.computeIfAbsent(p, _ -> new ArrayList<>()).add(peer));
    List<Rule> out = new ArrayList<>();
    byPorts.forEach((p, peers) -> rule(peers, p).ifPresent(out::add));
    out.sort(Comparator.comparing(r -> r.ports() + " " + r.pods() + r.blocks()));
    return out;
  }

  /** Whether the subject's pods are all among those of a link's end. */
  private static boolean covers(Pods end, Pods subject) {
    return subject.members().stream().allMatch(end::has);
  }

  /** Empty when no peer can be said; a rule without peers would let everybody in. */
  private Optional<Rule> rule(List<Peer> peers, Set<Port> ports) {
    Set<Pick> pods = new TreeSet<>();
    List<IpSet> outside = new ArrayList<>();
    for (Peer peer : peers) {
      switch (peer) {
        case Peer.Labelled(Pods labelled) -> pick(labelled).ifPresent(pods::add);
        case Peer.Addresses(IpSet set) -> outside.add(set);
      }
    }
    List<Cidrs.Block> blocks = Cidrs.blocks(IpSet.union(outside));
    return pods.isEmpty() && blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rule(pods, blocks, ports));
  }

  /** The workload's name for one, those of two or three; the label's key for more. */
  private static String name(Pick pick, List<Pods> subjects) {
    List<String> names =
        subjects.stream()
            .filter(s -> s.members().stream().allMatch(m -> selects(pick, m)))
            .map(s -> s.members().getFirst().owner().name())
            .distinct()
            .toList();
    String all = names.size() <= 3 ? String.join("-and-", names) : names.getFirst() + "-and-others";
    return all.length() <= 60 ? all : all.substring(0, 60).replaceAll("[^a-z0-9]+$", "");
  }

  private static boolean selects(Pick pick, Endpoint pod) {
    return pick.labels().entrySet().stream()
        .allMatch(l -> {
          String value = pod.facts().labels().known().get(l.getKey());
          return value != null && l.getValue().contains(value);
        });
  }

  /** Each name once in its namespace. */
  private static List<Draft> named(List<Draft> drafts) {
    Set<String> taken = new TreeSet<>();
    List<Draft> out = new ArrayList<>();
    for (Draft draft : drafts) {
      String name = draft.name();
      for (int i = 2; !taken.add(draft.subject().namespace() + "/" + name); i++) {
        name = draft.name() + "-" + i;
      }
      out.add(
          new Draft(name, draft.subject(), draft.ingress(), draft.egress(), draft.directions()));
    }
    return out;
  }
}
