package io.github.polverdict.questions.tighten;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.questions.calls.CallJudge;
import io.github.polverdict.questions.words.Reasons;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls of covered pods that the cluster depends on, most of them by nodes, and that would not be
 * what they are: webhooks and aggregated APIs, probes, and requests that come by an Ingress. Who is
 * declared to call is believed to be the caller.
 */
final class CutCalls {
  private static final Set<Need.Kind> KINDS =
      EnumSet.of(Need.Kind.ADMISSION, Need.Kind.AGGREGATION, Need.Kind.PROBE, Need.Kind.ROUTE);

  private final Bench before;
  private final Bench after;
  private final Plan.Wanted wanted;

  /** A pod that is called, and the port that is called there. */
  private record Served(Endpoint pod, Protocol protocol, int port) {}

  CutCalls(Bench before, Bench after, Plan.Wanted wanted) {
    this.before = before;
    this.after = after;
    this.wanted = wanted;
  }

  /** What would be cut, a sentence for each. */
  List<String> all() {
    Map<List<Object>, Need> known = new HashMap<>();
    before.surroundings().needs().forEach(n -> known.put(key(n), n));
    List<String> out = new ArrayList<>();
    for (Need need : after.surroundings().needs()) {
      Need today = known.get(key(need));
      List<Served> served = served(need.called());
      boolean own = served.stream().anyMatch(s -> covers(s.pod()));
      if (today != null && own && KINDS.contains(need.kind())) {
        cut(today, need, served).ifPresent(out::add);
      }
    }
    return out.stream().distinct().toList();
  }

  private static List<Object> key(Need need) {
    return List.of(need.kind(), need.what(), need.called());
  }

  private boolean covers(Endpoint pod) {
    return wanted.covered().stream().anyMatch(p -> p.has(pod));
  }

  private List<Served> served(Called called) {
    return switch (called) {
      case Called.EndpointPort(String id, Protocol protocol, int port) ->
          after.universe().endpoint(id).stream().map(e -> new Served(e, protocol, port)).toList();
      case Called.ServicePort(String id, Protocol protocol, int port) ->
          after.universe().services().stream()
              .filter(s -> s.id().equals(id))
              .flatMap(s -> s.ports().stream())
              .filter(p -> p.protocol() == protocol && p.number() == port)
              .flatMap(p -> p.backends().stream())
              .flatMap(b ->
                  after.universe().endpoint(b.endpoint()).stream()
                      .map(e -> new Served(e, protocol, b.port())))
              .toList();
      case Called.AddressPort _, Called.Untold _ -> List.of();
    };
  }

  private Optional<String> cut(Need today, Need need, List<Served> served) {
    List<Endpoint> callers = callers(after, need);
    List<Endpoint> declared = declared(callers, served);
    List<Verdict> now = verdicts(before, callers(before, today), today.called());
    List<Verdict> then = verdicts(after, declared.isEmpty() ? callers : declared, need.called());
    boolean worse = declared.isEmpty() ? share(then) < share(now) : share(then) < 1;
    return then.stream()
        .filter(v -> worse && share(now) > 0 && v.outcome() != Outcome.ALLOWED)
        .findFirst()
        .map(v -> sentence(need, v));
  }

  /** Who is declared to call: pods, if any is, for addresses may be those of anybody. */
  private List<Endpoint> declared(List<Endpoint> callers, List<Served> served) {
    List<Endpoint> out =
        callers.stream().filter(c -> served.stream().anyMatch(s -> declared(c, s))).toList();
    List<Endpoint> pods = out.stream().filter(c -> c.kind() == Kind.POD).toList();
    return pods.isEmpty() ? out : pods;
  }

  private static List<Endpoint> callers(Bench bench, Need need) {
    return need.callers().stream().flatMap(id -> bench.universe().endpoint(id).stream()).toList();
  }

  /** Whether a link lets it call; of a node whether one lets an address of its own. */
  private boolean declared(Endpoint caller, Served served) {
    return wanted.links().stream()
        .filter(l ->
            switch (l.from()) {
              case Peer.Labelled(Pods pods) -> pods.has(caller);
              case Peer.Addresses(IpSet set) -> set.overlaps(caller.addresses().set());
            })
        .filter(l -> l.to().has(served.pod()))
        .anyMatch(l ->
            l.ports().isEmpty()
                || l.ports().stream()
                    .anyMatch(p -> p.at(served.pod()).contains(served.protocol(), served.port())));
  }

  /** Of callers that are alike once. */
  private static List<Verdict> verdicts(Bench bench, List<Endpoint> callers, Called called) {
    CallJudge judge = new CallJudge(bench);
    Map<Object, Optional<Verdict>> known = new HashMap<>();
    return callers.stream()
        .map(c -> known.computeIfAbsent(judge.likeness(c, called), _ -> judge.judge(c, called)))
        .distinct()
        .flatMap(Optional::stream)
        .toList();
  }

  /** 1 when all are surely allowed, 0 when none is. */
  private static double share(List<Verdict> verdicts) {
    long allowed = verdicts.stream().filter(v -> v.outcome() == Outcome.ALLOWED).count();
    return allowed == 0 ? 0 : allowed == verdicts.size() ? 1 : 0.5;
  }

  private static String sentence(Need need, Verdict verdict) {
    String caller = verdict.flow().from().shownAs();
    String because =
        verdict.outcome() == Outcome.UNKNOWN
            ? Reasons.doubts(verdict.doubts())
            : Reasons.of(verdict).sentence();
    return ("%s would not surely be reached at %s: from %s it is %s, as %s;"
            + " declare who calls, a node as its address with /32")
        .formatted(need.what(), text(need.called()), caller, verdict.outcome(), because);
  }

  private static String text(Called called) {
    return switch (called) {
      case Called.ServicePort(String service, Protocol _, int port) -> service + ":" + port;
      case Called.EndpointPort(String id, Protocol _, int port) -> id + ":" + port;
      case Called.AddressPort(var address, Protocol _, int port) -> address + ":" + port;
      case Called.Untold(String what) -> what;
    };
  }
}
