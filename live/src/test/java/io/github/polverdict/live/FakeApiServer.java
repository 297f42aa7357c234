package io.github.polverdict.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A server on loopback that plays a Kubernetes API server as far as discovery, lists and watches
 * go.
 */
final class FakeApiServer implements AutoCloseable {
  static final Patience HASTY =
      new Patience(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          3,
          Duration.ofMillis(5),
          Duration.ofMillis(1500));

  final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<String>> lists =
      new ConcurrentSkipListMap<>(); // by the list's path
  private final Map<String, Answer> answers =
      Collections.synchronizedMap(new LinkedHashMap<>()); // by the path's beginning
  private final Map<String, FakeWatch> watches = new ConcurrentHashMap<>(); // by the list's path
  private volatile String token = "";
  private final ConcurrentSkipListSet<String> served =
      new ConcurrentSkipListSet<>(
          List.of(
              "apps/v1/deployments",
              "apps/v1/replicasets",
              "apps/v1/statefulsets",
              "apps/v1/daemonsets",
              "batch/v1/jobs",
              "batch/v1/cronjobs",
              "discovery.k8s.io/v1/endpointslices",
              "networking.k8s.io/v1/networkpolicies",
              "networking.k8s.io/v1/ingresses"));
  private final HttpServer server;
  private final String scheme;

  /** Answers a request itself instead of the lists. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  FakeApiServer() {
    this(Optional.empty());
  }

  FakeApiServer(Optional<SSLContext> tls) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls.isPresent()) {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
        server = https;
      } else {
        server = HttpServer.create(address, 0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls.isPresent() ? "https" : "http";
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Adds a resource, {@code cilium.io/v2/ciliumnetworkpolicies}. */
  FakeApiServer serves(String resource) {
    served.add(resource);
    return this;
  }

  /** Adds objects to the list of a path, {@code /api/v1/pods}. */
  FakeApiServer list(String path, String... objects) {
    lists.computeIfAbsent(path, _ -> new ArrayList<>()).addAll(List.of(objects));
    return this;
  }

  FakeApiServer on(String pathBegins, Answer answer) {
    answers.put(pathBegins, answer);
    return this;
  }

  FakeApiServer forbid(String pathBegins) {
    String text =
        "pods is forbidden: User \\\"ro\\\" cannot list resource \\\"pods\\\" in API group"
            + " \\\"\\\"";
    return on(pathBegins, e -> status(e, 403, text));
  }

  /** Takes back what was said of a path. */
  void allow(String pathBegins) {
    answers.remove(pathBegins);
  }

  /** Refuses the next list of a path. */
  void forbidOnce(String path) {
    on(
        path,
        e -> {
          allow(path);
          status(e, 403, "it is forbidden: User \\\"ro\\\" cannot list");
        });
  }

  /** Replaces the objects of a list. */
  void lists(String path, String... objects) {
    lists.put(path, List.of(objects));
  }

  FakeApiServer servesNot(String resource) {
    served.remove(resource);
    return this;
  }

  /** Takes only this token from now on. */
  void accept(String only) {
    token = only;
  }

  /** The watches of a list; those of others stay open and silent. */
  FakeWatch watched(String path) {
    return watches.computeIfAbsent(path, _ -> new FakeWatch());
  }

  /** How often a list was asked for. */
  long listed(String path) {
    synchronized (requests) {
      return requests.stream()
          .filter(r -> r.startsWith("GET " + path + "?") && !r.contains("watch=1"))
          .count();
    }
  }

  static String object(String namespace, String name, String rest) {
    String in = namespace.isEmpty() ? "" : ",\"namespace\":\"" + namespace + "\"";
    return "{\"metadata\":{\"name\":\""
        + name
        + "\""
        + in
        + ",\"resourceVersion\":\"7\"}"
        + rest
        + "}";
  }

  static String object(String namespace, String name) {
    return object(namespace, name, "");
  }

  static void status(HttpExchange exchange, int code, String message) throws IOException {
    send(
        exchange,
        code,
        "{\"kind\":\"Status\",\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }

  static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A kubeconfig with this server's context {@code lab}, whose namespace is {@code shop}. */
  Path kubeconfig(Path directory, String... more) {
    Path file = directory.resolve("kubeconfig");
    String cluster = more.length == 0 ? "" : ", " + String.join(", ", more);
    try {
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: lab
          clusters: [{name: lab, cluster: {server: "%s"%s}}]
          users: [{name: ro, user: {token: t0ken}}]
          contexts: [{name: lab, context: {cluster: lab, user: ro, namespace: shop}}]
          """
              .formatted(url(), cluster));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Snapshot read(Path directory, String... namespaces) throws UnreadableSource {
    return source(directory, Progress.SILENT, namespaces).read();
  }

  ClusterSource source(Path directory, Progress progress, String... namespaces) {
    return source(access(directory, namespaces), directory, progress);
  }

  private static ClusterSource source(ClusterAccess access, Path directory, Progress progress) {
    return new ClusterSource(access, progress, new Kubeconfigs(Map.of(), directory), HASTY);
  }

  private ClusterAccess access(Path directory, String... namespaces) {
    return new ClusterAccess(
        Optional.empty(), Optional.of(kubeconfig(directory)), List.of(namespaces));
  }

  Snapshot readWithSurroundings(Path directory) throws UnreadableSource {
    return source(access(directory).withSurroundings(), directory, Progress.SILENT).read();
  }

  /** How often a path was asked for, with any query. */
  long asked(String path) {
    synchronized (requests) {
      return requests.stream()
          .filter(r -> r.equals("GET " + path) || r.startsWith("GET " + path + "?"))
          .count();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String path = exchange.getRequestURI().getPath();
    if (!token.isEmpty() && !authorizations.getLast().equals("Bearer " + token)) {
      status(exchange, 401, "Unauthorized");
      return;
    }
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=1") && exists(path)) {
      watched(path).serve(exchange);
      return;
    }
    for (var answer : List.copyOf(answers.entrySet())) {
      if (path.startsWith(answer.getKey())) {
        answer.getValue().to(exchange);
        return;
      }
    }
    if (path.equals("/apis")) {
      send(exchange, 200, groups());
    } else if (path.matches("/apis/[^/]+/[^/]+")) {
      resources(exchange, path.substring("/apis/".length()));
    } else if (exists(path)) {
      page(exchange, path);
    } else {
      status(exchange, 404, "the server could not find the requested resource");
    }
  }

  private boolean exists(String path) {
    String resource = path.replaceFirst("/namespaces/[^/]+/", "/").replaceFirst("^/apis/", "");
    return path.startsWith("/api/v1/") || served.contains(resource);
  }

  private String groups() {
    Map<String, TreeSet<String>> versions = new TreeMap<>();
    served.forEach(
        s -> versions.computeIfAbsent(s.split("/")[0], _ -> new TreeSet<>()).add(s.split("/")[1]));
    return versions.entrySet().stream()
        .map(e ->
            "{\"name\":\"%s\",\"versions\":[%s]}"
                .formatted(
                    e.getKey(),
                    e.getValue().stream()
                        .map(v -> "{\"version\":\"" + v + "\"}")
                        .collect(Collectors.joining(","))))
        .collect(Collectors.joining(",", "{\"kind\":\"APIGroupList\",\"groups\":[", "]}"));
  }

  private void resources(HttpExchange exchange, String groupVersion) throws IOException {
    String names =
        served.stream()
            .filter(s -> s.startsWith(groupVersion + "/"))
            .map(s -> "{\"name\":\"" + s.split("/")[2] + "\"}")
            .collect(Collectors.joining(","));
    if (names.isEmpty()) {
      status(exchange, 404, "not found");
    } else {
      send(exchange, 200, "{\"kind\":\"APIResourceList\",\"resources\":[" + names + "]}");
    }
  }

  /** One page; the continue token is the number of the first object that is left. */
  void page(HttpExchange exchange, String path) throws IOException {
    Map<String, String> query = new TreeMap<>();
    for (String pair :
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("").split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    List<String> all = lists.getOrDefault(path, List.of());
    String name = query.getOrDefault("fieldSelector", "").replace("metadata.name=", "");
    if (!name.isEmpty()) {
      all = all.stream().filter(o -> o.contains("\"name\":\"" + name + "\"")).toList();
    }
    int from = Integer.parseInt(query.getOrDefault("continue", "0"));
    int to = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "1000000")));
    String token = to < all.size() ? ",\"continue\":\"" + to + "\"" : "";
    send(
        exchange,
        200,
        "{\"kind\":\"SomeList\",\"metadata\":{\"resourceVersion\":\"100\"%s},\"items\":[%s]}"
            .formatted(token, String.join(",", all.subList(from, to))));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
