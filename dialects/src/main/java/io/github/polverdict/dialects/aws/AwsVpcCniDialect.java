package io.github.polverdict.dialects.aws;

import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.Compiled;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialect;
import io.github.polverdict.dialects.api.Frame;
import io.github.polverdict.dialects.api.Placed;
import io.github.polverdict.dialects.api.Policies;
import io.github.polverdict.dialects.api.PolicyKind;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.dialects.kubernetes.Bends;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.dialects.kubernetes.NetworkPolicySpec;
import io.github.polverdict.dialects.kubernetes.Reading;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the AWS VPC CNI's network policy agent reads NetworkPolicies. */
public final class AwsVpcCniDialect implements Dialect {

  @Override
  public String id() {
    return "aws-vpc-cni";
  }

  @Override
  public Map<String, Map<String, String>> aliases() {
    return Map.of("eks", Map.of(), "aws", Map.of());
  }

  @Override
  public Set<PolicyKind> policyKinds() {
    return NetworkPolicies.KINDS;
  }

  @Override
  public List<Sighting> recognise(Snapshot snapshot) {
    return AwsSightings.in(snapshot);
  }

  @Override
  public Policies policies(Snapshot snapshot, Context context) {
    Cluster cluster = new Cluster(snapshot, context);
    return document -> compiled(document, cluster, context);
  }

  private static Compiled<List<Placed>> compiled(
      Document document, Cluster cluster, Context context) {
    List<NetworkPolicySpec> read = new ArrayList<>();
    Reading reading = Reading.specification().names(cluster.names());
    Compiled<List<Placed>> compiled =
        NetworkPolicies.compile(
            document,
            spec -> {
              NetworkPolicySpec bent =
                  Bends.isolatingByRules(spec, context.origin("aws-vpc-cni.policytypes-ignored"));
              read.add(bent);
              return Optional.of(bent);
            },
            reading);
    List<Placed> placed = new ArrayList<>();
    for (Placed each : compiled.value()) {
      placed.add(read.isEmpty() ? each : withEntries(each, read.getFirst(), cluster, context));
    }
    for (NetworkPolicySpec spec : read) {
      for (Doubt doubt : Entries.doubts(spec, context)) {
        placed = new ArrayList<>(NetworkPolicies.isolatingOnly(placed, doubt));
      }
      placed.addAll(otherDirection(spec, compiled.value(), context));
    }
    return new Compiled<>(placed, compiled.findings());
  }

  /** The rules with the ranks of their addresses, and those that the controller adds. */
  private static Placed withEntries(
      Placed placed, NetworkPolicySpec spec, Cluster cluster, Context context) {
    Block block = placed.block();
    List<Rule> rules = new ArrayList<>();
    block.rules().forEach(r -> rules.add(Entries.ranked(r, spec, block.direction())));
    rules.addAll(Entries.excepts(spec, block.direction(), context));
    rules.addAll(cluster.hosts(spec, block.direction()));
    if (block.direction() == Direction.EGRESS) {
      rules.addAll(cluster.services(spec));
    }
    return new Placed(
        placed.tier(),
        new Block(
            block.name(),
            block.subject(),
            block.direction(),
            block.isolates(),
            rules,
            block.onlyIf(),
            block.origin()));
  }

  /** In strict mode a policy for one direction opens the other. */
  private static List<Placed> otherDirection(
      NetworkPolicySpec spec, List<Placed> placed, Context context) {
    if (!context.active("aws-vpc-cni.strict-mode") || placed.isEmpty()) {
      return List.of();
    }
    var row = context.origin("aws-vpc-cni.strict-one-direction");
    List<Placed> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      if (!spec.isolates().contains(direction)) {
        Rule allow = Rule.allow(List.of(PeerSpec.ANYONE), List.of(TrafficSpec.ALL), row);
        Block of = placed.getFirst().block();
        out.add(
            new Placed(
                AwsFrame.OTHER_DIRECTION,
                new Block(
                    of.name(), of.subject(), direction, false, List.of(allow), List.of(), row)));
      }
    }
    return out;
  }

  @Override
  public Frame frame(Snapshot snapshot, Context context) {
    return AwsFrame.of(snapshot, context);
  }
}
