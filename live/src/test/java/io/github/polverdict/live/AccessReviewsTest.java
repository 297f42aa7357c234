package io.github.polverdict.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.core.model.rights.Grant;
import io.github.polverdict.live.AccessReviews.Answers;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked about one's own rights, and what is made of the answers. */
class AccessReviewsTest {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  @TempDir Path directory;
  private final FakeApiServer server = new FakeApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private void grants(Predicate<String> allowed) {
    server.on(
        REVIEWS,
        e -> {
          String question = new String(e.getRequestBody().readAllBytes(), UTF_8);
          FakeApiServer.send(
              e, 201, "{\"status\":{\"allowed\":%s}}".formatted(allowed.test(question)));
        });
  }

  private Answers ask(String feature, String... namespaces) throws UnreadableSource {
    List<Feature> features = Features.all().stream().filter(f -> f.id().equals(feature)).toList();
    ClusterAccess access =
        new ClusterAccess(
            Optional.empty(), Optional.of(server.kubeconfig(directory)), List.of(namespaces));
    return new AccessReviews(access, new Kubeconfigs(Map.of(), directory), FakeApiServer.HASTY)
        .ask(features);
  }

  @Test
  void whatIsNotGrantedInTheWholeClusterIsAskedForInTheNamespaces() throws UnreadableSource {
    grants(q -> q.contains("\"namespace\":\"shop\""));
    Answers answers = ask("probe-exec", "shop", "hidden");
    assertThat(answers.grants())
        .extracting(Grant::missing)
        .containsExactly(
            "get pods in namespace hidden",
            "get pods/exec in namespace hidden",
            "create pods/exec in namespace hidden");
    assertThat(answers.grants()).allSatisfy(g -> assertThat(g.in()).containsExactly("shop"));
  }

  @Test
  void aSubresourceAndAGroupAreAskedForAsTheServerCallsThem() throws UnreadableSource {
    grants(q ->
        q.contains("\"resource\":\"pods\"") && q.contains("\"subresource\":\"ephemeralcontainers\"")
            || q.contains("\"group\":\"networking.k8s.io\""));
    assertThat(ask("probe-ephemeral").grants())
        .filteredOn(Grant::everywhere)
        .extracting(g -> g.right().text())
        .containsExactly("get pods/ephemeralcontainers", "patch pods/ephemeralcontainers");
    assertThat(ask("canary").grants())
        .filteredOn(Grant::everywhere)
        .hasSize(2)
        .allSatisfy(g -> assertThat(g.right().group()).isEqualTo("networking.k8s.io"));
  }

  @Test
  void kindsThatTheClusterDoesNotHaveAreNotAskedFor() throws UnreadableSource {
    grants(q -> true);
    assertThat(ask("read").grants())
        .extracting(g -> g.right().resource())
        .contains("networkpolicies.networking.k8s.io", "pods")
        .doesNotContain("ciliumnetworkpolicies.cilium.io");
  }

  @Test
  void nothingButReviewsIsPosted() throws UnreadableSource {
    grants(q -> true);
    ask("canary");
    assertThat(server.requests)
        .filteredOn(r -> !r.startsWith("GET "))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r).matches("POST .*/v1/selfsubject(access)?reviews"));
  }

  @Test
  void aServerThatDoesNotAnswerIsAnErrorAndNoMissingRight() {
    server.on(REVIEWS, e -> FakeApiServer.status(e, 404, "not found"));
    assertThatThrownBy(() -> ask("probe-exec"))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("does not answer a SelfSubjectAccessReview");
  }
}
