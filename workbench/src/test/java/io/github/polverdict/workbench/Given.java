package io.github.polverdict.workbench;

import io.github.polverdict.dialects.api.CniSpec;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.explain.ExplainAnswer;
import io.github.polverdict.questions.explain.ExplainQuestion;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Snapshots and sessions from YAML in a test. */
public final class Given {
  private static final Workbench WORKBENCH = Workbench.installed();

  private Given() {}

  public static Snapshot snapshot(String... yaml) {
    String all = String.join("\n---\n", yaml);
    try {
      return FileSource.of(
              List.of("-"), new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)))
          .read();
    } catch (UnreadableSource e) {
      throw new AssertionError(e);
    }
  }

  public static Session session(String... yaml) {
    return WORKBENCH.open(snapshot(yaml));
  }

  public static Session under(String cni, String... yaml) {
    return WORKBENCH.open(snapshot(yaml), Optional.of(CniSpec.parse(cni)), Grouping.WORKLOAD);
  }

  public static Session under(String cni, Snapshot snapshot) {
    return WORKBENCH.open(snapshot, Optional.of(CniSpec.parse(cni)), Grouping.WORKLOAD);
  }

  public static Session session(Snapshot snapshot) {
    return WORKBENCH.open(snapshot);
  }

  public static Session session(Snapshot snapshot, Grouping grouping) {
    return WORKBENCH.open(snapshot, Optional.empty(), grouping);
  }

  public static Snapshot with(Snapshot snapshot, Gap... gaps) {
    return snapshot.with(List.of(gaps), List.of());
  }

  public static ExplainAnswer explain(Session session, String from, String to) {
    return switch (new ExplainQuestion(from, to, "").ask(session)) {
      case Reply.Answered<ExplainAnswer>(ExplainAnswer answer) -> answer;
      case Reply.Refused<ExplainAnswer>(var refusals) -> throw new AssertionError(refusals);
    };
  }

  /** A namespace with labels as {@code team=web}. */
  public static String namespace(String name, String... labels) {
    return "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + name + labels(labels, "  ");
  }

  /** A deployment whose pods listen on 8080, named http. */
  public static String deployment(String namespace, String name, String... labels) {
    String[] all = java.util.Arrays.copyOf(labels, labels.length + 1);
    all[labels.length] = "app=" + name;
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %s, namespace: %s}
    spec:
      selector:
        matchLabels: {app: %s}
      template:
        metadata:%s
        spec:
          containers:
          - name: main
            image: example/main:1
            ports: [{name: http, containerPort: 8080}]
    """
        .formatted(name, namespace, name, labels(all, "      "));
  }

  /** A running pod. */
  public static String pod(String namespace, String name, String address, String... labels) {
    return """
    apiVersion: v1
    kind: Pod
    metadata:
      name: %s
      namespace: %s%s
    spec:
      nodeName: n1
      containers:
      - name: main
        image: example/main:1
        ports: [{name: http, containerPort: 8080}]
    status: {phase: Running, podIP: %s, podIPs: [{ip: %s}]}
    """
        .formatted(name, namespace, labels(labels, "  "), address, address);
  }

  private static String labels(String[] labels, String indent) {
    StringBuilder out = new StringBuilder(labels.length == 0 ? "" : "\n" + indent + "labels:");
    for (String label : labels) {
      out.append('\n').append(indent).append("  ").append(label.replace("=", ": "));
    }
    return out.toString();
  }

  /** A policy for ingress. */
  public static String ingress(String namespace, String name, String subject, String rules) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %s, namespace: %s}
    spec:
      podSelector: %s
      policyTypes: [Ingress]
      ingress: %s
    """
        .formatted(name, namespace, subject, rules);
  }
}
