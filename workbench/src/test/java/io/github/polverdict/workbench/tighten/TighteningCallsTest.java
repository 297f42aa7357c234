package io.github.polverdict.workbench.tighten;

import static io.github.polverdict.workbench.tighten.TighteningTest.asked;
import static io.github.polverdict.workbench.tighten.TighteningTest.flow;
import static io.github.polverdict.workbench.tighten.TighteningTest.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.questions.tighten.Declared;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.workbench.Session;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Calls that the cluster itself makes are not cut in silence. */
@NullUnmarked
class TighteningCallsTest {
  private static final String[] HOOKED = {
    """
    apiVersion: v1
    kind: Node
    metadata: {name: n1, labels: {node-role.kubernetes.io/control-plane: ""}}
    status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}
    """,
    """
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata: {name: check}
    webhooks:
      - name: check.example.com
        clientConfig: {service: {name: db, namespace: data, port: 5432}}
        admissionReviewVersions: [v1]
        sideEffects: None
    """
  };

  @Test
  void a_webhook_that_would_be_cut_is_a_problem_until_its_caller_is_declared() {
    Declared calls = flow("shop/web", "shop/api:8080");
    Declared reads = flow("shop/api", "svc/data/db:5432");
    TightenAnswer cut = asked(shop(HOOKED), calls, reads);
    assertThat(cut.proved()).isFalse();
    assertThat(cut.problems())
        .singleElement()
        .asString()
        .startsWith(
            "the webhook check.example.com would not surely be reached at svc/data/db:5432");
    TightenAnswer told =
        asked(shop(HOOKED), calls, reads, flow("192.168.0.1/32", "svc/data/db:5432"));
    assertThat(told.problems()).isEmpty();
    assertThat(told.lacking()).isEmpty();
    assertThat(asked(shop(HOOKED), calls).problems()).isEmpty();
  }

  @Test
  void an_ingress_must_have_a_caller_among_the_declared() {
    String ingress =
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: public, namespace: data}
        spec: {defaultBackend: {service: {name: db, port: {number: 5432}}}}
        """;
    Session session = shop(HOOKED[0], ingress);
    assertThat(asked(session, flow("data/db", "shop/web:8080")).problems())
        .singleElement()
        .asString()
        .startsWith("Ingress data/public would not surely be reached at svc/data/db:5432");
    assertThat(asked(session, flow("shop/api", "svc/data/db:5432")).problems()).isEmpty();
  }
}
