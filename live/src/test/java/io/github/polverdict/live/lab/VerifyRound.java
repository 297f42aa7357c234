package io.github.polverdict.live.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.live.lab.Commands.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code verify} found in one live cluster, and what the same packets show of an engine that
 * it is not. Empty where the agent has settings of its own.
 *
 * @param policies how many there are
 * @param right the answer as csv
 * @param wrong the answer when the saved run is judged by another version
 */
record VerifyRound(Lab.Agent agent, int policies, List<Ended> right, List<Ended> wrong) {
  private static final String BUDGET = "500";
  private static final List<String> NAMESPACES = List.of("shop", "ops", "guest", "vault", "hidden");

  /** For each cluster an engine that it is not, and rows of a profile that tell the two apart. */
  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "cilium-1.15",
          List.of("cilium@1.20.2", "cilium.endport", "cilium.named-port-egress-global"),
          "cilium-1.20",
          List.of("cilium@1.15.19", "cilium.endport", "cilium.named-port-egress-global"));

  static VerifyRound of(Lab lab, Path polverdict, Path results) {
    if (!lab.agent().settings().isEmpty()) {
      return new VerifyRound(lab.agent(), 0, List.of(), List.of());
    }
    String saved =
        results.resolve("verify-" + lab.agent().cni() + ".json").toAbsolutePath().toString();
    List<String> run = new ArrayList<>(List.of("--allow-exec", "--budget", BUDGET));
    NAMESPACES.forEach(n -> run.addAll(List.of("-n", n)));
    run.addAll(List.of("--outside", "198.51.100.10", "--outside", "198.51.100.20"));
    run.addAll(List.of("--save", saved));
    Ended right = verify(lab, polverdict, run);
    List<Ended> wrong = new ArrayList<>();
    if (OTHERS.containsKey(lab.agent().cni())) {
      String other = OTHERS.get(lab.agent().cni()).getFirst();
      wrong.add(verify(lab, polverdict, List.of("--from-observations", saved, "--cni", other)));
    }
    return new VerifyRound(lab.agent(), policies(lab), List.of(right), wrong);
  }

  private static int policies(Lab lab) {
    String kinds = "networkpolicies";
    if (lab.agent().cni().equals("cilium-1.20")) {
      kinds += ",ciliumnetworkpolicies,ciliumclusterwidenetworkpolicies";
    }
    return (int) lab.kubectl("get", kinds, "-A", "-o", "name").lines().count();
  }

  private static Ended verify(Lab lab, Path polverdict, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(polverdict.toString(), "verify", "--kubeconfig", lab.kubeconfig()));
    command.addAll(arguments);
    command.addAll(List.of("-o", "csv"));
    return lab.exec(command.toArray(String[]::new));
  }

  /** Rows of the answer by what they agree on. */
  private static Map<String, List<String>> rows(Ended ended) {
    List<List<String>> rows = LabFlow.rows(ended.out());
    assertThat(rows).as(ended.err()).isNotEmpty();
    int agreement = rows.getFirst().indexOf("agreement");
    return rows.stream()
        .skip(1)
        .collect(
            Collectors.groupingBy(
                r -> r.get(agreement),
                Collectors.mapping(r -> String.join(" ", r), Collectors.toList())));
  }

  /** Fails where packets contradict what is predicted, or a wrong profile is not caught. */
  void check() {
    for (Ended run : right) {
      Map<String, List<String>> rows = rows(run);
      System.out.printf("%s: verify %s%n", agent.name(), counts(rows));
      assertThat(policies).as(agent.name()).isGreaterThanOrEqualTo(30);
      assertThat(rows.getOrDefault("CONTRADICTED", List.of())).as(agent.name()).isEmpty();
      assertThat(run.code()).as(agent.name() + ": " + run.err()).isZero();
      assertThat(rows.get("CONFIRMED")).as(agent.name()).hasSizeGreaterThan(200);
      if (agent.cni().equals("bridge")) {
        assertThat(run.out()).as(agent.name()).doesNotContain(",DENIED,");
      }
    }
    for (Ended run : wrong) {
      assertThat(run.code()).as(agent.name() + ": " + run.err()).isEqualTo(1);
      List<String> other = OTHERS.get(agent.cni());
      List<String> apart = other.subList(1, other.size()).stream().map(r -> "row " + r).toList();
      assertThat(rows(run).get("CONTRADICTED"))
          .as(agent.name())
          .anySatisfy(r ->
              assertThat(r)
                  .contains("prediction wrong")
                  .containsAnyOf(apart.toArray(String[]::new)));
    }
  }

  private static String counts(Map<String, List<String>> rows) {
    return rows.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue().size())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
