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
 * What enforces in one cluster and what each of its policies comes to.
 *
 * @param engines none when nothing was recognised and nothing assumed
 * @param endpoints how many there are of each sort: {@code POD}, {@code NODE} …
 * @param kinds how many documents of each kind were read
 * @param unread how many documents there are of kinds that nothing here reads
 */
public record InspectAnswer(
    String source,
    List<Inventory.Engine> engines,
    List<Policy> policies,
    Map<String, Integer> endpoints,
    Map<String, Integer> kinds,
    Map<String, Integer> unread,
    List<Missing> missing,
    List<Finding> findings) {

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
    engines = List.copyOf(engines);
    policies = List.copyOf(policies);
    endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
    kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
    unread = Collections.unmodifiableMap(new TreeMap<>(unread));
    missing = List.copyOf(missing);
    findings = List.copyOf(findings);
  }
}
