package io.github.polverdict.workbench;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.DialectResolver;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.PolicyCompiler;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.api.provision.Provisions;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.universe.Grouping;
import io.github.polverdict.workbench.universe.UniverseBuilder;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes sessions of snapshots. What it makes is a pure function of its arguments. */
public final class Workbench {
  private final Dialects dialects;

  public Workbench(Dialects dialects) {
    this.dialects = dialects;
  }

  /** A workbench that knows every dialect on the class path. */
  public static Workbench installed() {
    return new Workbench(Dialects.installed());
  }

  /**
   * Opens a snapshot under the engine that the user says, else those it shows, else the
   * specification.
   *
   * @throws IllegalArgumentException with a sentence for the user when no such engine is known
   */
  public Session open(Snapshot snapshot, Optional<CniSpec> said, Grouping grouping) {
    return open(snapshot, new DialectResolver(dialects).resolve(snapshot, said), grouping);
  }

  /** Opens a snapshot with every default. */
  public Session open(Snapshot snapshot) {
    return open(snapshot, Optional.empty(), Grouping.WORKLOAD);
  }

  /** Opens a snapshot under engines that are already known. */
  public Session open(Snapshot read, List<Sighting> engines, Grouping grouping) {
    Snapshot snapshot = UnknownKinds.refused(read, policyKinds());
    Compiled<PolicyModel> policies = new PolicyCompiler(dialects).compile(snapshot, engines);
    Compiled<Universe> universe = UniverseBuilder.build(snapshot, policies.value(), grouping);
    Set<Finding> findings = new LinkedHashSet<>(snapshot.findings());
    findings.addAll(policies.findings());
    findings.addAll(universe.findings());
    return new Session(
        new Session.Made(
            snapshot,
            engines,
            grouping,
            policies.value(),
            universe.value(),
            List.copyOf(findings),
            policies.standings()),
        this);
  }

  /** Every type of policy that some engine enforces, whether it is judged or not. */
  public Set<String> policyKinds() {
    Set<String> out = new HashSet<>();
    dialects.all().forEach(d -> d.policyKinds().forEach(k -> out.add(k.type())));
    dialects.profiles().forEach(p -> out.addAll(Inventories.unmodelled(p)));
    return out;
  }

  /** The labels that hold a namespace's name, in the words of any engine. */
  public Set<String> namespaceLabels() {
    Set<String> out = new HashSet<>(Set.of("kubernetes.io/metadata.name"));
    dialects.all().forEach(d -> out.addAll(d.namespaceLabels()));
    return out;
  }

  /** The forms in which defaults of namespaces can be written. */
  public Provisions provisions() {
    return new Provisions(dialects);
  }

  /** What a setting of an engine is, where it is not set its default; empty when it has none. */
  public String setting(Sighting engine, String name) {
    return dialects.context(engine).setting(name);
  }

  Dialects dialects() {
    return dialects;
  }
}
