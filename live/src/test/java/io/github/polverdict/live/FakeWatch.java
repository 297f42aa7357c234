package io.github.polverdict.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The watches of one list of the fake API server: what the test says is sent, and no more. */
final class FakeWatch {
  private static final String END = "end";
  private static final String CUT = "cut";

  /** The queries that watches came with. */
  final List<String> queries = Collections.synchronizedList(new ArrayList<>());

  private final BlockingQueue<String> script = new LinkedBlockingQueue<>();
  private volatile int refusal;
  private volatile String retryAfter = "";

  /** Sends an event to the watch that is open, or to the next. */
  FakeWatch send(String type, String object) {
    return raw("{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
  }

  FakeWatch raw(String text) {
    script.add(text);
    return this;
  }

  /** Ends the watch as a server does whose time is over. */
  FakeWatch end() {
    return raw(END);
  }

  /** Breaks the connection. */
  FakeWatch cut() {
    return raw(CUT);
  }

  /** Answers every watch from now on with a code; 0 for watches again. */
  void refuse(int code) {
    refuse(code, "");
  }

  void refuse(int code, String after) {
    retryAfter = after;
    refusal = code;
  }

  void serve(HttpExchange exchange) throws IOException {
    queries.add(exchange.getRequestURI().getQuery());
    if (refusal != 0) {
      if (!retryAfter.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
      FakeApiServer.status(exchange, refusal, "refused");
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    try {
      while (true) {
        String next = script.poll(20, TimeUnit.SECONDS);
        if (next == null || next.equals(END)) {
          exchange.close();
          return;
        }
        if (next.equals(CUT)) {
          throw new IOException("cut"); // the server breaks the connection
        }
        out.write(next.getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
