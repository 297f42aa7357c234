package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.github.polverdict.live.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that runs in a container, talked to through the API server over a websocket. What goes
 * wrong on the way ends the stream with a fault, and says nothing about any packet.
 */
final class ExecStream implements LineStream {
  private static final Pattern NOT_FOUND =
      Pattern.compile("executable file not found|no such file or directory");
  private static final Pattern CANNOT = Pattern.compile("User \"[^\"]*\" cannot .*");

  static final String NO_SHELL = "there is no shell in ";

  private final String where;
  private final LongAdder bytes;
  private final CompletableFuture<Fault> end = new CompletableFuture<>();
  private volatile String said = "";
  private final ExecWatch watch;

  /**
   * Starts a program. Returns before it is known whether that went well.
   *
   * @param lines hears what it prints, one call at a time
   * @param bytes counts what goes either way
   */
  ExecStream(
      KubernetesClient client,
      ContainerRef container,
      List<String> command,
      Consumer<String> lines,
      LongAdder bytes) {
    this.where = container.toString();
    this.bytes = bytes;
    this.watch =
        client
            .pods()
            .inNamespace(container.pod().namespace())
            .withName(container.pod().name())
            .inContainer(container.name())
            .redirectingInput()
            .writingOutput(new Lines(lines, bytes))
            .writingError(new Lines(l -> said = said.isEmpty() ? l : said, bytes))
            .usingListener(new Ending())
            .exec(command.toArray(String[]::new));
    watch.exitCode().whenComplete((code, thrown) -> ended(code, thrown));
  }

  private final class Ending implements ExecListener {
    @Override
    public void onClose(int code, String reason) {
      // the exit code comes before; without one, the connection went away
      CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
          .execute(() ->
              end.complete(Fault.passing("the connection to " + where + " was closed " + reason)));
    }

    @Override
    public void onExit(int code, Status status) {
      end.complete(exited(code, String.valueOf(status.getMessage())));
    }
  }

  private void ended(Integer code, Throwable thrown) {
    if (thrown instanceof KubernetesClientException e) {
      end.complete(refused(e, where));
    } else if (thrown != null) {
      end.complete(broken(thrown, where));
    } else if (code != null && code != -1) {
      end.complete(exited(code, ""));
    }
  }

  /** What a refusal of the API server, or of what is behind it, means. */
  static Fault refused(KubernetesClientException e, String where) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    Matcher cannot = CANNOT.matcher(message);
    if (cannot.find()) {
      return Fault.last(
          "the API server lets nobody run anything in " + where + ": " + cannot.group());
    }
    if (NOT_FOUND.matcher(message).find()) {
      return noShell(where);
    }
    if (e.getCode() == 404) {
      return Fault.last(where + " is not there any more");
    }
    if (e.getCode() >= 400 && e.getCode() < 500 && e.getCode() != 429) {
      return Fault.last("nothing can be run in " + where + ": " + message);
    }
    return e.getCode() == 0 ? broken(e, where) : Fault.passing(where + ": " + message);
  }

  private static Fault broken(Throwable thrown, String where) {
    return Fault.passing("the way to " + where + " broke: " + Connection.why(thrown));
  }

  private static Fault noShell(String where) {
    return Fault.last(NO_SHELL + where);
  }

  private Fault exited(int code, String message) {
    if (NOT_FOUND.matcher(message + said).find()) {
      return noShell(where);
    }
    // 137 and 143: killed, with its container or on its own
    return new Fault(
        "the probe in %s ended with code %d%s"
            .formatted(where, code, said.isEmpty() ? "" : ": " + said),
        code > 128);
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
      end.complete(broken(e, where));
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
