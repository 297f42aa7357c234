package io.github.polverdict.workbench;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.engine.ReachMatrix;
import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.Quirk;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.Standing;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Surroundings;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.surroundings.SurroundingsReader;
import io.github.polverdict.workbench.universe.Grouping;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One snapshot under its engines, ready to be asked. Its matrices are made when first needed. */
public final class Session implements Bench {
  private final Made made;
  private final Workbench workbench;
  private final Judge judge;
  private final Set<Family> families;
  private final Map<Family, ReachMatrix> matrices = new EnumMap<>(Family.class);
  private @Nullable Inventory inventory;
  private @Nullable Surroundings surroundings;

  /** What a session is made of. */
  record Made(
      Snapshot snapshot,
      List<Sighting> engines,
      Grouping grouping,
      PolicyModel model,
      Universe universe,
      List<Finding> findings,
      List<Standing> standings) {}

  Session(Made made, Workbench workbench) {
    this.made = made;
    this.workbench = workbench;
    this.judge = new Judge(made.model(), made.universe());
    this.families = families(made.universe());
  }

  private static Set<Family> families(Universe universe) {
    Set<Family> out = EnumSet.noneOf(Family.class);
    for (Endpoint endpoint : universe.endpoints()) {
      if (endpoint.kind() == Kind.EXTERNAL) {
        out.add(endpoint.addresses().set().ranges().getFirst().first().family());
      }
    }
    return Collections.unmodifiableSet(out);
  }

  /** The same snapshot under another engine. */
  public Session withCni(CniSpec said) {
    return workbench.open(made.snapshot(), Optional.of(said), made.grouping());
  }

  public Snapshot snapshot() {
    return made.snapshot();
  }

  /** The engines as they were seen or said. */
  public List<Sighting> engines() {
    return made.engines();
  }

  public Grouping grouping() {
    return made.grouping();
  }

  /** The workbench that made it. */
  public Workbench workbench() {
    return workbench;
  }

  @Override
  public String name() {
    return made.snapshot().name();
  }

  @Override
  public Universe universe() {
    return made.universe();
  }

  @Override
  public PolicyModel model() {
    return made.model();
  }

  @Override
  public Judge judge() {
    return judge;
  }

  /** What is predicted of one flow. */
  public Outcome outcome(Flow flow) {
    return judge.judge(flow).outcome();
  }

  @Override
  public synchronized ReachMatrix matrix(Family family) {
    return matrices.computeIfAbsent(family, f -> ReachMatrix.of(made.model(), made.universe(), f));
  }

  @Override
  public Set<Family> families() {
    return families;
  }

  @Override
  public List<Finding> findings() {
    return made.findings();
  }

  @Override
  public boolean measured(String quirk) {
    return workbench.dialects().profiles().stream()
        .flatMap(p -> p.quirk(quirk).stream())
        .anyMatch(q -> q.status() == Quirk.Status.MEASURED);
  }

  /** What engines say of policies as a whole. */
  List<Standing> standings() {
    return made.standings();
  }

  @Override
  public synchronized Inventory inventory() {
    Inventory known = inventory;
    if (known == null) {
      known = Inventories.of(this);
      inventory = known;
    }
    return known;
  }

  @Override
  public synchronized Surroundings surroundings() {
    Surroundings known = surroundings;
    if (known == null) {
      known = SurroundingsReader.read(made.snapshot(), made.universe());
      surroundings = known;
    }
    return known;
  }
}
