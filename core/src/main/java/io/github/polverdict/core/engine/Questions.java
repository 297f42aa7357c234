package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Redirect;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a model asks of an endpoint's labels, kind and addresses, numbered, each once. An
 * index keeps a question from endpoints that it surely does not match.
 */
final class Questions {
  private final Family family;
  private final Map<Question, Integer> numbers = new HashMap<>();
  private final List<Question> byNumber = new ArrayList<>();
  private final List<Integer> ofAddresses = new ArrayList<>();
  private final List<Integer> ofAll = new ArrayList<>();
  private final List<Joined> joined = new ArrayList<>();
  private final Map<Selector, List<Integer>> requiring = new HashMap<>();
  private final Map<Scope, List<Integer>> ofScope = new EnumMap<>(Scope.class);
  private final Set<String> ids = new HashSet<>();
  private final Set<String> nodes = new HashSet<>();
  private boolean selectAddresses;
  private boolean selectNodeLabels;
  private final TreeSet<IpAddress> cuts = new TreeSet<>();
  private final Map<IpAddress, List<Integer>> ofCut = new HashMap<>(); // by where a run begins
  private final Map<FactsKey, List<Answer>> factsAnswers = new HashMap<>();
  private final Map<AddressKey, List<Answer>> addressAnswers = new HashMap<>();

  private record Question(PeerSpec peer, View view) {}

  /** A question that an endpoint does not surely fail. */
  record Answer(int question, boolean sure) {}

  /** A question that asks for several others, which come before it in the list of such. */
  private record Joined(int number, List<Integer> parts) {}

  /**
   * What answers on labels and kind depend on; id, node, its labels and addresses only where a
   * selector asks.
   */
  private record FactsKey(Kind kind, Facts facts, String id, String node, Addresses addresses) {}

  /** What answers on addresses depend on: for one address the run of addresses that it is in. */
  private record AddressKey(Kind kind, IpSet addresses) {}

  Questions(PolicyModel model, Family family) {
    this.family = family;
    for (Plane plane : model.planes()) {
      View view = plane.view();
      plane.passages().forEach(p -> List.of(p.from(), p.to()).forEach(end -> add(end, view)));
      for (Redirect redirect : plane.redirects()) {
        AddressAtoms.asked(redirect).forEach(peer -> add(peer, view));
      }
      for (Tier tier : plane.tiers()) {
        for (Block block : tier.blocks()) {
          add(new PeerSpec.Selected(block.subject()), view);
          block.rules().forEach(rule -> rule.peers().forEach(peer -> add(peer, view)));
        }
      }
    }
    AddressAtoms.of(model).forEach(atom -> cuts.add(atom.ranges().getFirst().first()));
    ofAddresses.forEach(this::indexAddresses);
  }

  private void add(PeerSpec peer, View view) {
    Question question = new Question(peer, view);
    if (numbers.putIfAbsent(question, byNumber.size()) != null) {
      return;
    }
    int number = byNumber.size();
    byNumber.add(question);
    switch (peer) {
      case PeerSpec.Anyone _, PeerSpec.Called _, PeerSpec.CalledBy _, PeerSpec.Forwarded _ ->
          ofAll.add(number);
      case PeerSpec.InRange _, PeerSpec.Runtime _ -> ofAddresses.add(number);
      case PeerSpec.Selected(Selector selector) -> {
        collectIds(selector);
        index(number, required(selector));
      }
      case PeerSpec.AllOf(var all) -> {
        all.forEach(part -> add(part, view));
        List<Integer> parts = all.stream().map(part -> number(part, view)).toList();
        joined.add(new Joined(number, parts));
      }
    }
  }

  private void collectIds(Selector selector) {
    switch (selector) {
      case Selector.Is(String id) -> ids.add(id);
      case Selector.OnNode(String node) -> nodes.add(node);
      case Selector.AtAddress _ -> selectAddresses = true;
      case Selector.HasLabel(var scope, var _) -> selectNodeLabels |= scope == Scope.NODE;
      case Selector.LabelIn(var scope, var _, var _) -> selectNodeLabels |= scope == Scope.NODE;
      case Selector.LabelLike(var scope, var _, var _, var _) ->
          selectNodeLabels |= scope == Scope.NODE;
      case Selector.Not(Selector of) -> collectIds(of);
      case Selector.And(var all) -> all.forEach(this::collectIds);
      case Selector.Or(var any) -> any.forEach(this::collectIds);
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.OfServiceAccount _ -> {}
    }
  }

  /** A namespace or a label without which the selector surely does not match. */
  private static Optional<Selector> required(Selector selector) {
    return switch (selector) {
      case Selector.InNamespace _, Selector.LabelIn _ -> Optional.of(selector);
      case Selector.And(var all) -> {
        List<Selector> each = all.stream().flatMap(s -> required(s).stream()).toList();
        yield each.stream()
            .filter(Selector.InNamespace.class::isInstance)
            .findFirst()
            .or(() -> each.stream().findFirst());
      }
      case Selector.All _,
          Selector.OfKind _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.OnNode _,
          Selector.AtAddress _,
          Selector.Not _,
          Selector.Or _ ->
          Optional.empty();
    };
  }

  private void index(int number, Optional<Selector> required) {
    if (required.isPresent()
        && required.get() instanceof Selector.LabelIn(var scope, String key, var values)) {
      ofScope.computeIfAbsent(scope, _ -> new ArrayList<>()).add(number);
      for (String value : values) {
        requiring.computeIfAbsent(label(scope, key, value), _ -> new ArrayList<>()).add(number);
      }
    } else if (required.isPresent()) {
      requiring.computeIfAbsent(required.get(), _ -> new ArrayList<>()).add(number);
    } else {
      ofAll.add(number);
    }
  }

  private static Selector label(Scope scope, String key, String value) {
    return new Selector.LabelIn(scope, key, Set.of(value));
  }

  int size() {
    return byNumber.size();
  }

  int number(PeerSpec peer, View view) {
    Integer number = numbers.get(new Question(peer, view));
    if (number == null) {
      throw new IllegalArgumentException(peer + " is not in this model");
    }
    return number;
  }

  /** Whether a question matches something that is not one of the model's endpoints, a guise. */
  Truth ask(int number, Endpoint endpoint) {
    Question question = byNumber.get(number);
    return Matching.is(question.peer(), endpoint, question.view(), family).truth();
  }

  /** The questions on labels and kind that the endpoint does not fail. */
  List<Answer> onFacts(Endpoint endpoint) {
    String id = ids.contains(endpoint.id()) ? endpoint.id() : "";
    return factsAnswers.computeIfAbsent(
        new FactsKey(endpoint.kind(), facts(endpoint), id, node(endpoint), addresses(endpoint)),
        _ -> answers(candidates(endpoint), endpoint));
  }

  private Facts facts(Endpoint endpoint) {
    Facts all = endpoint.facts();
    return selectNodeLabels || all.nodeLabels().equals(Labels.NONE)
        ? all
        : new Facts(
            all.namespace(),
            all.labels(),
            all.namespaceLabels(),
            all.serviceAccount(),
            all.serviceAccountLabels(),
            Labels.NONE);
  }

  /** Its node if some selector asks for that one; empty for any other, {@code ?} if not known. */
  private String node(Endpoint endpoint) {
    String node = endpoint.node().orElse("?");
    return nodes.contains(node) || endpoint.node().isEmpty() ? node : "";
  }

  private Addresses addresses(Endpoint endpoint) {
    return selectAddresses ? endpoint.addresses() : Addresses.exactly(IpSet.NONE);
  }

  private List<Integer> candidates(Endpoint endpoint) {
    List<Integer> out = new ArrayList<>(ofAll);
    out.addAll(requiring.getOrDefault(new Selector.InNamespace(endpoint.namespace()), List.of()));
    for (Scope scope : Scope.values()) {
      Labels labels = endpoint.labels(scope);
      if (labels.incomplete().isPresent()) {
        out.addAll(ofScope.getOrDefault(scope, List.of()));
      } else {
        labels
            .known()
            .forEach((key, value) ->
                out.addAll(requiring.getOrDefault(label(scope, key, value), List.of())));
      }
    }
    return out.stream().sorted().toList();
  }

  /** The questions on addresses that the endpoint does not fail. */
  List<Answer> onAddresses(Endpoint endpoint) {
    IpSet own = endpoint.addresses().of(family).set();
    boolean one =
        own.ranges().size() == 1
            && own.ranges().getFirst().first().equals(own.ranges().getFirst().last());
    IpSet cause = one ? IpSet.of(cuts.floor(own.ranges().getFirst().first())) : own;
    return addressAnswers.computeIfAbsent(
        new AddressKey(endpoint.kind(), cause), _ -> answers(ofAddresses(own), endpoint));
  }

  /** The questions on addresses that an endpoint with these may not fail. */
  private List<Integer> ofAddresses(IpSet own) {
    if (own.isEmpty()) {
      return ofAddresses;
    }
    IpAddress first = cuts.floor(own.ranges().getFirst().first());
    IpAddress last = cuts.floor(own.ranges().getLast().last());
    return first.equals(last) ? ofCut.getOrDefault(first, List.of()) : ofAddresses;
  }

  private void indexAddresses(int number) {
    IpSet asked =
        switch (byNumber.get(number).peer()) {
          case PeerSpec.InRange(IpSet range, var _) -> range;
          case PeerSpec.Runtime(IpSet atLeast, IpSet atMost, var _) ->
              IpSet.union(List.of(atLeast, atMost));
          case PeerSpec.Anyone _,
              PeerSpec.Called _,
              PeerSpec.CalledBy _,
              PeerSpec.Forwarded _,
              PeerSpec.Selected _,
              PeerSpec.AllOf _ ->
              IpSet.NONE;
        };
    for (IpSet.Range range : asked.of(family).ranges()) {
      for (IpAddress cut : cuts.subSet(cuts.floor(range.first()), true, range.last(), true)) {
        List<Integer> known = ofCut.computeIfAbsent(cut, _ -> new ArrayList<>());
        if (known.isEmpty() || known.getLast() != number) {
          known.add(number);
        }
      }
    }
  }

  /** The answers of an endpoint, with those that follow from them. */
  List<Answer> withJoined(List<Answer> answers) {
    if (joined.isEmpty()) {
      return answers;
    }
    Set<Integer> possible = new HashSet<>();
    Set<Integer> sure = new HashSet<>();
    List<Answer> out = new ArrayList<>(answers);
    answers.forEach(a -> collect(a, possible, sure));
    for (Joined each : joined) {
      if (possible.containsAll(each.parts())) {
        Answer answer = new Answer(each.number(), sure.containsAll(each.parts()));
        collect(answer, possible, sure);
        out.add(answer);
      }
    }
    return out;
  }

  private static void collect(Answer answer, Set<Integer> possible, Set<Integer> sure) {
    possible.add(answer.question());
    if (answer.sure()) {
      sure.add(answer.question());
    }
  }

  private List<Answer> answers(List<Integer> questions, Endpoint endpoint) {
    List<Answer> out = new ArrayList<>();
    for (int number : questions) {
      Truth truth = ask(number, endpoint);
      if (truth != Truth.NO) {
        out.add(new Answer(number, truth == Truth.YES));
      }
    }
    return out;
  }
}
