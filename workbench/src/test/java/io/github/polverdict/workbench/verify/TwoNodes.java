package io.github.polverdict.workbench.verify;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.workbench.Alternatives;
import io.github.polverdict.workbench.Given;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster of two nodes with a policy of each sort that verify has to tell apart. */
final class TwoNodes {
  static final String ENGINE = "cilium@1.20.2";

  private TwoNodes() {}

  static String node(String name, String address) {
    return """
    apiVersion: v1
    kind: Node
    metadata: {name: %s}
    status: {addresses: [{type: InternalIP, address: %s}]}
    """
        .formatted(name, address);
  }

  static String pod(String id, String address, String node) {
    String[] name = id.split("/");
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s, labels: {app: %s}}
    spec:
      nodeName: %s
      containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]
    status: {phase: Running, podIP: %s, podIPs: [{ip: %s}]}
    """
        .formatted(name[1], name[0], name[1], node, address, address);
  }

  static String ingress(String id, String rules) {
    String[] name = id.split("/");
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %s, namespace: %s}
    spec:
      podSelector: {matchLabels: {app: %s}}
      policyTypes: [Ingress]
      ingress: %s
    """
        .formatted(name[1], name[0], name[1], rules);
  }

  static String[] yaml(String... more) {
    List<String> out =
        new ArrayList<>(
            List.of(
                Given.namespace("shop"),
                Given.namespace("data"),
                node("n1", "192.0.2.1"),
                node("n2", "192.0.2.2"),
                pod("shop/web", "10.1.1.1", "n1"),
                pod("shop/api", "10.1.2.1", "n2"),
                pod("data/db", "10.1.1.2", "n1"),
                pod("data/cache", "10.1.2.2", "n2"),
                pod("data/closed", "10.1.2.3", "n2"),
                """
                apiVersion: v1
                kind: Service
                metadata: {name: api, namespace: shop}
                spec:
                  clusterIP: 10.96.0.7
                  selector: {app: api}
                  ports: [{port: 80, targetPort: 8080}]
                """,
                ingress(
                    "data/db",
                    "[{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}],"
                        + " ports: [{port: 5432}]}]"),
                ingress("data/cache", "[{ports: [{port: 8000, endPort: 8010}]}]"),
                ingress("data/closed", "[]")));
    out.addAll(List.of(more));
    return out.toArray(String[]::new);
  }

  static Session under(String engine, String... more) {
    return Given.under(engine, yaml(more));
  }

  /** The same cluster as a profile with one row switched would have it. */
  static Session switched(String engine, String row, boolean on) {
    return new Workbench(Dialects.installed().switched(row, on))
        .open(Given.snapshot(yaml()), Optional.of(CniSpec.parse(engine)), Grouping.WORKLOAD);
  }

  static List<Alternative> alternatives(Session session) {
    return Alternatives.of(session);
  }
}
