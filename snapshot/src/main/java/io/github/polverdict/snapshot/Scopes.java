package io.github.polverdict.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Which kinds live in a namespace; says nothing about kinds that it does not know. The custom kinds
 * that answers read are in {@code scopes.properties}, for files seldom hold their definitions.
 */
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

  private static final Map<String, Boolean> CUSTOM_KINDS = customKinds();

  private final Map<String, Boolean> namespaced;

  private Scopes(Map<String, Boolean> namespaced) {
    this.namespaced = namespaced;
  }

  /** The kinds of Kubernetes 1.34 itself and its projects, and the custom kinds that are read. */
  public static Scopes builtIn() {
    return new Scopes(CUSTOM_KINDS);
  }

  private static Map<String, Boolean> customKinds() {
    Properties table = new Properties();
    try (InputStream in = Scopes.class.getResourceAsStream("scopes.properties")) {
      table.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Boolean> out = new HashMap<>();
    for (String scope : table.stringPropertyNames()) {
      for (String type : table.getProperty(scope).split(" ")) {
        int dot = type.indexOf('.');
        String key = type.substring(dot + 1) + "/" + type.substring(0, dot);
        out.put(key, scope.equals("namespaced"));
      }
    }
    return Map.copyOf(out);
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
