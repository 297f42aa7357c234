package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.baseline.BaselineAnswer.Proof;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.Stance;
import io.github.polverdict.questions.inspect.Stance.Default;
import io.github.polverdict.questions.inspect.Stance.Peer;
import io.github.polverdict.questions.inspect.Stance.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Holds the default stances of one namespace against what is demanded of them. */
final class StanceRows {
  private static final int SHOWN = 3;
  private final Namespace namespace;

  StanceRows(Namespace namespace) {
    this.namespace = namespace;
  }

  /** The row of {@link Item#INGRESS}, {@link Item#EGRESS} or {@link Item#SAME_NAMESPACE}. */
  Row of(Item item, Demand demand) {
    if (item == Item.SAME_NAMESPACE) {
      return among(demand);
    }
    boolean in = item == Item.INGRESS;
    Stance stance = in ? namespace.ingress() : namespace.egress();
    Default newcomer = in ? namespace.newIngress() : namespace.newEgress();
    Outcome wanted = outcome(demand);
    List<Share> shares =
        stance.shares().stream().filter(s -> s.peer() != Peer.SAME_NAMESPACE).toList();
    Status now = status(shares, wanted);
    Status later = status(newcomer, wanted);
    Status status = now == Status.UNMET || later == Status.UNMET ? Status.UNMET : worse(now, later);
    List<Proof> proofs = new ArrayList<>(proofs(shares, status, wanted, in));
    if (proofs.isEmpty() && status != Status.MET) {
      proofs.add(newcomer(newcomer, in));
    }
    return row(item, demand, status, proofs);
  }

  private static Status worse(Status a, Status b) {
    return a == Status.UNKNOWN || b == Status.UNKNOWN ? Status.UNKNOWN : Status.MET;
  }

  private static Outcome outcome(Demand demand) {
    return demand == Demand.DENY ? Outcome.DENIED : Outcome.ALLOWED;
  }

  private static Status status(List<Share> shares, Outcome wanted) {
    if (shares.stream().anyMatch(s -> s.outcome() != wanted && s.outcome() != Outcome.UNKNOWN)) {
      return Status.UNMET;
    }
    return shares.stream().allMatch(s -> s.outcome() == wanted) ? Status.MET : Status.UNKNOWN;
  }

  private static Status status(Default word, Outcome wanted) {
    return switch (word) {
      case UNKNOWN -> Status.UNKNOWN;
      case MIXED -> Status.UNMET;
      case ALLOW -> wanted == Outcome.ALLOWED ? Status.MET : Status.UNMET;
      case DENY -> wanted == Outcome.DENIED ? Status.MET : Status.UNMET;
    };
  }

  /** Pods of the namespace among each other: denied where one of the two gates denies. */
  private Row among(Demand demand) {
    List<Share> in = own(namespace.ingress());
    List<Share> eg = own(namespace.egress());
    Outcome wanted = outcome(demand);
    Status a = status(in, wanted);
    Status b = status(eg, wanted);
    Status status;
    if (wanted == Outcome.DENIED) {
      status = a == Status.MET || b == Status.MET ? Status.MET : both(a, b);
    } else {
      status = a == Status.UNMET || b == Status.UNMET ? Status.UNMET : worse(a, b);
    }
    List<Proof> proofs = new ArrayList<>(proofs(in, status, wanted, true));
    proofs.addAll(proofs(eg, status, wanted, false));
    return row(Item.SAME_NAMESPACE, demand, status, proofs);
  }

  private static Status both(Status a, Status b) {
    return a == Status.UNKNOWN || b == Status.UNKNOWN ? Status.UNKNOWN : Status.UNMET;
  }

  private static List<Share> own(Stance stance) {
    return stance.shares().stream().filter(s -> s.peer() == Peer.SAME_NAMESPACE).toList();
  }

  private List<Proof> proofs(List<Share> shares, Status status, Outcome wanted, boolean in) {
    Predicate<Share> telling =
        switch (status) {
          case MET, NOTHING_TO_CHECK -> _ -> true;
          case UNMET -> s -> s.outcome() != wanted && s.outcome() != Outcome.UNKNOWN;
          case UNKNOWN -> s -> s.outcome() == Outcome.UNKNOWN;
        };
    return shares.stream().filter(telling).limit(SHOWN).map(s -> proof(s, in)).toList();
  }

  private Proof proof(Share share, boolean in) {
    String other =
        switch (share.peer()) {
          case SAME_NAMESPACE -> "(any pod of it)";
          case OTHER_NAMESPACES -> "(any pod elsewhere)";
          case OUTSIDE -> "(outside)";
        };
    String first =
        share.sample().isEmpty() || share.sample().getFirst().contains("(any pod)")
            ? namespace.name() + "/(a pod to come)"
            : share.sample().getFirst();
    String pods = first + (share.pods() > 1 ? " and " + (share.pods() - 1) + " more" : "");
    String flow = in ? other + " -> " + pods : pods + " -> " + other;
    String because = share.because() + (share.audited() ? ", and a denial is only noted" : "");
    return new Proof(
        share.outcome(),
        flow + " " + String.join(" and ", share.traffic()),
        because,
        share.origin());
  }

  private Proof newcomer(Default word, boolean in) {
    String pod = namespace.name() + "/(a pod to come)";
    Outcome outcome =
        switch (word) {
          case ALLOW, MIXED -> Outcome.ALLOWED;
          case DENY -> Outcome.DENIED;
          case UNKNOWN -> Outcome.UNKNOWN;
        };
    return new Proof(
        outcome,
        in ? "(anybody) -> " + pod : pod + " -> (anybody)",
        "policies select pods that are there by their labels, and none selects all",
        Optional.empty());
  }

  private Row row(Item item, Demand demand, Status status, List<Proof> proofs) {
    return new Row(namespace.name(), item, demand, status, "", proofs, Optional.empty());
  }
}
