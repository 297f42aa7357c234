package io.github.polverdict.live;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The lines of one answer that goes on and on, as they come. Asks for the next bytes only when the
 * last are read, so that a reader that is slow holds the server back instead of filling the memory.
 * To be read by one thread.
 */
final class WatchStream implements AutoCloseable {
  private static final int LONGEST = 64 * 1024 * 1024; // an object has 3 MB at most

  /** What has come: bytes, the end, or why no more will come. */
  private sealed interface Arrival {
    record Bytes(byte[] bytes) implements Arrival {}

    record End() implements Arrival {}

    record Broken(Throwable why) implements Arrival {}
  }

  private final HttpResponse<AsyncBody> response;
  private final BlockingQueue<Arrival> arrivals;
  private byte[] rest = new byte[0];
  private int searched;

  private WatchStream(HttpResponse<AsyncBody> response, BlockingQueue<Arrival> arrivals) {
    this.response = response;
    this.arrivals = arrivals;
  }

  /**
   * Sends a request.
   *
   * @param atMost until the head of the answer must be there
   * @throws IOException when it is not
   */
  static WatchStream open(HttpClient client, HttpRequest request, Duration atMost)
      throws IOException, InterruptedException {
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    CompletableFuture<HttpResponse<AsyncBody>> call =
        client.consumeBytes(
            request, (buffers, _) -> arrivals.add(new Arrival.Bytes(bytes(buffers))));
    try {
      HttpResponse<AsyncBody> response = call.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      response
          .body()
          .done()
          .whenComplete((_, broken) ->
              arrivals.add(broken == null ? new Arrival.End() : new Arrival.Broken(broken)));
      response.body().consume();
      return new WatchStream(response, arrivals);
    } catch (ExecutionException | TimeoutException e) {
      call.cancel(true);
      throw new IOException(e);
    } catch (InterruptedException e) {
      call.cancel(true);
      throw e;
    }
  }

  private static byte[] bytes(List<ByteBuffer> buffers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuffer buffer : buffers) {
      byte[] some = new byte[buffer.remaining()];
      buffer.get(some);
      out.writeBytes(some);
    }
    return out.toByteArray();
  }

  /** The HTTP status. */
  int code() {
    return response.code();
  }

  /** How long the server asks to be left alone. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(ApiServer.retryAfter(response));
  }

  /**
   * The next line; empty at the end of the stream.
   *
   * @throws IOException when the stream breaks off, is silent for too long, or ends within a line
   */
  Optional<byte[]> line(Duration silence) throws IOException, InterruptedException {
    while (true) {
      for (; searched < rest.length; searched++) {
        if (rest[searched] == '\n') {
          byte[] line = Arrays.copyOf(rest, searched);
          rest = Arrays.copyOfRange(rest, searched + 1, rest.length);
          searched = 0;
          return Optional.of(line);
        }
      }
      switch (arrivals.poll(silence.toMillis(), TimeUnit.MILLISECONDS)) {
        case null -> throw new IOException("nothing came for " + silence.toSeconds() + " s");
        case Arrival.Bytes(byte[] bytes) -> add(bytes);
        case Arrival.Broken(Throwable why) -> throw new IOException(why);
        case Arrival.End() -> {
          if (rest.length > 0) {
            throw new IOException("the stream broke off within an event");
          }
          return Optional.empty();
        }
      }
    }
  }

  private void add(byte[] bytes) throws IOException {
    if (rest.length + bytes.length > LONGEST) {
      throw new IOException("an event has more than " + LONGEST + " bytes");
    }
    int before = rest.length;
    rest = Arrays.copyOf(rest, before + bytes.length);
    System.arraycopy(bytes, 0, rest, before, bytes.length);
    response.body().consume();
  }

  @Override
  public void close() {
    response.body().cancel();
  }
}
