package io.github.polverdict.live;

import static io.github.polverdict.live.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.kept.Kept;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of an object reaches a document. */
class KeptTest {
  @TempDir Path directory;
  private final FakeApiServer server = new FakeApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPodKeepsWhatPoliciesAndDatapathsLookAt() throws UnreadableSource {
    server.list(
        "/api/v1/pods",
        """
        {"metadata":{"name":"web-1","namespace":"shop","labels":{"app":"web"},
         "ownerReferences":[{"kind":"ReplicaSet","name":"web","controller":true}]},
         "spec":{"nodeName":"n1","hostNetwork":true,"serviceAccountName":"web","initContainers":[{"name":"i"}],
          "containers":[{"name":"c","image":"web:1",
           "ports":[{"name":"http","containerPort":80}],"restartPolicy":"Always"}]},
         "status":{"phase":"Running","podIP":"10.0.0.1","podIPs":[{"ip":"10.0.0.1"}],"hostIP":"192.0.2.1"}}
        """);
    Document pod = server.read(directory).find("Pod", "shop", "web-1").orElseThrow();
    assertThat(pod.at("metadata", "labels").strings()).containsEntry("app", "web");
    assertThat(pod.at("metadata", "ownerReferences").items().getFirst().get("name").text())
        .contains("web");
    assertThat(pod.at("spec").members().keySet())
        .containsExactlyInAnyOrder(
            "nodeName", "hostNetwork", "serviceAccountName", "initContainers", "containers");
    Field container = pod.at("spec", "containers").items().getFirst();
    assertThat(container.get("ports").items().getFirst().get("containerPort").integer())
        .contains(80);
    assertThat(pod.at("status").members().keySet())
        .containsExactly("phase", "podIP", "podIPs", "hostIP");
  }

  @Test
  void commandsVariablesVolumesAndForeignAnnotationsOfWorkloadsAreDropped()
      throws UnreadableSource {
    String secrets =
        """
        {"metadata":{"name":"web","namespace":"shop","managedFields":[{"manager":"s3cret"}],"annotations":{
          "kubectl.kubernetes.io/last-applied-configuration":"s3cret","cni.projectcalico.org/podIP":"10.0.0.1/32"}},
         "spec":{"template":{"spec":{"volumes":[{"name":"s3cret"}],"imagePullSecrets":[{"name":"s3cret"}],
          "containers":[{"name":"app","image":"web:1","command":["run","s3cret"],"args":["--password=s3cret"],
           "env":[{"name":"PASSWORD","value":"s3cret"},{"name":"CILIUM_X","value":"s3cret"}],
           "envFrom":[{"secretRef":{"name":"s3cret"}}],"livenessProbe":{"exec":{"command":["s3cret"]}}}]}}},
         "status":{"conditions":[{"message":"s3cret"}]}}
        """;
    server.list("/apis/apps/v1/deployments", secrets);
    Snapshot read = server.read(directory);
    Document deployment = read.find("Deployment", "shop", "web").orElseThrow();
    assertThat(deployment.toString()).contains("web:1").doesNotContain("s3cret");
    assertThat(deployment.at("metadata", "annotations").strings())
        .containsExactly(java.util.Map.entry("cni.projectcalico.org/podIP", "10.0.0.1/32"));
  }

  @Test
  void ofAnAgentsContainerArgumentsAndListedVariablesAreKept() throws UnreadableSource {
    server.list(
        "/apis/apps/v1/daemonsets",
        """
        {"metadata":{"name":"cilium","namespace":"kube-system"},"spec":{"template":{"spec":{"containers":[
         {"name":"cilium-agent","image":"quay.io/cilium/cilium:v1.20.2",
          "args":["--enable-policy=always","--join-token=s3cret"],
          "env":[{"name":"CILIUM_K8S_NAMESPACE","value":"kube-system"},{"name":"CILIUM_ETCD_PASSWORD","value":"s3cret"},
                 {"name":"HTTP_PROXY","value":"s3cret"},
                 {"name":"CALICO_NETWORKING_BACKEND","valueFrom":
                   {"configMapKeyRef":{"name":"calico-config","key":"b"}}},
                 {"name":"CILIUM_KEY","valueFrom":{"secretKeyRef":{"name":"s3cret","key":"b"}}}]},
         {"name":"sidecar","args":["s3cret"]}]}}}}
        """);
    Document agent =
        server.read(directory).find("DaemonSet", "kube-system", "cilium").orElseThrow();
    assertThat(agent.toString()).doesNotContain("s3cret");
    Field container = agent.at("spec", "template", "spec", "containers").items().getFirst();
    assertThat(container.get("args").items())
        .extracting(a -> a.text(""))
        .containsExactly("--enable-policy=always");
    assertThat(container.get("env").items())
        .extracting(e -> e.get("name").text(""))
        .containsExactly("CILIUM_K8S_NAMESPACE", "CALICO_NETWORKING_BACKEND");
  }

  @Test
  void policiesAreKeptWholeWithoutTheirStatus() throws UnreadableSource {
    server.list(
        "/apis/networking.k8s.io/v1/networkpolicies",
        object(
            "shop",
            "p",
            ",\"spec\":{\"podSelector\":{},\"ingress\":[{\"from\":[]}]},\"status\":{\"x\":1}"));
    Document policy = server.read(directory).ofKind("NetworkPolicy").getFirst();
    assertThat(policy.at("spec").members().keySet()).containsExactly("podSelector", "ingress");
    assertThat(policy.field().members().keySet())
        .containsExactly("apiVersion", "kind", "metadata", "spec");
  }

  @Test
  void everyResourceHasAnEntryOfKeptFieldsAndNoneIsSecrets() {
    List<Resource> all = Resource.all();
    Kept others = Kept.of("Namespace");
    assertThat(all)
        .hasSizeGreaterThan(30)
        .allMatch(r ->
            r.metadataOnly() || Kept.of(r.type()) != others || r.id().equals("serviceaccounts"));
    assertThat(all).extracting(Resource::id).doesNotHaveDuplicates().doesNotContain("secrets");
    assertThat(all)
        .allMatch(r ->
            r.unlessServed().isEmpty()
                || all.stream().anyMatch(o -> o.id().equals(r.unlessServed())));
  }
}
