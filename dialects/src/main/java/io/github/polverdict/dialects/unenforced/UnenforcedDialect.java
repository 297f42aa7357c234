package io.github.polverdict.dialects.unenforced;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Plane.Traits;
import io.github.polverdict.core.model.View;
import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Frame.Standard;
import io.github.polverdict.dialects.api.Kindnetd;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.dialects.kubernetes.WholeDump;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nothing is enforced, so nothing is compiled. */
public final class UnenforcedDialect implements Dialect {
  /** The first kindnetd that enforces is v20240813 (kind 0.24, minikube 1.34). */
  private static final int FIRST_KINDNETD = 20240813;

  @Override
  public String id() {
    return "unenforced";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("none", Map.of(), "flannel", Map.of(), "bridge", Map.of());
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return Set.of();
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    List<Document> idle = new ArrayList<>();
    List<Reason> because = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Optional<Reason> why = idle(set);
      if (why.isPresent()) {
        idle.add(set);
        because.add(why.get());
      } else if (KnownAgents.is(set)) {
        return List.of();
      }
    }
    if (KnownAgents.elsewhere(snapshot, idle)) {
      return List.of();
    }
    return idle.isEmpty() ? bare(snapshot) : List.of(sighting(because));
  }

  /** Why a DaemonSet is one of a plug-in that enforces nothing, or not as it is set up. */
  private static Optional<Reason> idle(Document set) {
    List<Field> containers = set.at("spec", "template", "spec", "containers").items();
    Optional<Field> flannel = Agents.container(set, "kube-flannel");
    if (flannel.isPresent() && containers.size() == 1) {
      return Optional.of(reason(set, "is flannel, with no container that enforces", flannel.get()));
    }
    Optional<Field> kindnet =
        Agents.container(set, "kindnet-cni").filter(UnenforcedDialect::isBeforePolicies);
    if (kindnet.isPresent()) {
      return Optional.of(reason(set, "is a kindnetd from before v20240813", kindnet.get()));
    }
    Optional<Field> vpc = Agents.container(set, "aws-node");
    Optional<Field> agent = Agents.container(set, "aws-eks-nodeagent");
    if (vpc.isPresent() && agent.isEmpty()) {
      return Optional.of(reason(set, "has no container aws-eks-nodeagent", vpc.get()));
    }
    return agent
        .filter(
            a -> Agents.argument(a, "enable-network-policy").filter("false"::equals).isPresent())
        .map(a -> reason(set, "runs its agent with --enable-network-policy=false", a));
  }

  private static boolean isBeforePolicies(Field kindnet) {
    return Kindnetd.date(kindnet).orElse(FIRST_KINDNETD) < FIRST_KINDNETD;
  }

  private static Reason reason(Document set, String says, Field place) {
    return new Reason(set.id().text() + " " + says, place.origin());
  }

  /** A cluster, read in full, in which no agent of a known engine runs, nor one of an unknown. */
  private static List<Sighting> bare(Snapshot snapshot) {
    Optional<Document> node = snapshot.ofKind("Node").stream().findFirst();
    boolean seenAll =
        snapshot.gaps().stream()
            .noneMatch(g -> g.mayHold("DaemonSet") || g.mayHold("Pod") || g.mayHold("Node"));
    if (node.isEmpty()
        || !seenAll
        || !(node.get().live() || WholeDump.is(snapshot))
        || KnownAgents.marked(snapshot)
        || Agents.daemonSets(snapshot).stream().anyMatch(KnownAgents::mayBe)) {
      return List.of();
    }
    String says = "no agent of a known policy engine runs in this cluster";
    return List.of(sighting(List.of(new Reason(says, node.get().origin()))));
  }

  private static Sighting sighting(List<Reason> because) {
    return new Sighting("unenforced", "", Map.of(), Optional.empty(), because);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    return document -> {
      throw new IllegalStateException(
          "this dialect reads no kind, so none is compiled: " + document.id());
    };
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return new Frame(
        false,
        Standard.in(""),
        List.of(),
        List.of(),
        View.CLEAR,
        Traits.USUAL,
        Action.ALLOW,
        List.of());
  }
}
