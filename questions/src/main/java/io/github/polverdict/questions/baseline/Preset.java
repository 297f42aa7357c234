package io.github.polverdict.questions.baseline;

import static io.github.polverdict.questions.baseline.Item.API_SERVER;
import static io.github.polverdict.questions.baseline.Item.DNS;
import static io.github.polverdict.questions.baseline.Item.EGRESS;
import static io.github.polverdict.questions.baseline.Item.ENFORCEMENT;
import static io.github.polverdict.questions.baseline.Item.INGRESS;
import static io.github.polverdict.questions.baseline.Item.INGRESS_PATH;
import static io.github.polverdict.questions.baseline.Item.METADATA;
import static io.github.polverdict.questions.baseline.Item.PROBES;
import static io.github.polverdict.questions.baseline.Item.SCRAPE;
import static io.github.polverdict.questions.baseline.Item.WEBHOOKS;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A baseline that others have published, as far as it can be held against a cluster.
 *
 * @param id lower case, as {@code nsa-cisa}
 * @param demands of every namespace
 */
public record Preset(String id, Map<Item, Demand> demands, List<Control> controls) {
  /** Calls that the platform depends on are wanted by every preset: what breaks is undone. */
  private static final List<Item> NEEDED =
      List.of(DNS, PROBES, API_SERVER, WEBHOOKS, SCRAPE, INGRESS_PATH);

  public static final Preset KUBERNETES_DEFAULT =
      of(
          "kubernetes-default",
          Map.of(INGRESS, Demand.DENY, EGRESS, Demand.DENY),
          new Control(
              "default-deny",
              "a default policy for a namespace that denies all ingress and all egress",
              Sources.KUBERNETES,
              List.of(INGRESS, EGRESS),
              ""),
          new Control(
              "dns",
              "egress that is denied by default must still let pods look up names",
              Sources.KUBERNETES_DNS,
              List.of(DNS),
              ""),
          new Control(
              "controller",
              "a policy has no effect without a network plugin that enforces it",
              Sources.KUBERNETES,
              List.of(ENFORCEMENT),
              ""));

  public static final Preset CIS_5_3 =
      of(
          "cis-5.3",
          Map.of(INGRESS, Demand.DENY),
          new Control(
              "5.3.1",
              "the network plugin in use supports NetworkPolicies",
              Sources.CIS,
              List.of(ENFORCEMENT),
              ""),
          new Control(
              "5.3.2",
              "every namespace has NetworkPolicies: held here to what they do, a default deny of"
                  + " ingress, and not to how many there are",
              Sources.CIS,
              List.of(INGRESS),
              "whether the allows fit what each application needs: the benchmark has it reviewed by"
                  + " hand"));

  public static final Preset NSA_CISA =
      of(
          "nsa-cisa",
          Map.of(INGRESS, Demand.DENY, EGRESS, Demand.DENY, METADATA, Demand.DENY),
          new Control(
              "network-policies",
              "a network plugin that supports policies, and a default that denies all ingress and"
                  + " egress to pods that no policy selects",
              Sources.NSA,
              List.of(ENFORCEMENT, INGRESS, EGRESS),
              ""),
          new Control(
              "metadata",
              "pods of a cloud's machines do not reach the service with the machines' credentials",
              Sources.NSA,
              List.of(METADATA),
              "credentials that are handed out over another way, instance profiles for example"),
          new Control(
              "control-plane",
              "the API server and etcd are reached by those only that need them: held here to pods,"
                  + " which a default deny of egress keeps from them unless they are let",
              Sources.NSA,
              List.of(EGRESS),
              "pods on their node's network, firewalls before the nodes and etcd's own certificates"
                  + " are not in the objects"),
          new Control(
              "encryption",
              "traffic between nodes and services is encrypted",
              Sources.NSA,
              List.of(),
              "encryption is no question of reachability"));

  public static final Preset PCI_SEGMENTATION =
      of(
          "pci-segmentation",
          Map.of(INGRESS, Demand.DENY, EGRESS, Demand.DENY, METADATA, Demand.DENY),
          new Control(
              "1.3.1",
              "inbound traffic to the cardholder data environment is what is needed, all else is denied",
              Sources.PCI,
              List.of(INGRESS),
              "whether an allowed flow is needed: each wants a business reason on paper (1.2.5)"),
          new Control(
              "1.3.2",
              "outbound traffic from the cardholder data environment is what is needed, all else is"
                  + " denied",
              Sources.PCI,
              List.of(EGRESS, METADATA),
              "whether an allowed flow is needed"),
          new Control(
              "1.4.1",
              "controls stand between trusted and untrusted networks",
              Sources.PCI,
              List.of(ENFORCEMENT, INGRESS),
              "firewalls outside of the cluster; pods on their node's network and NodePorts go round"
                  + " policies of pods"),
          new Control(
              "1.2.7",
              "the rules are reviewed every six months",
              Sources.PCI,
              List.of(),
              "who reviewed what and when is not in the cluster; an exception's expiry is held here"),
          new Control(
              "11.4.5",
              "segmentation is tested with traffic every year, every six months by service providers"
                  + " (11.4.6)",
              Sources.PCI,
              List.of(),
              "judged here, not tested: polverdict verify sends packets and keeps the evidence"));

  /** Where the controls can be looked up. */
  private static final class Sources {
    static final String KUBERNETES =
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies";
    static final String KUBERNETES_DNS =
        "https://kubernetes.io/docs/tasks/administer-cluster/declare-network-policy/";
    static final String CIS =
        "CIS Kubernetes Benchmark v1.11, 5.3 (https://github.com/aquasecurity/kube-bench, cfg/cis-1.11/policies.yaml)";
    static final String NSA =
        "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF";
    static final String PCI =
        "PCI DSS v4.0.1 (https://www.pcisecuritystandards.org/document_library/)";
  }

  /** All of them. */
  public static final List<Preset> ALL =
      List.of(KUBERNETES_DEFAULT, CIS_5_3, NSA_CISA, PCI_SEGMENTATION);

  /**
   * Namespaces that Kubernetes makes for its own parts: their defaults are its makers' business.
   */
  public static final Chosen SYSTEM =
      Chosen.named(List.of("kube-system", "kube-public", "kube-node-lease"));

  public Preset {
    Map<Item, Demand> sorted = new EnumMap<>(Item.class);
    sorted.putAll(demands);
    demands = Collections.unmodifiableMap(sorted);
    controls = List.copyOf(controls);
  }

  private static Preset of(String id, Map<Item, Demand> own, Control... controls) {
    Map<Item, Demand> all = new EnumMap<>(Item.class);
    NEEDED.forEach(i -> all.put(i, Demand.ALLOW));
    all.putAll(own);
    return new Preset(id, all, List.of(controls));
  }

  /** The preset of that id. */
  public static Optional<Preset> of(String id) {
    return ALL.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  /** The baseline that is this preset and nothing else. */
  public Baseline baseline() {
    return new Baseline(
        "preset " + id, controls, demands, List.of(), SYSTEM, List.of(), Baseline.Known.NOTHING);
  }
}
