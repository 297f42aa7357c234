package io.github.polverdict.live;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.core.model.rights.Grant;
import io.github.polverdict.core.model.rights.Right;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks an API server which rights one has, by SelfSubjectAccessReviews: whatever authorizers there
 * are answer, and nothing is kept. Rights on kinds that the cluster does not have are not asked
 * for.
 */
public final class AccessReviews {
  private static final String ACCESS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final int PARALLEL = 6;

  private final ClusterAccess access;
  private final Kubeconfigs kubeconfigs;
  private final Patience patience;

  public AccessReviews(ClusterAccess access) {
    this(
        access,
        new Kubeconfigs(System.getenv(), Path.of(System.getProperty("user.home"))),
        Patience.USUAL);
  }

  AccessReviews(ClusterAccess access, Kubeconfigs kubeconfigs, Patience patience) {
    this.access = access;
    this.kubeconfigs = kubeconfigs;
    this.patience = patience;
  }

  /**
   * What the server said.
   *
   * @param user who it takes the caller for; empty when it does not tell, as before Kubernetes 1.28
   * @param namespaces those that rights were asked about; empty for the whole cluster
   */
  public record Answers(
      String cluster, Optional<String> user, List<String> namespaces, List<Grant> grants) {
    public Answers {
      namespaces = List.copyOf(namespaces);
      grants = List.copyOf(grants);
    }
  }

  /**
   * Asks for every right of the features; for those about namespaces, in the whole cluster first
   * and where that is refused in each namespace of the {@link ClusterAccess}.
   */
  public Answers ask(List<Feature> features) throws UnreadableSource {
    try (ApiServer server = new ApiServer(kubeconfigs.find(access), patience)) {
      List<Resource> known = Resource.of(access.withSurroundings());
      Discovery discovery = Discovery.of(server, known);
      LinkedHashSet<Right> rights = new LinkedHashSet<>();
      for (Feature feature : features) {
        feature.rights().stream()
            .filter(r ->
                known.stream()
                    .filter(k -> k.id().equals(r.resource()))
                    .allMatch(k -> discovery.version(k).isPresent()))
            .forEach(rights::add);
      }
      return new Answers(
          server.name(), user(server), access.namespaces(), grants(server, List.copyOf(rights)));
    }
  }

  private static Optional<String> user(ApiServer server) throws UnreadableSource {
    String question =
        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
    return server.review(WHO, question) instanceof Reply.Good(var body)
        ? Listing.field(body).get("status").get("userInfo").get("username").string()
        : Optional.empty();
  }

  private List<Grant> grants(ApiServer server, List<Right> rights) throws UnreadableSource {
    List<Callable<Grant>> calls = new ArrayList<>();
    rights.forEach(r -> calls.add(() -> grant(server, r)));
    try (ExecutorService pool =
        Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory())) {
      List<Grant> out = new ArrayList<>();
      for (Future<Grant> future : pool.invokeAll(calls)) {
        out.add(future.get());
      }
      return out;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnreadableSource unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException("asking for rights failed", e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreadableSource("asking cluster " + server.name() + " was interrupted");
    }
  }

  private Grant grant(ApiServer server, Right right) throws UnreadableSource {
    if (allowed(server, right, "")) {
      return new Grant(right, true, List.of(), List.of());
    }
    List<String> in = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    for (String namespace : namespaces(right)) {
      (allowed(server, right, namespace) ? in : lacks).add(namespace);
    }
    return new Grant(right, false, in, lacks);
  }

  private List<String> namespaces(Right right) {
    return switch (right.reach()) {
      case CLUSTER -> List.of();
      case NAMESPACES -> access.namespaces();
      case AGENTS -> access.namespaces().isEmpty() ? List.of() : Resource.AGENT_NAMESPACES;
    };
  }

  private static boolean allowed(ApiServer server, Right right, String namespace)
      throws UnreadableSource {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb(right.verb())
            .withGroup(right.group())
            .withResource(right.plural())
            .withSubresource(right.subresource())
            .withName(right.name())
            .withNamespace(namespace)
            .endResourceAttributes()
            .endSpec()
            .build();
    return switch (server.review(ACCESS, Serialization.asJson(review))) {
      case Reply.Good(var body) ->
          Listing.field(body).get("status").get("allowed").bool().orElse(false);
      case Reply.Failed failed -> throw server.unreadable(failed);
      case Reply.Forbidden(String why) -> throw unanswered(server, why);
      case Reply.Absent _, Reply.Expired _ -> throw unanswered(server, "there is no such API");
    };
  }

  private static UnreadableSource unanswered(ApiServer server, String why) {
    return server.unreadable(
        new Reply.Failed(
            "it does not answer a SelfSubjectAccessReview (" + why + ")",
            "try: kubectl --context " + server.name() + " auth can-i --list"));
  }
}
