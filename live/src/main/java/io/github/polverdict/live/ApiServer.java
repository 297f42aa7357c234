package io.github.polverdict.live;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Scalar;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One API server that can be asked for objects, and nothing else: every request is a GET, but for
 * the reviews of one's own rights, which are POSTs that leave nothing behind.
 */
final class ApiServer implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final Pattern USER = Pattern.compile("User (\"[^\"]*\")");
  private static final Pattern VERB = Pattern.compile("cannot (\\w+) resource");

  private final Kubeconfigs.Cluster cluster;
  private final Patience patience;
  private final KubernetesClient client;

  ApiServer(Kubeconfigs.Cluster cluster, Patience patience) throws UnreadableSource {
    this.cluster = cluster;
    this.patience = patience;
    Config config = cluster.config();
    config.setConnectionTimeout(Math.toIntExact(patience.connect().toMillis()));
    config.setRequestTimeout(Math.toIntExact(patience.request().toMillis()));
    config.setRequestRetryBackoffLimit(
        0); // tries are counted here, where a Retry-After has a limit
    try {
      this.client = new KubernetesClientBuilder().withConfig(config).build();
    } catch (RuntimeException e) {
      throw unreadable(Failures.of(e));
    }
  }

  String name() {
    return cluster.name();
  }

  String namespace() {
    return cluster.namespace();
  }

  /** A source of which nothing can be read, because of a failure. */
  UnreadableSource unreadable(Reply.Failed failed) {
    String server = cluster.config().getMasterUrl().replaceFirst("/$", "");
    String next =
        failed.next().isEmpty()
            ? "try: kubectl --context " + name() + " get namespaces"
            : failed.next();
    return new UnreadableSource(
        "cluster %s (%s) cannot be read: %s; %s".formatted(name(), server, failed.why(), next));
  }

  /** An object by its path, {@code /api/v1/pods?limit=500}. */
  Reply get(String path) throws UnreadableSource {
    return get(path, JSON);
  }

  /**
   * An object by its path.
   *
   * @param accept the representation that is asked for
   * @throws UnreadableSource when the server does not know who asks
   */
  Reply get(String path, String accept) throws UnreadableSource {
    return untilAnswered(request(path).header("Accept", accept));
  }

  /**
   * The server's answer to a question about one's own rights.
   *
   * @param review a kind of {@code authorization.k8s.io} or {@code authentication.k8s.io} whose
   *     objects are answered and not kept, as a path
   */
  Reply review(String review, String question) throws UnreadableSource {
    if (!review.matches("/apis/auth(oriz|entic)ation\\.k8s\\.io/v1/selfsubject[a-z]*reviews")) {
      throw new IllegalArgumentException(review + " is no review of one's own rights");
    }
    return untilAnswered(request(review).header("Accept", JSON).post(JSON, question));
  }

  private HttpRequest.Builder request(String path) {
    return client
        .getHttpClient()
        .newHttpRequestBuilder()
        .uri(cluster.config().getMasterUrl().replaceFirst("/$", "") + path);
  }

  private Reply untilAnswered(HttpRequest.Builder request) throws UnreadableSource {
    for (int attempt = 1; ; attempt++) {
      Attempt made = attempt(request.build());
      if (!made.again() || attempt >= patience.attempts()) {
        return made.reply();
      }
      Duration pause = made.retryAfter() == null ? patience.pause(attempt) : made.retryAfter();
      sleep(pause.compareTo(patience.longestPause()) < 0 ? pause : patience.longestPause());
    }
  }

  /**
   * Opens a watch, once.
   *
   * @param path with its query
   * @throws IOException when there is no answer
   */
  WatchStream watch(String path, String accept) throws IOException, InterruptedException {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(cluster.config().getMasterUrl().replaceFirst("/$", "") + path)
            .header("Accept", accept)
            .forStreaming()
            .build();
    return WatchStream.open(client.getHttpClient(), request, patience.request());
  }

  Patience patience() {
    return patience;
  }

  /** One try: its reply, and whether and when another one may do better. */
  private record Attempt(Reply reply, boolean again, @Nullable Duration retryAfter) {}

  private Attempt attempt(HttpRequest request) throws UnreadableSource {
    var call = client.getHttpClient().sendAsync(request, byte[].class);
    try {
      return judge(call.get(patience.request().toMillis() + 1000, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | CompletionException | TimeoutException e) {
      call.cancel(true);
      return new Attempt(Failures.of(e), Failures.mayPass(e), null);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreadableSource("reading cluster " + name() + " was interrupted");
    }
  }

  private Attempt judge(HttpResponse<byte[]> response) throws UnreadableSource {
    int code = response.code();
    byte[] body = response.body() == null ? new byte[0] : response.body();
    return switch (code) {
      case 200, 201 -> parsed(body);
      case 401 ->
          throw unreadable(
              new Reply.Failed(
                  "it does not accept the credentials (401)",
                  "they may have expired: log in again, then try: kubectl --context "
                      + name()
                      + " get namespaces"));
      case 403 -> new Attempt(new Reply.Forbidden(forbidden(body)), false, null);
      case 404 -> new Attempt(new Reply.Absent(), false, null);
      case 410 -> new Attempt(new Reply.Expired(), false, null);
      case 429 ->
          new Attempt(
              new Reply.Failed("the server is too busy (429)", ""), true, retryAfter(response));
      default -> {
        String why = "the server answered " + code + said(body);
        yield new Attempt(
            new Reply.Failed(why, ""), code >= 500, code >= 500 ? retryAfter(response) : null);
      }
    };
  }

  private static Attempt parsed(byte[] body) {
    try {
      return new Attempt(new Reply.Good(ApiJson.read(body)), false, null);
    } catch (ApiJson.Malformed e) {
      return new Attempt(
          new Reply.Failed("the server's answer is not JSON: " + e.getMessage(), ""), true, null);
    }
  }

  static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String header = response.header("Retry-After");
    return header != null && header.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Integer.parseInt(header))
        : null;
  }

  /** Who may not do what, as far as the server says it. */
  private static String forbidden(byte[] body) {
    String message = message(body);
    Matcher user = USER.matcher(message);
    Matcher verb = VERB.matcher(message);
    String who = "forbidden" + (user.find() ? " for user " + user.group(1) : "");
    if (!verb.find()) {
      return who;
    }
    String grants = verb.group(1).equals("list") ? " (deploy/rbac/read.yaml)" : "";
    return who + ": needs " + verb.group(1) + grants;
  }

  private static String said(byte[] body) {
    String message = message(body);
    return message.isEmpty()
        ? ""
        : " (" + (message.length() > 160 ? message.substring(0, 160) + "…" : message) + ")";
  }

  /** The message of a Status object; empty when there is none. */
  private static String message(byte[] body) {
    try {
      Value message = ApiJson.read(body).entries().get("message");
      return message instanceof Scalar s ? s.text().lines().findFirst().orElse("") : "";
    } catch (ApiJson.Malformed _) {
      return ""; // a proxy's page: the status code says enough
    }
  }

  private void sleep(Duration pause) throws UnreadableSource {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreadableSource("reading cluster " + name() + " was interrupted");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
