package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.github.polverdict.live.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs in a container, talked to through the API server over a websocket. What goes
 * wrong on the way ends the stream with a fault, and says nothing about any packet.
 */
final class ExecStream implements LineStream {
  /** How the fault begins that says that another container may do. */
  static final String NO_SHELL = "there is no shell in ";

  private static final Pattern NOT_FOUND =
      Pattern.compile("executable file not found|no such file or directory");

  private final ContainerRef where;
  private final LongAdder bytes;
  private final CompletableFuture<Fault> end = new CompletableFuture<>();
  private volatile String said = "";
  private final ExecWatch watch;

  /**
   * Starts a program.
   *
   * @param lines hears what it prints, one call at a time
   * @param bytes counts what goes either way
   * @throws Fault.Thrown when the API server does not let it, or cannot be reached
   */
  ExecStream(
      KubernetesClient client,
      ContainerRef where,
      List<String> command,
      Consumer<String> lines,
      LongAdder bytes)
      throws Fault.Thrown {
    this.where = where;
    this.bytes = bytes;
    try {
      this.watch =
          client
              .pods()
              .inNamespace(where.pod().namespace())
              .withName(where.pod().name())
              .inContainer(where.name())
              .redirectingInput()
              .writingOutput(new Lines(lines, bytes))
              .writingError(new Lines(l -> said = said.isEmpty() ? l : said, bytes))
              .usingListener(new Ending())
              .exec(command.toArray(String[]::new));
    } catch (KubernetesClientException e) {
      throw new Fault.Thrown(refused(e));
    }
    watch.exitCode().whenComplete((code, thrown) -> ended(code, thrown));
  }

  private final class Ending implements ExecListener {
    @Override
    public void onClose(int code, String reason) {
      // the exit code comes before; without one, the connection went away
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
          .execute(() -> end.complete(Fault.passing("the connection to " + where + " was closed")));
    }

    @Override
    public void onExit(int code, Status status) {
      end.complete(exited(code, String.valueOf(status.getMessage())));
    }
  }

  private void ended(@Nullable Integer code, @Nullable Throwable thrown) {
    if (thrown instanceof KubernetesClientException e) {
      end.complete(refused(e));
    } else if (thrown != null) {
      end.complete(broken(thrown));
    } else if (code != null && code != -1) {
      end.complete(exited(code, ""));
    }
  }

  private Fault refused(KubernetesClientException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof WebSocketHandshakeException handshake) {
        return refused(handshake.getResponse().code());
      }
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (NOT_FOUND.matcher(message).find()) {
      return Fault.last(NO_SHELL + where);
    }
    return e.getCode() <= 0 ? broken(e) : refused(e.getCode());
  }

  /** The server says no more than a code to who wants a websocket. */
  private Fault refused(int code) {
    String namespace = where.pod().namespace();
    return switch (code) {
      case 401 -> Fault.last("the API server does not accept the credentials (401)");
      case 403 ->
          Fault.last(
              "nothing may be run in %s (403): it takes the verbs get and create of pods/exec in"
                      .formatted(where)
                  + " namespace "
                  + namespace);
      case 404 -> Fault.last(where + " is not there any more (404)");
      default ->
          new Fault(
              "nothing can be run in %s: the API server answered %d".formatted(where, code),
              code == 429 || code >= 500);
    };
  }

  private Fault broken(Throwable thrown) {
    return Fault.passing("the way to " + where + " broke: " + Connection.why(thrown));
  }

  private Fault exited(int code, String message) {
    if (NOT_FOUND.matcher(message + said).find()) {
      return Fault.last(NO_SHELL + where);
    }
    boolean killed = code > 128; // with its container, or on its own
    String words = said.isEmpty() ? "" : ": " + said;
    return new Fault("the probe in %s ended with code %d%s".formatted(where, code, words), killed);
  }

  @Override
  public void send(String lines) {
    if (end.isDone()) {
      return;
    }
    try {
      byte[] text = lines.getBytes(StandardCharsets.UTF_8);
      bytes.add(text.length);
      watch.getInput().write(text);
      watch.getInput().flush();
    } catch (IOException e) {
      end.complete(broken(e));
    }
  }

  @Override
  public CompletableFuture<Fault> end() {
    return end;
  }

  @Override
  public void close() {
    watch.close();
    end.complete(Fault.last("it was closed"));
  }
}
