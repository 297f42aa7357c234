package io.github.polverdict.live;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.polverdict.snapshot.UnreadableSource;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/**
 * A client of one cluster, for the packages of this module that do more than list. What may be
 * written with it is not known here.
 */
public final class Connection implements AutoCloseable {
  private final String name;
  private final KubernetesClient client;
  private final LongAdder requests = new LongAdder();

  private Connection(Kubeconfigs.Cluster cluster) {
    this.name = cluster.name();
    Config config = cluster.config();
    config.setConnectionTimeout(Math.toIntExact(Patience.USUAL.connect().toMillis()));
    config.setRequestTimeout(Math.toIntExact(Patience.USUAL.request().toMillis()));
    config.setRequestRetryBackoffLimit(0); // who asks decides what is worth another try
    this.client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor("count", new Counting()))
            .build();
  }

  /**
   * Finds the cluster as a reading does, without asking it for anything.
   *
   * @throws UnreadableSource when no such cluster is configured
   */
  public static Connection open(ClusterAccess access) throws UnreadableSource {
    Path home = Path.of(System.getProperty("user.home"));
    Kubeconfigs.Cluster cluster = new Kubeconfigs(System.getenv(), home).find(access);
    try {
      return new Connection(cluster);
    } catch (RuntimeException e) {
      throw new UnreadableSource("cluster " + cluster.name() + ": " + why(e));
    }
  }

  public String name() {
    return name;
  }

  public KubernetesClient client() {
    return client;
  }

  /** How many requests were sent so far, upgrades to a websocket included. */
  public long requests() {
    return requests.sum();
  }

  /** What an exception of the client means, in a few words for its user. */
  public static String why(Throwable thrown) {
    return Failures.of(thrown).why();
  }

  /** Whether what failed so may go well a little later. */
  public static boolean mayPass(Throwable thrown) {
    return Failures.isOfTransport(thrown);
  }

  private final class Counting implements Interceptor {
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      requests.increment();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
