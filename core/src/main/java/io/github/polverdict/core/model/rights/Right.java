package io.github.polverdict.core.model.rights;

/**
 * Something that a feature does in a cluster, as Kubernetes' RBAC calls it. It does not know
 * whether it was granted.
 *
 * @param verb {@code list}
 * @param resource as kubectl takes it: {@code networkpolicies.networking.k8s.io}, {@code pods/exec}
 * @param name the only object that is asked for; empty for all
 * @param costs what is not known without it, one clause; empty when a feature does not work without
 */
public record Right(String verb, String resource, String name, Reach reach, String costs) {

  /** Where the objects live that it is about. */
  public enum Reach {
    /** In no namespace. */
    CLUSTER,
    /** In every namespace that is asked about. */
    NAMESPACES,
    /** In the namespaces of agents, whatever namespaces are asked about. */
    AGENTS
  }

  /** The API group; empty for the core group. */
  public String group() {
    int dot = resource.indexOf('.');
    return dot < 0 ? "" : resource.substring(dot + 1);
  }

  /** {@code pods} of {@code pods/exec}. */
  public String plural() {
    String all = resource.split("\\.", 2)[0];
    return all.split("/", 2)[0];
  }

  /** {@code exec} of {@code pods/exec}; empty without one. */
  public String subresource() {
    String all = resource.split("\\.", 2)[0];
    return all.contains("/") ? all.substring(all.indexOf('/') + 1) : "";
  }

  /** {@code list configmaps "cilium-config"}. */
  public String text() {
    return verb + " " + resource + (name.isEmpty() ? "" : " \"" + name + "\"");
  }
}
