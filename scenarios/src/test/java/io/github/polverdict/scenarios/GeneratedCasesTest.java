package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Path;
import io.github.polverdict.workbench.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** cyclonus' own cases with its own answers, under the specification. */
class GeneratedCasesTest {

  @Test
  void every_case_comes_out_as_its_generator_says_but_for_two_known_faults() {
    JsonNode cases =
        Conformance.JSON.readTree(
            Conformance.folder("cyclonus-generated").resolve("cases.json").toFile());
    List<String> wrong = new ArrayList<>();
    int cells = 0;
    int itself = 0;
    int absentKey = 0;
    for (JsonNode c : cases) {
      for (JsonNode step : c.get("steps")) {
        Session session =
            Conformance.open(
                Conformance.list(objects(step), step.get("policiesInForce")), "kubernetes");
        boolean negative = absentNotIn(step);
        for (String from : step.get("expected").propertyNames()) {
          for (String to : step.get("expected").get(from).propertyNames()) {
            JsonNode letters = step.get("expected").get(from).get(to);
            for (String traffic : letters.propertyNames()) {
              Outcome expected =
                  letters.get(traffic).asString().equals(".") ? Outcome.ALLOWED : Outcome.DENIED;
              Outcome got = judged(session, from, to, traffic.split("/"));
              cells++;
              if (got == expected) {
                continue;
              }
              if (from.equals(to) && got == Outcome.ALLOWED) {
                itself++; // "a pod cannot block access to itself": kubernetes.io, network policies
              } else if (negative && got == Outcome.ALLOWED) {
                absentKey++; // apimachinery labels.Requirement.Matches: NotIn matches an absent key
              } else {
                wrong.add(
                    "%s: %s -> %s %s: expected %s, got %s"
                        .formatted(c.get("description"), from, to, traffic, expected, got));
              }
            }
          }
        }
      }
    }
    System.out.printf(
        "cyclonus-generated: %d cells of %d cases; %d to itself, %d NotIn with an absent key%n",
        cells, cases.size(), itself, absentKey);
    assertThat(cells).isPositive();
    assertThat(wrong).isEmpty();
  }

  /** Whether a policy has NotIn, and some namespace or pod lacks the key. */
  private static boolean absentNotIn(JsonNode step) {
    for (JsonNode expression :
        step.get("policiesInForce").findValues("matchExpressions").stream()
            .flatMap(JsonNode::valueStream)
            .toList()) {
      String key = expression.get("key").asString();
      boolean lacks =
          step.get("pods").valueStream().anyMatch(p -> !p.get("labels").has(key))
              || step.get("namespaces").valueStream().anyMatch(n -> !n.has(key));
      if (expression.get("operator").asString().equals("NotIn") && lacks) {
        return true;
      }
    }
    return false;
  }

  private static Outcome judged(Session session, String from, String to, String[] traffic) {
    Endpoint source = session.universe().endpoint(from).orElseThrow();
    Endpoint destination = session.universe().endpoint(to).orElseThrow();
    Path path =
        Path.direct(
            source,
            destination,
            Protocol.valueOf(traffic[0]),
            Integer.parseInt(traffic[1]),
            Family.IPV4);
    return session.judge().judge(path).outcome();
  }

  private static List<Map<String, Object>> objects(JsonNode step) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (String name : step.get("namespaces").propertyNames()) {
      out.add(Conformance.namespace(name, strings(step.get("namespaces").get(name))));
    }
    List<Map<String, Object>> ports = new ArrayList<>();
    for (int number : List.of(80, 81)) { // what cyclonus' pods serve; the cases do not repeat it
      for (String protocol : List.of("TCP", "UDP", "SCTP")) {
        String name = "serve-" + number + "-" + protocol.toLowerCase(Locale.ROOT);
        ports.add(Map.of("name", name, "containerPort", number, "protocol", protocol));
      }
    }
    for (JsonNode pod : step.get("pods")) {
      out.add(
          Conformance.pod(
              pod.get("ns").asString(),
              pod.get("name").asString(),
              strings(pod.get("labels")),
              pod.get("ip").asString(),
              ports));
    }
    return out;
  }

  private static Map<String, Object> strings(JsonNode node) {
    Map<String, Object> out = new TreeMap<>();
    node.propertyNames().forEach(key -> out.put(key, node.get(key).asString()));
    return out;
  }
}
