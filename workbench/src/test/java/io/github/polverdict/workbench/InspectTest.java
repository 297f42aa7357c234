package io.github.polverdict.workbench;

import static io.github.polverdict.workbench.Given.deployment;
import static io.github.polverdict.workbench.Given.ingress;
import static io.github.polverdict.workbench.Given.namespace;
import static io.github.polverdict.workbench.Given.session;
import static io.github.polverdict.workbench.Given.under;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Policy;
import io.github.polverdict.questions.inspect.InspectAnswer.Status;
import io.github.polverdict.questions.inspect.InspectQuestion;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InspectTest {
  private static final String OPEN = ingress("shop", "open", "{}", "[{}]");

  private static InspectAnswer inspect(Session session) {
    return new InspectQuestion().ask(session);
  }

  private static Policy only(Session session) {
    return inspect(session).policies().getFirst();
  }

  @Test
  void a_policy_that_selects_pods_is_enforced_and_counts_them() {
    Policy policy =
        only(session(namespace("shop"), deployment("shop", "a"), deployment("shop", "b"), OPEN));

    assertThat(policy.name()).isEqualTo("NetworkPolicy shop/open");
    assertThat(policy.status()).isEqualTo(Status.ENFORCED);
    assertThat(policy.selects()).isEqualTo(2);
    assertThat(policy.why()).isEmpty();
  }

  @Test
  void a_policy_that_selects_nobody_is_inert() {
    Policy policy =
        only(
            session(
                namespace("shop"),
                deployment("shop", "a"),
                ingress("shop", "p", "{matchLabels: {app: x}}", "[]")));

    assertThat(policy.status()).isEqualTo(Status.INERT);
    assertThat(policy.why()).containsExactly("it selects no pod");
  }

  @Test
  void without_an_enforcing_engine_every_policy_is_inert() {
    assertThat(only(under("unenforced", namespace("shop"), deployment("shop", "a"), OPEN)).status())
        .isEqualTo(Status.INERT);
  }

  @Test
  void a_policy_that_the_api_server_would_refuse_is_uncertain_and_says_why() {
    String bad = OPEN.replace("ingress: [{}]", "ingress: [{ports: [{port: 80, endPort: 70}]}]");
    Policy policy = only(session(namespace("shop"), deployment("shop", "a"), bad));

    assertThat(policy.status()).isEqualTo(Status.UNCERTAIN);
    assertThat(String.join(" ", policy.why())).contains("endPort");
  }

  @Test
  void the_engine_is_assumed_unless_it_is_seen_or_said() {
    assertThat(inspect(session(OPEN)).engines().getFirst().assumed()).isTrue();
    assertThat(inspect(under("kubernetes", OPEN)).engines().getFirst().assumed()).isFalse();
  }

  @Test
  void documents_are_counted_by_kind_and_those_that_nobody_reads_are_named() {
    String secretless =
        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w, namespace: shop}";
    InspectAnswer answer = inspect(session(namespace("shop"), deployment("shop", "a"), secretless));

    assertThat(answer.kinds())
        .isEqualTo(Map.of("Namespace", 1, "Deployment", 1, "Widget.example.com", 1));
    assertThat(answer.unread()).isEqualTo(Map.of("Widget.example.com", 1));
    assertThat(answer.endpoints()).isEqualTo(Map.of("POD", 1));
  }
}
