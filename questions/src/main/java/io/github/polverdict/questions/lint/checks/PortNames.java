package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.Truth;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** PV214: names of ports that nobody declares. */
final class PortNames implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Placed placed : ground.blocks()) {
      for (Rule rule : placed.block().rules()) {
        if (placed.sure() && rule.onlyIf().isEmpty() && rule.action() == Action.ALLOW) {
          for (TrafficSpec spec : rule.traffic()) {
            if (named(spec) instanceof TrafficSpec.Named named) {
              names(placed, rule, named, ground, out);
            }
          }
        }
      }
    }
  }

  private static TrafficSpec named(TrafficSpec spec) {
    return spec instanceof TrafficSpec.Without(TrafficSpec some, TrafficSpec _)
        ? named(some)
        : spec;
  }

  private static void names(
      Placed placed, Rule rule, TrafficSpec.Named named, Ground ground, Sink out) {
    List<Endpoint> owners = owners(placed, rule, ground);
    if (owners.isEmpty()) {
      return;
    }
    Map<String, Set<Protocol>> asked = new TreeMap<>();
    named
        .names()
        .forEach(n -> asked.computeIfAbsent(n.name(), _ -> new TreeSet<>()).add(n.protocol()));
    asked.forEach((name, protocols) -> {
      boolean declared =
          owners.stream()
              .flatMap(e -> e.ports().stream())
              .anyMatch(p -> p.name().equals(name) && protocols.contains(p.protocol()));
      if (!declared) {
        out.add(
            "PV214",
            rule.origin(),
            "a rule of %s allows the port '%s'%s, which no container of %s declares"
                .formatted(
                    placed.block().name(),
                    name,
                    protocols.size() == 1 ? " (" + protocols.iterator().next() + ")" : "",
                    Wording.list(owners)),
            Remedy.of("name the port in the pods' containers, or write its number"));
      }
    });
  }

  /** The pods that the names are ports of; none when not all of them are known. */
  private static List<Endpoint> owners(Placed placed, Rule rule, Ground ground) {
    if (placed.block().direction() == Direction.INGRESS) {
      boolean known = placed.perhaps().isEmpty() && !missing(placed.selected(), ground);
      return known ? placed.selected() : List.of();
    }
    if (ground.podsMayBeMissing("")) {
      return List.of();
    }
    List<Endpoint> out = new ArrayList<>();
    for (Endpoint endpoint : ground.pods()) {
      for (PeerSpec peer : rule.peers()) {
        Truth is = ground.is(peer, endpoint, placed.plane());
        if (is == Truth.MAYBE || !(peer instanceof PeerSpec.Selected)) {
          return List.of();
        }
        if (is == Truth.YES) {
          out.add(endpoint);
        }
      }
    }
    return out;
  }

  private static boolean missing(List<Endpoint> pods, Ground ground) {
    return pods.stream().map(Endpoint::namespace).distinct().anyMatch(ground::podsMayBeMissing);
  }
}
