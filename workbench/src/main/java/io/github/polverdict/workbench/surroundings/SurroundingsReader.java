package io.github.polverdict.workbench.surroundings;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Surroundings;
import io.github.polverdict.questions.Surroundings.Credentials;
import io.github.polverdict.questions.Surroundings.Slip;
import io.github.polverdict.questions.Surroundings.Sort;
import io.github.polverdict.questions.Surroundings.Waiver;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.workbench.universe.PodDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the surroundings of a snapshot. A pure function. */
public final class SurroundingsReader {
  private static final String WAIVER = "polverdict.github.io/ignore-";

  /** Kinds that say nothing of who is there and what policies there are. */
  private static final Set<String> BESIDE =
      Set.of(
          "APIService",
          "ClusterRoleBinding",
          "CustomResourceDefinition",
          "HTTPRoute",
          "Ingress",
          "MutatingWebhookConfiguration",
          "RoleBinding",
          "ValidatingWebhookConfiguration");

  private SurroundingsReader() {}

  /** What a snapshot tells beside endpoints and policies. */
  public static Surroundings read(Snapshot snapshot, Universe universe) {
    List<PodDocument> pods = PodDocument.all(snapshot, universe);
    boolean whole =
        !snapshot.ofKind("Node").isEmpty()
            && snapshot.gaps().stream()
                .allMatch(g -> !g.kinds().isEmpty() && BESIDE.containsAll(g.kinds()));
    List<Need> needs = new ArrayList<>(new PodNeeds(snapshot, universe, pods).all());
    needs.addAll(new PlatformNeeds(snapshot, universe, whole).all());
    return new Surroundings(
        whole,
        needs,
        slips(snapshot),
        waivers(snapshot),
        furtherNetworks(snapshot, pods),
        probeSources(),
        credentials(snapshot),
        declared(pods));
  }

  private static List<Slip> slips(Snapshot snapshot) {
    List<Slip> out = new ArrayList<>();
    for (Document policy : snapshot.ofKind("NetworkPolicy")) {
      Field spec = policy.at("spec");
      List<String> types = Known.words(spec.get("policyTypes"));
      boolean ingress = !spec.get("ingress").items().isEmpty();
      boolean egress = !spec.get("egress").items().isEmpty();
      if (types.isEmpty()) {
        if (spec.present()
            && !spec.get("ingress").present()
            && (egress || !spec.get("egress").present())) {
          out.add(new Slip(policy.id().text(), Direction.INGRESS, Sort.IMPLIED, spec.origin()));
        }
        continue;
      }
      if (ingress && !types.contains("Ingress")) {
        out.add(leftOut(policy, Direction.INGRESS, spec.get("ingress")));
      }
      if (egress && !types.contains("Egress")) {
        out.add(leftOut(policy, Direction.EGRESS, spec.get("egress")));
      }
    }
    return out;
  }

  private static Slip leftOut(Document policy, Direction direction, Field rules) {
    return new Slip(policy.id().text(), direction, Sort.LEFT_OUT, rules.origin());
  }

  private static List<Waiver> waivers(Snapshot snapshot) {
    List<Waiver> out = new ArrayList<>();
    for (Document document : snapshot.documents()) {
      document
          .at("metadata", "annotations")
          .members()
          .forEach((key, text) -> {
            if (key.startsWith(WAIVER)) {
              boolean all = document.id().type().equals("Namespace");
              out.add(
                  new Waiver(
                      document.id().text(),
                      all ? document.id().name() : "",
                      key.substring(WAIVER.length()),
                      text.text(""),
                      text.origin()));
            }
          });
    }
    return out;
  }

  /** None where policies for further networks are in use: what they do is not judged. */
  private static Map<String, String> furtherNetworks(Snapshot snapshot, List<PodDocument> pods) {
    boolean policed =
        snapshot.documents().stream().anyMatch(d -> d.id().kind().equals("MultiNetworkPolicy"));
    Map<String, String> out = new TreeMap<>();
    for (PodDocument pod : policed ? List.<PodDocument>of() : pods) {
      pod.metadata()
          .get("annotations")
          .get(Known.word("annotations", "furtherNetworks"))
          .text()
          .filter(networks -> !networks.isBlank())
          .ifPresent(networks -> out.put(pod.endpoint().id(), networks.strip()));
    }
    return out;
  }

  private static Map<String, TrafficSet> declared(List<PodDocument> pods) {
    Map<String, TrafficSet> out = new TreeMap<>();
    for (PodDocument pod : pods) {
      pod.declared().ifPresent(d -> out.put(pod.endpoint().id(), d));
    }
    return out;
  }

  private static Map<Integer, String> probeSources() {
    Map<Integer, String> out = new TreeMap<>();
    for (Field row : Known.rows("probeSources")) {
      out.put(row.get("port").integer().orElseThrow(), row.get("address").text(""));
    }
    return out;
  }

  private static List<Credentials> credentials(Snapshot snapshot) {
    List<Document> nodes = snapshot.ofKind("Node");
    List<String> clouds = Known.words("clouds");
    boolean cloud =
        nodes.isEmpty()
            || nodes.stream()
                .map(n -> n.at("spec", "providerID").text(""))
                .anyMatch(id -> clouds.stream().anyMatch(id::startsWith));
    return cloud
        ? Known.rows("credentials").stream()
            .map(row ->
                new Credentials(
                    row.get("address").text(""),
                    row.get("port").integer().orElseThrow(),
                    row.get("what").text("")))
            .toList()
        : List.of();
  }
}
