package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a 403 is said to mean; the messages are those of real servers. */
class ForbiddenTest {
  @Test
  void aMissingRightIsNamedWithTheFileThatGrantsIt() {
    Forbidden read =
        Forbidden.of(
            "pods \"client\" is forbidden: User \"system:serviceaccount:default:ro\" cannot patch"
                + " resource \"pods/ephemeralcontainers\" in API group \"\" in the namespace"
                + " \"shop\"");
    assertThat(read.missing()).contains("patch pods/ephemeralcontainers in namespace shop");
    assertThat(read.sentence())
        .isEqualTo(
            "system:serviceaccount:default:ro may not patch pods/ephemeralcontainers in namespace"
                + " shop (403); deploy/rbac/probe-ephemeral.yaml grants it, polverdict auth --for"
                + " probe-ephemeral shows what else is missing");
  }

  @Test
  void aRightInAGroupAndInNoNamespaceIsNamedSo() {
    Forbidden read =
        Forbidden.of(
            "networkpolicies.networking.k8s.io is forbidden: User \"ro\" cannot delete resource"
                + " \"networkpolicies\" in API group \"networking.k8s.io\" at the cluster scope");
    assertThat(read.missing()).contains("delete networkpolicies.networking.k8s.io");
    assertThat(read.sentence()).contains("deploy/rbac/canary.yaml");
  }

  @Test
  void aRefusedExecIsAMissingRightAlthoughTheServerSaysNothing() {
    assertThat(Forbidden.ofExec("shop").sentence())
        .contains("may not get pods/exec in namespace shop")
        .contains("deploy/rbac/probe-exec.yaml");
  }

  @Test
  void whatIsNoMissingRightIsNotCalledOne() {
    Forbidden read =
        Forbidden.of(
            "pods \"x\" is forbidden: violates PodSecurity \"restricted:latest\":"
                + " allowPrivilegeEscalation != false");
    assertThat(read.missing()).isEmpty();
    assertThat(read.sentence()).contains("violates PodSecurity").contains("PodSecurity level");
    assertThat(Forbidden.of("pods \"x\" is forbidden: exceeded quota: pods=1").sentence())
        .contains("ResourceQuota");
    assertThat(Forbidden.of("admission webhook \"w\" denied the request").sentence())
        .contains("webhook of the cluster");
  }
}
