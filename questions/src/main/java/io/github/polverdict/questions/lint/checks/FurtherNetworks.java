package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.model.Endpoint;

/** PV110: isolated pods with networks that policies do not see. */
final class FurtherNetworks implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    ground
        .surroundings()
        .furtherNetworks()
        .forEach((id, networks) -> {
          for (Placed placed : ground.blocks()) {
            for (Endpoint pod : placed.selected()) {
              if (pod.id().equals(id)) {
                out.add(
                    "PV110",
                    pod.origin(),
                    "%s is also attached to %s, which %s does not cover"
                        .formatted(pod.shownAs(), networks, placed.block().name()),
                    Remedy.of("detach it, or protect that network with MultiNetworkPolicy"));
                return;
              }
            }
          }
        });
  }
}
