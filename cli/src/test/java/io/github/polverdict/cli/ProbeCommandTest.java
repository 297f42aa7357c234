package io.github.polverdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.probe.Prediction;
import io.github.polverdict.questions.probe.ProbeAnswer;
import io.github.polverdict.questions.probe.ProbeAnswer.Agreement;
import io.github.polverdict.questions.probe.ProbeQuestion;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.report.Palette;
import io.github.polverdict.report.Report;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.Workbench;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.InputStream;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What probe chooses to try and says of it; packets are tried on live clusters only. */
@NullUnmarked
class ProbeCommandTest extends DemoClusters {

  private Session production() throws Exception {
    FileSource source = FileSource.of(List.of(production), InputStream.nullInputStream());
    return Workbench.installed().open(source.read(), Optional.empty(), Grouping.WORKLOAD);
  }

  private static List<Prediction> predictions(Session session, String from, String to) {
    return switch (new ProbeQuestion(from, to, "").ask(session)) {
      case Reply.Answered<List<Prediction>>(List<Prediction> all) -> all;
      case Reply.Refused<List<Prediction>> refused ->
          throw new AssertionError(refused.refusals().toString());
    };
  }

  private static ProbeAnswer answer(Session session, List<Prediction> all, Sign sign) {
    List<Observation> seen =
        all.stream()
            .map(p -> new Observation(p.trial(), sign, 1, Duration.ofMillis(3), "no answer"))
            .toList();
    ProbeQuestion question = new ProbeQuestion("x", "y:80", "");
    return ProbeAnswer.of(question, all, seen, session.model().pins());
  }

  @Test
  void a_pod_is_called_by_its_own_address_and_by_the_services_that_lead_there() throws Exception {
    List<Prediction> all = predictions(production(), "shop/checkout", "deploy/data/orders-db:5432");
    assertThat(all)
        .anyMatch(p -> p.trial().flow().to() instanceof Flow.Target.ToEndpoint)
        .anyMatch(p -> p.trial().flow().to() instanceof Flow.Target.ToService)
        .allMatch(p -> p.outcome() == Outcome.DENIED)
        .allMatch(p -> !p.because().isEmpty());
  }

  @Test
  void a_service_is_called_by_its_address_and_its_pods_by_theirs() throws Exception {
    List<Prediction> all = predictions(production(), "shop/checkout", "svc/data/orders-db:5432");
    assertThat(all.getFirst().trial().flow().to()).isInstanceOf(Flow.Target.ToService.class);
    assertThat(all).anyMatch(p -> p.trial().flow().to() instanceof Flow.Target.ToEndpoint);
  }

  @Test
  void packets_that_get_through_contradict_a_denial_and_lost_ones_do_not() throws Exception {
    Session session = production();
    List<Prediction> all = predictions(session, "shop/checkout", "deploy/data/orders-db:5432");
    assertThat(answer(session, all, Sign.CONNECTED).rows())
        .allMatch(r -> r.agreement() == Agreement.CONTRADICTED);
    assertThat(answer(session, all, Sign.CLOSED).rows())
        .allMatch(r -> r.agreement() == Agreement.CONTRADICTED);
    assertThat(answer(session, all, Sign.DROPPED).rows())
        .allMatch(r -> r.agreement() == Agreement.CONFIRMED);
    for (Sign sign : List.of(Sign.INCONCLUSIVE, Sign.ONE_WAY, Sign.UNREACHABLE)) {
      assertThat(answer(session, all, sign).rows())
          .allMatch(r -> r.agreement() == Agreement.NOT_SEEN);
    }
  }

  @Test
  void its_formats_keep_to_what_is_published() throws Exception {
    Session session = production();
    List<Prediction> all = predictions(session, "shop/checkout", "deploy/data/orders-db:5432");
    ProbeAnswer lost = answer(session, all, Sign.DROPPED);
    ProbeAnswer through = answer(session, all, Sign.CONNECTED);
    Published.keepsToAnswers(written(Format.JSON, lost));
    Published.keepsToJunit(written(Format.JUNIT, lost));
    Published.keepsToJunit(written(Format.JUNIT, through));
    Published.keepsToItself(written(Format.HTML, through));
    assertThat(written(Format.JUNIT, lost)).contains("failures=\"0\"");
    assertThat(written(Format.JUNIT, through))
        .contains("failures=\"" + all.size() + "\"", "predicted DENIED, seen CONNECTED");
    assertThat(written(Format.HTML, through)).contains("CONTRADICTED");
  }

  private static String written(Format format, ProbeAnswer answer) {
    StringWriter out = new StringWriter();
    new Report(format, Palette.PLAIN).write(Layouts.PROBE, answer, out);
    return out.toString();
  }

  @Test
  void files_have_no_packets() {
    Ran ran = run("probe", "-f", production, "--from", "shop/checkout", "--to", "shop/cart:80");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("running cluster", "--context");
  }

  @Test
  void nothing_is_sent_without_leave() {
    Ran ran = run("probe", "--context", "prod", "--from", "shop/checkout", "--to", "shop/cart:80");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("--allow-exec", "--allow-ephemeral", "--allow-clone", "--dry-run");
  }

  @Test
  void a_destination_without_a_port_is_refused() throws Exception {
    assertThat(new ProbeQuestion("shop/checkout", "shop/cart", "").ask(production()))
        .isInstanceOfSatisfying(
            Reply.Refused.class, r -> assertThat(r.refusals().toString()).contains("no port"));
  }
}
