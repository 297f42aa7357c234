package io.github.polverdict.workbench.exchange;

import io.github.polverdict.questions.Ingredient.Kind;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A workload of which both sides have pods: what its template says is one thing, how many pods
 * there are, on which nodes and with which addresses another. Each can be taken from the second
 * without the other.
 */
record Placement(List<Document> a, List<Document> b, Fields inA, Fields inB) {

  /**
   * The two told apart; empty where pods are like no template, so that they cannot be.
   *
   * @param fields what differs between the two templates
   */
  static Optional<Placement> of(List<Document> a, List<Document> b, Fields fields) {
    Placement out = new Placement(a, b, fields, Fields.of(Kind.WORKLOAD, b, a));
    boolean apart =
        fields.count() > 0
            && pods(a) > 0
            && pods(b) > 0
            && says(out.of(fields.all(), false)).equals(says(b))
            && says(out.of(new BitSet(), true)).equals(says(a));
    return apart ? Optional.of(out) : Optional.empty();
  }

  /**
   * The documents of a mixed cluster.
   *
   * @param template the fields of the template that come from the second
   * @param moved whether the pods are where and as many as in the second
   */
  List<Document> of(BitSet template, boolean moved) {
    if (!moved) {
      return template.isEmpty() ? a : readdressed(inA.mixed(template), a);
    }
    BitSet back = inB.others(inA, template);
    return back.isEmpty() ? b : readdressed(inB.mixed(back), b);
  }

  /** The pods; one that is on another network than before has not the address that it had. */
  static List<Document> readdressed(List<Document> mixed, List<Document> before) {
    Map<ResourceId, Boolean> host = new HashMap<>();
    before.forEach(d -> host.put(d.id(), onHostNetwork(d)));
    return mixed.stream()
        .map(
            d -> Boolean.valueOf(onHostNetwork(d)).equals(host.get(d.id())) ? d : withoutAddress(d))
        .toList();
  }

  private static boolean onHostNetwork(Document pod) {
    return pod.at("spec", "hostNetwork").bool().orElse(false);
  }

  private static Document withoutAddress(Document pod) {
    if (!(pod.root().entries().get("status") instanceof Mapping status)) {
      return pod;
    }
    Map<String, Value> kept = new LinkedHashMap<>(status.entries());
    kept.keySet().removeAll(Set.of("podIP", "podIPs"));
    Mapping root = Trees.with(pod.root(), "status", new Mapping(kept, status.mark()));
    return new Document(pod.id(), root, pod.source(), pod.live());
  }

  static long pods(List<Document> documents) {
    return documents.stream().filter(d -> d.id().kind().equals("Pod")).count();
  }

  /** What verdicts depend on, of each pod. */
  private static TreeSet<String> says(List<Document> documents) {
    return documents.stream()
        .filter(d -> d.id().kind().equals("Pod"))
        .map(Placement::says)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String says(Document pod) {
    Map<String, String> labels = new TreeMap<>(Likeness.labels(pod));
    labels.keySet().removeAll(Likeness.GIVEN);
    Field spec = pod.at("spec");
    List<String> ports =
        List.of(spec.get("containers"), spec.get("initContainers")).stream()
            .flatMap(f -> f.items().stream())
            .map(c -> Trees.text(c.get("ports").value(), Set.of()))
            .toList();
    return labels
        + " "
        + spec.get("hostNetwork").bool().orElse(false)
        + " "
        + spec.get("serviceAccountName").text("default")
        + " "
        + ports;
  }
}
