package io.github.polverdict.live.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server on loopback that keeps what it is given, and may do nothing but that. */
class CreationsTest {
  private static final String MAPS = "/api/v1/namespaces/shop/configmaps";
  private static final ConfigMap OWNER =
      new ConfigMapBuilder()
          .withNewMetadata()
          .withNamespace("shop")
          .withName("polverdict-1")
          .withLabels(Labels.of("1"))
          .endMetadata()
          .build();

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private final HttpServer server = server();
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder()
                  .withAutoConfigure(false)
                  .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                  .withRequestRetryBackoffLimit(0)
                  .build())
          .build();
  private Predicate<String> forbidden = _ -> false;
  private int answersToLose;

  private HttpServer server() {
    try {
      HttpServer out =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      out.createContext("/", this::handle);
      out.start();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    asked.add(request);
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (forbidden.test(request)) {
      status(exchange, 403, "configmaps is forbidden: User \\\"u\\\" cannot do that");
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        String name = path + "/polverdict-1";
        boolean there = kept.putIfAbsent(name, body) != null;
        if (answersToLose-- > 0) {
          exchange.close();
        } else if (there) {
          status(exchange, 409, "it exists already");
        } else {
          send(exchange, 201, body);
        }
      }
      case "DELETE" -> {
        kept.remove(path);
        status(exchange, 200, "");
      }
      default -> {
        byte[] there = kept.get(path);
        send(exchange, there == null ? 404 : 200, there == null ? new byte[0] : there);
      }
    }
  }

  private static void status(HttpExchange exchange, int code, String message) throws IOException {
    String text = "{\"kind\":\"Status\",\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    send(exchange, code, text.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void whatIsCreatedIsTakenAwayByItsNameWithoutAskingForMore() throws Fault.Thrown {
    try (Creations creations = new Creations(client, notices::add)) {
      creations.create(OWNER);
      assertThat(kept).hasSize(1);
    }
    assertThat(asked).containsExactly("POST " + MAPS, "DELETE " + MAPS + "/polverdict-1");
    assertThat(kept).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void aCreationWhoseAnswerIsLostIsTakenForDone() throws Fault.Thrown {
    answersToLose = 1;
    try (Creations creations = new Creations(client, notices::add)) {
      assertThat(creations.create(OWNER).getMetadata().getName()).isEqualTo("polverdict-1");
    }
    assertThat(kept).isEmpty();
  }

  @Test
  void aCreationThatIsNeverAnsweredIsTakenAwayAllTheSame() {
    answersToLose = Integer.MAX_VALUE;
    try (Creations creations = new Creations(client, notices::add)) {
      assertThatThrownBy(() -> creations.create(OWNER)).isInstanceOf(Fault.Thrown.class);
      assertThat(kept).hasSize(1);
    }
    assertThat(kept).isEmpty();
  }

  @Test
  void whatWasRefusedIsNotDeleted() {
    forbidden = r -> r.startsWith("POST");
    try (Creations creations = new Creations(client, notices::add)) {
      assertThatThrownBy(() -> creations.create(OWNER)).hasMessageContaining("forbidden");
    }
    assertThat(asked).containsExactly("POST " + MAPS);
  }

  @Test
  void whatCannotBeTakenAwayIsToldWithWhatToDo() throws Fault.Thrown {
    forbidden = r -> r.startsWith("DELETE");
    try (Creations creations = new Creations(client, notices::add)) {
      creations.create(OWNER);
    }
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("NOT taken away: ConfigMap shop/polverdict-1: ")
        .endsWith("polverdict probe --clean-up finds it");
  }

  @Test
  void afterTheEndNothingIsCreated() throws Fault.Thrown {
    Creations creations = new Creations(client, notices::add);
    creations.create(OWNER);
    creations.close();
    assertThatThrownBy(() -> creations.create(OWNER)).hasMessageContaining("polverdict ends");
    assertThat(kept).isEmpty();
  }

  @Test
  void whatIsToStayStays() throws Fault.Thrown {
    try (Creations creations = new Creations(client, notices::add)) {
      creations.create(OWNER);
      creations.keep();
    }
    assertThat(kept).hasSize(1);
  }
}
