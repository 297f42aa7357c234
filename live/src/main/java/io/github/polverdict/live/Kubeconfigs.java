package io.github.polverdict.live;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the cluster that the user means: kubectl's rules, then the pod's own service account. */
final class Kubeconfigs {
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private final Map<String, String> environment;
  private final Path home;

  /**
   * @param environment variables as a process has them
   * @param home the user's directory
   */
  Kubeconfigs(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.home = home;
  }

  /**
   * A cluster to be called.
   *
   * @param name of the context, {@code in-cluster} without one
   * @param namespace of the context; {@code default} when it has none
   */
  record Cluster(String name, String namespace, Config config) {}

  Cluster find(ClusterAccess access) throws UnreadableSource {
    List<Path> files = files(access);
    if (files.isEmpty() && access.context().isEmpty() && Files.isReadable(SERVICE_ACCOUNT)) {
      Config config = Config.autoConfigure(null);
      return new Cluster("in-cluster", namespace(config), config);
    }
    if (files.isEmpty()) {
      throw new UnreadableSource(
          "no kubeconfig was found (neither KUBECONFIG nor %s); name one with --kubeconfig"
              .formatted(home.resolve(".kube/config")));
    }
    List<io.fabric8.kubernetes.api.model.Config> parsed = new ArrayList<>();
    for (Path file : files) {
      parsed.add(parse(file));
    }
    return cluster(wanted(access, parsed, files), parsed);
  }

  private List<Path> files(ClusterAccess access) throws UnreadableSource {
    if (access.kubeconfig().isPresent()) {
      Path file = access.kubeconfig().get();
      if (!Files.isReadable(file)) {
        throw new UnreadableSource(
            "kubeconfig " + file + " cannot be read; check the path and its permissions");
      }
      return List.of(file);
    }
    String list = environment.getOrDefault("KUBECONFIG", "");
    Stream<Path> candidates =
        list.isEmpty()
            ? Stream.of(home.resolve(".kube/config"))
            : Stream.of(list.split(File.pathSeparator)).filter(s -> !s.isEmpty()).map(Path::of);
    return candidates.filter(Files::isReadable).toList();
  }

  private static io.fabric8.kubernetes.api.model.Config parse(Path file) throws UnreadableSource {
    try {
      var config = KubeConfigUtils.parseConfig(file.toFile());
      if (config != null) {
        return config;
      }
    } catch (RuntimeException _) {
      // the client's message repeats the text, which holds credentials
    }
    throw new UnreadableSource(
        "kubeconfig "
            + file
            + " is not a valid kubeconfig; check it with: kubectl config view --kubeconfig "
            + file);
  }

  /** The name of the context that is asked for, or the first file's current one. */
  private static String wanted(
      ClusterAccess access, List<io.fabric8.kubernetes.api.model.Config> parsed, List<Path> files)
      throws UnreadableSource {
    List<String> known =
        parsed.stream()
            .flatMap(c -> c.getContexts().stream())
            .map(NamedContext::getName)
            .distinct()
            .sorted()
            .toList();
    Optional<String> wanted =
        access
            .context()
            .or(() ->
                parsed.stream()
                    .map(c -> c.getCurrentContext())
                    .filter(c -> c != null && !c.isEmpty())
                    .findFirst());
    if (wanted.isEmpty()) {
      throw new UnreadableSource(
          "no current context is set in %s; choose one with --context: %s"
              .formatted(text(files), text(known)));
    }
    if (!known.contains(wanted.get())) {
      throw new UnreadableSource(
          "there is no context '%s' in %s; known are: %s"
              .formatted(wanted.get(), text(files), text(known)));
    }
    return wanted.get();
  }

  private static Cluster cluster(
      String context, List<io.fabric8.kubernetes.api.model.Config> parsed) throws UnreadableSource {
    if (!namesServer(context, parsed)) {
      throw new UnreadableSource(
          "context '%s' names no cluster with a server; check it with: kubectl config view"
              .formatted(context));
    }
    Config config = Config.empty();
    try {
      KubeConfigUtils.merge(
          config, context, parsed.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
    } catch (RuntimeException e) {
      throw new UnreadableSource(
          "context '%s' cannot be used (%s); try: kubectl --context %s version"
              .formatted(context, e.getClass().getSimpleName(), context));
    }
    return new Cluster(context, namespace(config), config);
  }

  private static boolean namesServer(
      String context, List<io.fabric8.kubernetes.api.model.Config> parsed) {
    Set<String> clusters =
        parsed.stream()
            .flatMap(c -> c.getContexts().stream())
            .filter(c -> c.getName().equals(context) && c.getContext() != null)
            .map(c -> String.valueOf(c.getContext().getCluster()))
            .collect(Collectors.toSet());
    return parsed.stream()
        .flatMap(c -> c.getClusters().stream())
        .anyMatch(c ->
            clusters.contains(c.getName())
                && c.getCluster() != null
                && c.getCluster().getServer() != null);
  }

  private static String namespace(Config config) {
    String namespace = config.getNamespace();
    return namespace == null || namespace.isEmpty() ? "default" : namespace;
  }

  private static String text(List<?> names) {
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.stream().map(Object::toString).toList());
  }
}
