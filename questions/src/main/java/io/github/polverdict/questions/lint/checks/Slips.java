package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Surroundings.Slip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PV205 and PV215: directions that are not what a reader takes them for. */
final class Slips implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Slip slip : ground.surroundings().slips()) {
      switch (slip.sort()) {
        case IMPLIED -> implied(slip, ground, out);
        case LEFT_OUT -> leftOut(slip, ground, out);
      }
    }
  }

  private static void implied(Slip slip, Ground ground, Sink out) {
    Optional<Placed> block =
        ground.blocks().stream()
            .filter(b -> b.block().name().equals(slip.object()))
            .filter(b -> b.block().direction() == slip.direction() && b.sure())
            .findFirst();
    if (block.isEmpty()) {
      return;
    }
    List<Endpoint> closed =
        block.get().selected().stream().filter(e -> closed(e, slip.direction(), ground)).toList();
    if (closed.isEmpty()) {
      return;
    }
    String word = slip.direction() == Direction.INGRESS ? "ingress" : "egress";
    boolean egressRules =
        ground.blocks().stream()
            .anyMatch(b -> b.block().name().equals(slip.object()) && !b.block().rules().isEmpty());
    out.add(
        "PV205",
        slip.origin(),
        "%s closes %s for %s although nothing in it says so: without policyTypes every policy does"
            .formatted(slip.object(), Wording.list(closed), word),
        Remedy.change(
            egressRules
                ? "say policyTypes: [Egress] if only egress is meant"
                : "say policyTypes: [Ingress] if that is meant",
            slip.object(),
            "[{\"op\": \"add\", \"path\": \"/spec/policyTypes\", \"value\": [\"%s\"]}]"
                .formatted(egressRules ? "Egress" : "Ingress")));
  }

  /** Whether no rule of any policy allows an endpoint anything in a direction. */
  private static boolean closed(Endpoint endpoint, Direction direction, Ground ground) {
    return ground.blocks().stream()
        .filter(b -> b.block().direction() == direction)
        .filter(b -> b.maySelect(endpoint))
        .flatMap(b -> b.block().rules().stream())
        .noneMatch(r -> r.action() == Action.ALLOW && !r.peers().isEmpty());
  }

  private static void leftOut(Slip slip, Ground ground, Sink out) {
    boolean judged =
        ground.blocks().stream()
            .anyMatch(b ->
                b.block().name().equals(slip.object())
                    && b.block().direction() == slip.direction());
    boolean read =
        ground.inventory().policies().stream()
            .anyMatch(p -> p.name().equals(slip.object()) && !p.readBy().isEmpty());
    if (judged || !read) {
      return; // the engine takes the rules all the same, or reads nothing of it
    }
    String type = slip.direction() == Direction.INGRESS ? "Ingress" : "Egress";
    List<Endpoint> open = new ArrayList<>();
    for (Placed placed : ground.blocks()) {
      if (placed.block().name().equals(slip.object())) {
        placed.selected().stream()
            .filter(e -> ground.over(e, slip.direction()).isEmpty())
            .filter(e -> !open.contains(e))
            .forEach(open::add);
      }
    }
    String so =
        open.isEmpty()
            ? ""
            : ", and leave "
                + Wording.list(open)
                + " open for "
                + type.toLowerCase(java.util.Locale.ROOT);
    out.add(
        "PV215",
        slip.origin(),
        "the rules of %s have no effect: its policyTypes leaves %s out%s"
            .formatted(slip.object(), type, so),
        Remedy.change(
            "add " + type + " to policyTypes, or remove the rules",
            slip.object(),
            "[{\"op\": \"add\", \"path\": \"/spec/policyTypes/-\", \"value\": \"%s\"}]"
                .formatted(type)));
  }
}
