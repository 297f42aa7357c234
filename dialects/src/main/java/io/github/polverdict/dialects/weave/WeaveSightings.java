package io.github.polverdict.dialects.weave;

import io.github.polverdict.dialects.api.Agents;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Sighting.Reason;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds weave by its DaemonSet {@code weave-net} with the containers weave and weave-npc. */
final class WeaveSightings {
  private WeaveSightings() {}

  static List<Sighting> in(Snapshot snapshot) {
    List<Sighting> out = new ArrayList<>();
    for (Document set : Agents.daemonSets(snapshot)) {
      Optional<Field> weave = Agents.container(set, "weave");
      Optional<Field> npc = Agents.container(set, "weave-npc");
      if (weave.isPresent() && (npc.isPresent() || set.id().name().startsWith("weave"))) {
        out.addAll(Agents.placed(snapshot, set, List.of(sighting(set, weave.get(), npc))));
      }
    }
    return out;
  }

  private static Sighting sighting(Document set, Field weave, Optional<Field> npc) {
    Field versioned = npc.orElse(weave);
    List<Reason> because = new ArrayList<>(List.of(Agents.imageReason(set, versioned)));
    Map<String, String> settings = new TreeMap<>();
    Optional<Field> expected =
        Agents.variable(weave, "EXPECT_NPC").filter(f -> f.text("").equals("0"));
    if (npc.isEmpty() || expected.isPresent()) {
      settings.put("npc", "off");
      because.add(
          new Reason(
              npc.isEmpty()
                  ? "there is no container weave-npc"
                  : "EXPECT_NPC=0 on the container weave",
              expected.orElse(weave).origin(),
              "npc"));
    }
    npc.flatMap(c -> Agents.argument(c, "allow-mcast"))
        .ifPresent(value -> settings.put("allow-mcast", value));
    return new Sighting("weave", Agents.version(versioned), settings, Optional.empty(), because);
  }
}
