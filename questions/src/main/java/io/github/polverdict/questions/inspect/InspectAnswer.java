package io.github.polverdict.questions.inspect;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.Inventory;
import io.github.polverdict.questions.Missing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What enforces in one cluster, what is the default in each namespace, and what each policy and
 * each node comes to.
 *
 * @param platforms shown as evidence; no engine is concluded from them
 * @param engines none when nothing was recognised and nothing assumed
 * @param endpoints how many there are of each sort: {@code POD}, {@code NODE} …
 * @param kinds how many documents of each kind were read
 * @param unread how many documents there are of kinds that nothing here reads
 */
public record InspectAnswer(
    String source,
    Enforcement enforcement,
    List<Inventory.Platform> platforms,
    List<Inventory.Engine> engines,
    List<Namespace> namespaces,
    List<Node> nodes,
    List<Policy> policies,
    Map<String, Integer> endpoints,
    Map<String, Integer> kinds,
    Map<String, Integer> unread,
    List<Missing> missing,
    List<Finding> findings) {

  /**
   * Whether policies are enforced at all.
   *
   * @param by the engines that enforce, with their versions
   * @param says one sentence without a full stop
   */
  public record Enforcement(Extent extent, List<String> by, String says) {
    public Enforcement {
      by = List.copyOf(by);
    }
  }

  /** How far policies are enforced. */
  public enum Extent {
    ENFORCED,
    /** On some nodes that have pods and not on others. */
    PARTLY,
    /** Denials are noted and not carried out. */
    AUDIT_ONLY,
    NOT_ENFORCED,
    /** No engine was seen or said. */
    NOT_KNOWN
  }

  /**
   * The defaults of one namespace.
   *
   * @param pods those with a network of their own; only they have a stance
   * @param hostPods those on their node's network, which policies of pods do not reach
   * @param newIngress the default of a pod to come that no policy knows by its labels
   */
  public record Namespace(
      String name,
      int pods,
      int hostPods,
      Stance ingress,
      Stance egress,
      Stance.Default newIngress,
      Stance.Default newEgress) {

    /** Whether no policy and no setting can deny anything here, whatever objects there are. */
    public boolean open() {
      return !ingress.restricted() && !egress.restricted();
    }
  }

  /**
   * One node.
   *
   * @param os as its label says; empty when not known
   * @param judgedBy the engines that judge its pods
   * @param exempt whether no engine enforces policies for its pods
   * @param why it is exempt, or why that is not known; empty when it is not
   * @param hostPolicies the policies that are for the node itself
   */
  public record Node(
      String name,
      String os,
      List<String> platforms,
      List<String> judgedBy,
      boolean exempt,
      String why,
      int pods,
      int hostPods,
      List<String> hostPolicies) {
    public Node {
      platforms = List.copyOf(platforms);
      judgedBy = List.copyOf(judgedBy);
      hostPolicies = List.copyOf(hostPolicies);
    }
  }

  /**
   * What becomes of one policy document.
   *
   * @param selects how many endpoints it selects
   * @param why one sentence each, without a full stop; empty when it is simply enforced
   */
  public record Policy(String name, Status status, int selects, List<String> why, Origin origin) {
    public Policy {
      why = List.copyOf(why);
    }
  }

  /** How much of a policy takes effect. */
  public enum Status {
    ENFORCED,
    /** Some of it is ignored, or read otherwise than written. */
    PARTLY,
    /** Its denials are noted and not carried out. */
    AUDIT_ONLY,
    /** It selects nothing, or no engine here reads it. */
    INERT,
    /** Whether or how it takes effect is not known. */
    UNCERTAIN
  }

  public InspectAnswer {
    platforms = List.copyOf(platforms);
    namespaces = List.copyOf(namespaces);
    nodes = List.copyOf(nodes);
    engines = List.copyOf(engines);
    policies = List.copyOf(policies);
    endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
    unread = Collections.unmodifiableMap(new TreeMap<>(unread));
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }
}
