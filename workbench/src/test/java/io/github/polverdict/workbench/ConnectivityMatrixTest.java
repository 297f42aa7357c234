package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.pod;
import static io.github.polverdict.workbench.Given.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Part;
import io.github.polverdict.questions.connectivity.ConnectivityMatrix.Side;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of who reaches whom, in which every cell says why. */
class ConnectivityMatrixTest {
  private static final String[] SHOP = {
    namespace("shop"),
    deployment("shop", "queue"),
    pod("shop", "web", "10.1.0.1", "app=web"),
    pod("shop", "db", "10.1.0.2", "app=db"),
    ingress(
        "shop",
        "db",
        "{matchLabels: {app: db}}",
        "[{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]},"
            + " {from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.7/32]}}]}]")
  };

  private static ConnectivityMatrix matrix(Session session, ConnectivityQuestion question) {
    return switch (question.ask(session)) {
      case Reply.Answered<ConnectivityAnswer>(ConnectivityAnswer answer) ->
          question.why(session, answer);
      case Reply.Refused<ConnectivityAnswer>(var refusals) -> throw new AssertionError(refusals);
    };
  }

  private static List<Part> parts(ConnectivityMatrix matrix, String from, String to) {
    return matrix
        .cells()
        .get(index(matrix.sources(), from))
        .get(index(matrix.destinations(), to))
        .parts();
  }

  private static int index(List<Side> sides, String name) {
    return sides.stream().map(s -> s.party().name()).toList().indexOf(name);
  }

  private static TrafficSet traffic(List<Part> parts, Outcome outcome) {
    return parts.stream()
        .filter(p -> p.outcome() == outcome)
        .map(Part::traffic)
        .findFirst()
        .orElse(TrafficSet.NONE);
  }

  @Test
  void its_cells_are_the_rows_of_the_list_and_what_they_lack_is_denied() {
    ConnectivityMatrix matrix = matrix(session(SHOP), ConnectivityQuestion.all());
    List<String> cells = new ArrayList<>();
    for (int r = 0; r < matrix.sources().size(); r++) {
      for (int c = 0; c < matrix.destinations().size(); c++) {
        List<Part> parts = matrix.cells().get(r).get(c).parts();
        TrafficSet allowed = traffic(parts, Outcome.ALLOWED);
        TrafficSet unknown = traffic(parts, Outcome.UNKNOWN);
        Side src = matrix.sources().get(r);
        Side dst = matrix.destinations().get(c);
        boolean inside = !src.party().external() && !dst.party().external();
        if (inside && !(allowed.isEmpty() && unknown.isEmpty())) {
          cells.add(src.party().name() + " " + dst.party().name() + " " + allowed + unknown);
        }
        if (!parts.isEmpty()) {
          assertThat(allowed.or(unknown).or(traffic(parts, Outcome.DENIED)))
              .isEqualTo(TrafficSet.ALL);
        }
      }
    }
    assertThat(cells)
        .containsExactlyInAnyOrderElementsOf(
            matrix.answer().rows().stream()
                .filter(r -> !r.src().external() && !r.dst().external())
                .map(r ->
                    r.src().name()
                        + " "
                        + r.dst().name()
                        + " "
                        + r.reach().allowed()
                        + r.reach().unknown())
                .toList());
  }

  @Test
  void a_part_names_what_decides_it_and_speaks_of_source_and_destination() {
    ConnectivityMatrix matrix = matrix(session(SHOP), ConnectivityQuestion.all());
    List<Part> parts = parts(matrix, "shop/web[Pod]", "shop/db[Pod]");

    assertThat(parts).extracting(Part::outcome).containsExactly(Outcome.ALLOWED, Outcome.DENIED);
    assertThat(parts.getFirst().grounds().getFirst().gates())
        .extracting(b -> b.gate() + ": " + b.reason().sentence())
        .containsExactly(
            "EGRESS: no policy selects the source for egress, so kubernetes lets it pass",
            "INGRESS: NetworkPolicy shop/db allows it");
    assertThat(parts.getLast().grounds().getFirst().gates())
        .singleElement()
        .satisfies(b -> {
          assertThat(b.gate()).isEqualTo(Direction.INGRESS);
          assertThat(b.reason().sentence())
              .isEqualTo(
                  "NetworkPolicy shop/db isolates the destination for ingress and no rule of it"
                      + " matches");
          assertThat(b.reason().origin()).isPresent();
        });
  }

  @Test
  void what_is_not_known_says_what_would_decide_it() {
    ConnectivityMatrix matrix = matrix(session(SHOP), ConnectivityQuestion.all());
    assertThat(parts(matrix, "shop/queue[Deployment]", "shop/db[Pod]"))
        .filteredOn(p -> p.outcome() == Outcome.UNKNOWN)
        .singleElement()
        .satisfies(p ->
            assertThat(p.grounds().getFirst().doubts())
                .extracting(d -> d.text())
                .contains("the address of shop/queue[Deployment]"));
  }

  @Test
  void only_what_is_asked_for_has_rows_columns_and_traffic() {
    ConnectivityQuestion question =
        new ConnectivityQuestion(
            Optional.of("shop/web"), Optional.of("shop/db"), Optional.of("5432"), false, "");
    ConnectivityMatrix matrix = matrix(session(SHOP), question);

    assertThat(matrix.sources()).extracting(s -> s.party().name()).containsExactly("shop/web[Pod]");
    assertThat(matrix.destinations())
        .extracting(s -> s.party().name())
        .containsExactly("shop/db[Pod]");
    assertThat(parts(matrix, "shop/web[Pod]", "shop/db[Pod]"))
        .singleElement()
        .satisfies(p -> assertThat(p.traffic().toString()).isEqualTo("TCP 5432"));
  }
}
