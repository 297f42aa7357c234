package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.engine.Selection;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.naming.FlowResolver;
import io.github.polverdict.questions.naming.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Finds whom the ends of one expectation mean; what means nobody is a problem. */
final class Ends {
  private static final Set<Kind> NODES = Set.of(Kind.NODE, Kind.HOST_POD);

  private final Universe universe;
  private final FlowResolver resolver;
  private final String each;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * For the ends of an expectation.
   *
   * @param each the namespace that it is about; empty for none
   */
  Ends(Bench bench, String defaultNamespace, String each) {
    this.universe = bench.universe();
    this.resolver = new FlowResolver(bench, defaultNamespace);
    this.each = each;
  }

  List<String> problems() {
    return problems;
  }

  List<String> notes() {
    return notes;
  }

  /** Who calls. */
  List<Member> sources(Expectation expectation) {
    List<Member> out = new ArrayList<>();
    for (Whom whom : expectation.from()) {
      if (whom instanceof Whom.Called(String words)) {
        switch (resolver.from(words)) {
          case Reply.Answered<List<Goal.End>>(List<Goal.End> ends) -> out.addAll(members(ends));
          case Reply.Refused<List<Goal.End>>(List<Refusal> refusals) -> refused(refusals);
        }
      } else {
        out.addAll(found(whom));
      }
    }
    return without(out, expectation.notFrom());
  }

  /** What is called. */
  List<Target> targets(Expectation expectation) {
    List<Target> out = new ArrayList<>();
    List<Member> plain = new ArrayList<>();
    for (Whom whom : expectation.to()) {
      if (whom instanceof Whom.Called(String words)) {
        switch (resolver.to(words)) {
          case Reply.Answered<Goal>(Goal.Ends(List<Goal.End> ends, var port)) -> {
            List<Traffic> own = ports(expectation, Traffic.of(port));
            without(members(ends), expectation.notTo())
                .forEach(m -> out.add(new Target.Direct(m, own)));
          }
          case Reply.Answered<Goal>(Goal.Called called) -> {
            if (!expectation.notTo().isEmpty()) {
              problems.add(
                  "exceptTo says nothing of %s, which chooses its pods itself: name those pods"
                      .formatted(called.service().id()));
            }
            out.add(new Target.Called(called, ports(expectation, Traffic.of(called.port()))));
          }
          case Reply.Refused<Goal>(List<Refusal> refusals) -> refused(refusals);
        }
      } else {
        plain.addAll(found(whom));
      }
    }
    without(plain, expectation.notTo())
        .forEach(m -> out.add(new Target.Direct(m, expectation.ports())));
    return out;
  }

  private static List<Traffic> ports(Expectation expectation, Traffic own) {
    return own.equals(Traffic.PORTS) ? expectation.ports() : List.of(own);
  }

  private void refused(List<Refusal> refusals) {
    for (Refusal refusal : refusals) {
      String more =
          refusal.suggestions().isEmpty()
              ? ""
              : "; did you mean " + String.join(", ", refusal.suggestions()) + "?";
      problems.add(refusal.message() + more);
    }
  }

  /** Stand-ins for pods that could not be read may be anybody, or nobody. */
  private static List<Member> members(List<Goal.End> ends) {
    return ends.stream().map(e -> new Member(e, there(e.cell()))).toList();
  }

  private static Truth there(Endpoint endpoint) {
    return endpoint.id().endsWith("/*") ? Truth.MAYBE : Truth.YES;
  }

  private List<Member> found(Whom whom) {
    List<Member> out = all(whom);
    if (out.isEmpty()) {
      problems.add("there is nothing that " + whom.words() + " means here");
    }
    return out;
  }

  private List<Member> all(Whom whom) {
    List<Member> out = new ArrayList<>();
    for (Endpoint endpoint : universe.endpoints()) {
      Truth meant = means(whom, endpoint).and(there(endpoint));
      if (meant != Truth.NO) {
        out.add(new Member(part(whom, endpoint), meant));
      }
    }
    return out;
  }

  /** The endpoint, or of a range of addresses what a block has of it. */
  private static Goal.End part(Whom whom, Endpoint endpoint) {
    IpSet own = endpoint.addresses().set();
    return whom instanceof Whom.Block(IpSet block, String _) && !own.subsetOf(block)
        ? new Goal.End(endpoint.with(Addresses.exactly(own.and(block))), endpoint)
        : Goal.End.of(endpoint);
  }

  private Truth means(Whom whom, Endpoint endpoint) {
    return switch (whom) {
      case Whom.Called _ -> Truth.NO; // understood by the resolver
      case Whom.Every(Whom.Sort sort) ->
          Truth.of(
              switch (sort) {
                case ANYTHING -> !NODES.contains(endpoint.kind());
                case PODS -> endpoint.kind() == Kind.POD;
                case OUTSIDE -> endpoint.kind() == Kind.EXTERNAL;
                case NODES -> NODES.contains(endpoint.kind());
              });
      case Whom.Block(IpSet block, String _) ->
          Truth.of(endpoint.kind() == Kind.EXTERNAL && endpoint.addresses().set().overlaps(block));
      case Whom.Selected(Whom.Where where, Selector selector, String _) ->
          endpoint.kind() == Kind.POD
              ? in(where, endpoint).and(Selection.of(selector, endpoint))
              : Truth.NO;
    };
  }

  private Truth in(Whom.Where where, Endpoint endpoint) {
    return switch (where) {
      case ANYWHERE -> Truth.YES;
      case THIS -> Truth.of(endpoint.namespace().equals(each));
      case OTHERS -> Truth.of(!endpoint.namespace().equals(each));
    };
  }

  /** Who is not excepted; who perhaps is, is perhaps meant. */
  private List<Member> without(List<Member> some, List<Whom> except) {
    Excepted left = new Excepted(new LinkedHashMap<>(), new ArrayList<>());
    except.forEach(whom -> add(whom, left));
    return some.stream().flatMap(m -> left.rest(m).stream()).toList();
  }

  private void add(Whom whom, Excepted left) {
    if (whom instanceof Whom.Called(String words)) {
      switch (resolver.from(words)) {
        case Reply.Answered<List<Goal.End>>(List<Goal.End> ends) ->
            ends.forEach(e -> left.add(e.judged(), there(e.cell())));
        case Reply.Refused<List<Goal.End>>(List<Refusal> refusals) ->
            refusals.forEach(r -> notes.add("excepts nobody: " + r.message()));
      }
      return;
    }
    List<Member> all = all(whom);
    all.forEach(m -> left.add(m.judged(), m.sure()));
    if (all.isEmpty()) {
      notes.add("excepts nobody: there is nothing that " + whom.words() + " means here");
    }
  }
}
