package io.github.polverdict.workbench.exchange;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.workbench.Session;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Changes to a cluster that runs: what its controllers make of them comes with them. */
class WhatIfTest {
  private static final String SHOP = namespace("shop");
  private static final String OPS = namespace("ops", "team=ops");
  private static final String WEB = deployment("shop", "web");
  private static final String PROM = deployment("ops", "prom");
  private static final String METRICS =
      ingress(
          "shop",
          "metrics",
          "{matchLabels: {app: web}}",
          "[{from: [{namespaceSelector: {matchLabels: {team: ops}}}], ports: [{port: 8080}]}]");

  private static final String RUNNING =
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata:
        name: web-1
        namespace: shop
        ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, controller: true}]
      spec: {template: {metadata: {labels: {app: web}}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: web-1-x
        namespace: shop
        labels: {app: web, pod-template-hash: "1"}
        ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, controller: true}]
      spec: {containers: [{name: main, image: example/web}]}
      status: {podIP: 10.244.1.7}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: "", port: 8080}]
      endpoints:
        - {addresses: [10.244.1.7], targetRef: {kind: Pod, namespace: shop, name: web-1-x}}
      """;

  private static List<String> changesOf(Consumer<WhatIf> change) {
    Session before = session(SHOP, OPS, WEB, PROM, METRICS, RUNNING);
    WhatIf after = new WhatIf(before.snapshot());
    change.accept(after);
    return new DiffQuestion(false)
        .ask(Mixer.of(before, session(after.after()), Correspondence.SAME)).changes().stream()
            .map(c ->
                "%s -> %s %s %s".formatted(c.src().name(), c.dst().name(), c.traffic(), c.what()))
            .toList();
  }

  @Test
  void pods_that_run_become_as_the_template_that_is_applied_says() {
    String other = WEB.replace("app: web", "app: new");
    assertThat(changesOf(w -> w.apply(snapshot(other))))
        .contains("0.0.0.0-255.255.255.255 -> shop/web[Deployment] all OPENED")
        .contains("ops/prom[Deployment] -> svc/shop/web TCP 80 CLOSED");
  }

  @Test
  void a_service_that_is_applied_leads_where_it_says_and_not_where_its_slices_did() {
    String other =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80, targetPort: 9090}]}
        """;
    assertThat(changesOf(w -> w.apply(snapshot(other))))
        .containsExactly("ops/prom[Deployment] -> svc/shop/web TCP 80 CLOSED");
  }

  @Test
  void a_service_of_deleted_pods_leads_nowhere() {
    assertThat(changesOf(w -> w.delete("deployment/shop/web")))
        .containsExactly("ops/prom[Deployment] -> svc/shop/web TCP 80 CLOSED");
  }
}
