package io.github.polverdict.workbench.universe;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.PodStatus;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every part of a universe is built on: the snapshot, its namespaces, its address space. */
final class Ground {
  final Snapshot snapshot;
  final Namespaces namespaces;
  final Accounts accounts;
  final Owners owners;
  final Grouping grouping;
  final Set<String> mentionedKeys;
  final Set<Family> families;
  final Set<Finding> findings = new LinkedHashSet<>();

  /** The addresses among which those of a pod are that does not run yet. */
  final IpSet podSpace;

  Ground(Snapshot snapshot, PolicyModel model, Grouping grouping) {
    this.snapshot = snapshot;
    this.namespaces = new Namespaces(snapshot);
    this.accounts = new Accounts(snapshot);
    this.owners = new Owners(snapshot);
    this.grouping = grouping;
    this.mentionedKeys = MentionedKeys.of(model);
    this.families = Families.of(snapshot, model);
    this.podSpace = podSpace();
  }

  /**
   * The nodes' pod ranges when running pods show that the network uses them: engines with pools of
   * their own (Calico's IPPool, Cilium's cluster-pool) do not. Else every address.
   */
  private IpSet podSpace() {
    List<IpSet> ranges = new ArrayList<>();
    for (Document node : snapshot.ofKind("Node")) {
      node.at("spec", "podCIDRs")
          .items()
          .forEach(f -> f.text().flatMap(IpSet::cidr).ifPresent(ranges::add));
      node.at("spec", "podCIDR").text().flatMap(IpSet::cidr).ifPresent(ranges::add);
    }
    IpSet union = IpSet.union(ranges);
    List<IpSet> used =
        snapshot.ofKind("Pod").stream()
            .filter(p -> !PodSpecs.onHostNetwork(p.at("spec")))
            .map(p -> PodStatus.addresses(p.at("status")))
            .filter(s -> !s.isEmpty())
            .toList();
    boolean shown = !used.isEmpty() && used.stream().allMatch(s -> s.subsetOf(union));
    return shown ? union : Families.all(families);
  }

  /** Reads an address, or reports that it is none. */
  Optional<IpSet> address(Field field) {
    Optional<String> text = field.text().filter(t -> !t.isEmpty());
    Optional<IpSet> read = text.flatMap(IpAddress::parse).map(IpSet::of);
    if (text.isPresent() && read.isEmpty()) {
      find(
          "PV056",
          Severity.ERROR,
          "'" + text.get() + "' is not an IP address",
          "correct it",
          field.origin());
    }
    return read;
  }

  void find(String code, Severity severity, String message, String help, Origin origin) {
    findings.add(new Finding(code, severity, message, help, origin));
  }

  /** What was found, that of the namespaces first. */
  List<Finding> allFindings() {
    List<Finding> out = new ArrayList<>(namespaces.findings());
    out.addAll(findings);
    return out;
  }
}
