package io.github.polverdict.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which kinds live in a namespace; says nothing about kinds that it does not know. */
public final class Scopes {
  private static final Set<String> CLUSTER_KINDS =
      Set.of(
          "Namespace",
          "Node",
          "PersistentVolume",
          "ComponentStatus",
          "ClusterRole",
          "ClusterRoleBinding",
          "CustomResourceDefinition",
          "APIService",
          "StorageClass",
          "CSIDriver",
          "CSINode",
          "VolumeAttachment",
          "VolumeAttributesClass",
          "PriorityClass",
          "RuntimeClass",
          "IngressClass",
          "IPAddress",
          "ServiceCIDR",
          "MutatingWebhookConfiguration",
          "ValidatingWebhookConfiguration",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "CertificateSigningRequest",
          "ClusterTrustBundle",
          "FlowSchema",
          "PriorityLevelConfiguration",
          "DeviceClass",
          "ResourceSlice",
          "DeviceTaintRule",
          "StorageVersion",
          "StorageVersionMigration",
          "PodSecurityPolicy",
          "TokenReview",
          "SelfSubjectReview",
          "SubjectAccessReview",
          "SelfSubjectAccessReview",
          "SelfSubjectRulesReview",
          "AdminNetworkPolicy",
          "BaselineAdminNetworkPolicy",
          "ClusterNetworkPolicy",
          "GatewayClass",
          "NodeMetrics",
          "VolumeSnapshotClass",
          "VolumeSnapshotContent");
  private static final Set<String> GROUPS_OF_KUBERNETES =
      Set.of("", "apps", "batch", "autoscaling", "policy", "extensions");

  private final Map<String, Boolean> namespaced;

  private Scopes(Map<String, Boolean> namespaced) {
    this.namespaced = namespaced;
  }

  /** The kinds of Kubernetes 1.34 itself and of its network policy and gateway APIs. */
  public static Scopes builtIn() {
    return new Scopes(Map.of());
  }

  /** These scopes and that of one more kind. */
  public Scopes with(String group, String kind, boolean isNamespaced) {
    Map<String, Boolean> more = new HashMap<>(namespaced);
    more.put(group + "/" + kind, isNamespaced);
    return new Scopes(Map.copyOf(more));
  }

  /** Whether objects of the kind live in a namespace; empty when nobody knows. */
  public Optional<Boolean> isNamespaced(String group, String kind) {
    Boolean said = namespaced.get(group + "/" + kind);
    if (said != null) {
      return Optional.of(said);
    }
    return isOfKubernetes(group) ? Optional.of(!CLUSTER_KINDS.contains(kind)) : Optional.empty();
  }

  /** Whether the API group is one of Kubernetes itself or of its own projects. */
  static boolean isOfKubernetes(String group) {
    return GROUPS_OF_KUBERNETES.contains(group) || group.endsWith(".k8s.io");
  }
}
