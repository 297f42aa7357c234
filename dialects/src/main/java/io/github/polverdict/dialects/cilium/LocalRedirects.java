package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.Passage.Effect;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Redirect;
import io.github.polverdict.core.model.Redirect.Called;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Service.Backend;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.cilium.RedirectPolicy.Frontend;
import io.github.polverdict.dialects.kubernetes.Passages;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CiliumLocalRedirectPolicies: calls of an address or of a Service go to a ready pod on the
 * caller's own node instead, where there is one (pkg/redirectpolicy/manager.go of v1.15.19,
 * pkg/loadbalancer/redirectpolicy/controller.go of v1.20.2).
 */
final class LocalRedirects {
  static final String KIND = "CiliumLocalRedirectPolicy.cilium.io";
  static final String ROW = "cilium.local-redirect";

  private final Snapshot snapshot;
  private final Context context;

  private LocalRedirects(Snapshot snapshot, Context context) {
    this.snapshot = snapshot;
    this.context = context;
  }

  /** What all policies redirect; nothing when they are not read. */
  static List<Redirect> of(Snapshot snapshot, Context context) {
    LocalRedirects redirects = new LocalRedirects(snapshot, context);
    return context.active(ROW) ? redirects.all() : List.of();
  }

  /** Policies that could not be read may redirect calls of any address. */
  static List<Passage> unread(Snapshot snapshot, Context context) {
    return Unread.of(snapshot, Set.of(KIND)).stream()
        .filter(_ -> context.active(ROW))
        .flatMap(why ->
            Stream.of(Direction.values())
                .map(gate ->
                    Passages.of(new Effect.Uncertain(gate), context.origin(ROW)).onlyIf(why)))
        .toList();
  }

  private List<Redirect> all() {
    List<RedirectPolicy> policies =
        snapshot.ofKind(KIND).stream()
            .map(d -> new RedirectPolicy(d, snapshot, context))
            .filter(RedirectPolicy::isTaken)
            .toList();
    Set<Object> seen = new HashSet<>();
    Set<Object> twice = new HashSet<>();
    for (RedirectPolicy policy : policies) {
      policy.frontends().stream().filter(f -> !seen.add(f.key())).forEach(f -> twice.add(f.key()));
    }
    List<Redirect> out = new ArrayList<>();
    for (RedirectPolicy policy : policies) {
      for (Frontend frontend : policy.frontends()) {
        List<Doubt> doubts = new ArrayList<>();
        if (twice.contains(frontend.key())) {
          doubts.add(
              new Doubt.KnownAtRuntime(
                  "which of the policies that redirect it came first", policy.document().origin()));
        }
        out.addAll(redirects(policy, frontend, doubts));
      }
    }
    return out;
  }

  private List<Redirect> redirects(RedirectPolicy policy, Frontend frontend, List<Doubt> doubts) {
    Map<String, List<Backend>> sure = new TreeMap<>();
    Map<String, List<Backend>> open = new TreeMap<>();
    Optional<Integer> port = policy.portOf(frontend);
    if (port.isEmpty()) {
      return List.of();
    }
    for (var pods : policy.podsByNode(frontend).entrySet()) {
      List<Backend> to =
          pods.getValue().stream()
              .map(p -> new Backend(p.id().namespace() + "/" + p.id().name(), port.get()))
              .toList();
      boolean certain = policy.isCertain(frontend, pods.getValue());
      (certain ? sure : open).put(pods.getKey(), to);
    }
    List<Doubt> unsure = new ArrayList<>(doubts);
    unsure.add(Doubt.Unverified.of(context.origin(RedirectPolicy.OPEN)));
    List<Redirect> out = new ArrayList<>(callers(policy, frontend, sure, doubts));
    out.addAll(callers(policy, frontend, open, unsure));
    return out;
  }

  /** Those of pods and of what is on the nodes' network, and those of the backends themselves. */
  private List<Redirect> callers(
      RedirectPolicy policy, Frontend frontend, Map<String, List<Backend>> to, List<Doubt> doubts) {
    if (to.isEmpty()) {
      return List.of();
    }
    Origin origin = new Origin.Bent(policy.document().origin(), context.origin(ROW));
    List<Selector> ids =
        to.values().stream()
            .flatMap(List::stream)
            .<Selector>map(b -> new Selector.Is(b.endpoint()))
            .toList();
    Selector backends = new Selector.Or(ids);
    Selector others = Selector.and(new Selector.OfKind(translated()), new Selector.Not(backends));
    Map<String, List<Backend>> own = new TreeMap<>(to);
    if (policy.skipsBackends()) {
      own.values().removeIf(pods -> pods.size() == 1); // it calls what it called
    }
    List<Redirect> out = new ArrayList<>();
    out.add(redirect(frontend, others, to, doubts, origin));
    if (!own.isEmpty()) {
      List<Doubt> itself = new ArrayList<>(doubts);
      itself.add(
          new Doubt.KnownAtRuntime(
              "whether a pod that calls what is redirected to it gets itself, another or what it"
                  + " called",
              policy.document().origin()));
      out.add(redirect(frontend, backends, own, itself, origin));
    }
    return out;
  }

  /** Nodes' own calls are translated at the socket only. */
  private Set<Kind> translated() {
    boolean sockets =
        context.setting("kube-proxy-replacement").equals("true")
            || context.setting("bpf-lb-sock").equals("true");
    return sockets ? Kind.INSIDE : EnumSet.of(Kind.POD);
  }

  private static Redirect redirect(
      Frontend frontend,
      Selector from,
      Map<String, List<Backend>> to,
      List<Doubt> doubts,
      Origin origin) {
    Called called = frontend.called();
    PeerSpec callers = new PeerSpec.Selected(from);
    return new Redirect(called, frontend.protocol(), frontend.port(), callers, to, doubts, origin);
  }
}
