package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.workbench.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What engines really did, cell by cell, as cyclonus recorded it. */
class RecordedRunsTest {
  /** Cases that add pods or change labels half way; the log does not keep each step's pods. */
  private static final Set<Integer> WITHOUT_PODS = Set.of(93, 94, 95, 96);

  @TestFactory
  Stream<DynamicTest> every_recorded_cell_is_reproduced() throws IOException {
    Path folder = Conformance.folder("cyclonus-recorded");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> runs = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      assertThat(runs).isNotEmpty();
      return runs.stream()
          .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> run(f)));
    }
  }

  private static void run(Path file) {
    JsonNode run = Conformance.JSON.readTree(file.toFile());
    String[] cni = run.get("cni").asString().split(" ");
    String engine = cni[0].toLowerCase(Locale.ROOT) + "@" + cni[1];
    List<String> wrong = new ArrayList<>();
    int cells = 0;
    int left = 0;
    for (JsonNode c : run.get("cases")) {
      if (WITHOUT_PODS.contains(c.get("n").asInt())) {
        left++;
        continue;
      }
      for (JsonNode step : c.get("steps")) {
        cells += step(engine, run, c, step, wrong);
      }
    }
    System.out.printf(
        "%s: %d cells of %d cases, %d cases left out (pods not recorded)%n",
        engine, cells, run.get("cases").size(), left);
    assertThat(cells).isPositive();
    assertThat(wrong).isEmpty();
  }

  private static int step(
      String engine, JsonNode run, JsonNode c, JsonNode step, List<String> wrong) {
    Session session =
        Conformance.open(Conformance.list(objects(run), step.get("policies")), engine);
    int cells = 0;
    for (String from : step.get("observed").propertyNames()) {
      for (String to : step.get("observed").get(from).propertyNames()) {
        String letters = step.get("observed").get(from).get(to).asString();
        for (int i = 0; i < letters.length(); i++) {
          String[] traffic = step.get("protocols").get(i).asString().split("/");
          Outcome expected = letters.charAt(i) == '.' ? Outcome.ALLOWED : Outcome.DENIED;
          Outcome got = judged(session, from, to, traffic);
          cells++;
          if (got != expected) {
            wrong.add(
                "case %s: %s -> svc %s %s: observed %s, predicted %s"
                    .formatted(c.get("n"), from, to, String.join("/", traffic), expected, got));
          }
        }
      }
    }
    return cells;
  }

  /** Every pod is called by its own Service. */
  private static Outcome judged(Session session, String from, String to, String[] traffic) {
    String[] name = to.split("/");
    Service service =
        session.universe().services().stream()
            .filter(s ->
                s.namespace().equals(name[0]) && s.name().equals("s-" + name[0] + "-" + name[1]))
            .findFirst()
            .orElseThrow();
    Flow flow =
        new Flow(
            session.universe().endpoint(from).orElseThrow(),
            new Flow.Target.ToService(service, Via.CLUSTER_IP),
            Protocol.valueOf(traffic[0]),
            Integer.parseInt(traffic[1]),
            Family.IPV4);
    return session.judge().judge(flow).outcome();
  }

  private static List<Map<String, Object>> objects(JsonNode run) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (JsonNode pod : run.get("pods")) {
      String ns = pod.get("ns").asString();
      String name = pod.get("name").asString();
      List<Map<String, Object>> ports = new ArrayList<>();
      List<Map<String, Object>> servicePorts = new ArrayList<>();
      for (JsonNode container : pod.get("containers")) { // "serve-80-tcp: 80 on TCP"
        String[] words = container.asString().split(":? ");
        ports.add(
            Map.of(
                "name",
                words[0],
                "containerPort",
                Integer.parseInt(words[1]),
                "protocol",
                words[3]));
        servicePorts.add(
            Map.of("name", words[0], "port", Integer.parseInt(words[1]), "protocol", words[3]));
      }
      Map<String, Object> labels = labels(pod.get("podLabels").asString());
      Map<String, Object> namespace =
          Conformance.namespace(ns, labels(pod.get("nsLabels").asString()));
      if (!out.contains(namespace)) {
        out.add(namespace);
      }
      out.add(Conformance.pod(ns, name, labels, pod.get("ip").asString(), ports));
      String slice = "s-" + ns + "-" + name;
      out.add(
          Map.of(
              "apiVersion",
              "v1",
              "kind",
              "Service",
              "metadata",
              Map.of("namespace", ns, "name", slice),
              "spec",
              Map.of(
                  "clusterIP",
                  pod.get("svcIp").asString(),
                  "selector",
                  labels,
                  "ports",
                  servicePorts)));
    }
    return out;
  }

  private static Map<String, Object> labels(String text) {
    Map<String, Object> out = new java.util.TreeMap<>();
    for (String pair : text.split("[,\n]")) {
      String[] parts = pair.split(": ?");
      out.put(parts[0].strip(), parts[1].strip());
    }
    return out;
  }
}
