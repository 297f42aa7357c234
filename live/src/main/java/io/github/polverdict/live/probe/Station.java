package io.github.polverdict.live.probe;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A place that flows come from, with an {@link Agent} in it: one stream for as many probes as
 * wanted, at the same time. The last line of every batch is a control: a call of a port on loopback
 * where nothing listens. Only when it was refused, as it must be, has the place started every probe
 * before it and can tell an answer from none.
 */
final class Station implements AutoCloseable {
  private static final Call CONTROL =
      new Call(Protocol.TCP, IpAddress.parse("127.0.0.1").orElseThrow(), 1);

  private final Map<Integer, Attempt> open = new ConcurrentHashMap<>();
  private final Map<Integer, List<String>> listings = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final CompletableFuture<String> hello = new CompletableFuture<>();
  private final LineStream stream;
  private volatile Duration slowest = Duration.ZERO; // with the way to us and back
  private volatile Duration slowestSent = Duration.ZERO; // of those that were seen to wait there

  /**
   * How long to wait.
   *
   * @param control for the control to be answered
   * @param floor the least that a probe is given after the control
   * @param cap the most
   */
  record Pace(Duration control, Duration floor, Duration cap) {}

  /** Starts an agent, for whoever hears its lines. */
  @FunctionalInterface
  interface Start {
    LineStream with(Consumer<String> lines) throws Fault.Thrown;
  }

  private Station(Start start) throws Fault.Thrown {
    this.stream = start.with(this::heard);
    stream.end().thenAccept(fault -> open.values().forEach(a -> a.lose(fault)));
  }

  static Station start(Start start) throws Fault.Thrown {
    return new Station(start);
  }

  /**
   * Waits until the agent speaks.
   *
   * @return the tools that it has
   */
  String ready(Duration limit) throws Fault.Thrown {
    CompletableFuture.anyOf(hello, stream.end())
        .completeOnTimeout("", limit.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    if (hello.isDone()) {
      return hello.join();
    }
    throw new Fault.Thrown(
        stream
            .end()
            .getNow(Fault.passing("the probe did not start within " + limit.toSeconds() + " s")));
  }

  boolean alive() {
    return !stream.end().isDone();
  }

  /** Probes all calls at once; returns when all are answered or their time is up. */
  List<Attempt> probe(List<Call> calls, Pace pace) {
    StringBuilder lines = new StringBuilder();
    List<Attempt> out = new ArrayList<>();
    long seconds = Math.max(1, pace.cap().toSeconds());
    calls.forEach(call -> out.add(ask(call, seconds, lines)));
    Attempt control = ask(CONTROL, seconds, lines);
    send(lines);
    await(control.future(), pace.control());
    Word word = control.now().word();
    if (word == Word.REFUSED) {
      slower(control);
      awaitAnswers(calls, out, pace);
      out.stream().filter(a -> !a.now().word().unanswered()).forEach(this::slower);
    } else {
      Fault fault =
          word == Word.LOST
              ? new Fault(control.now().detail(), control.now().mayPass())
              : Fault.passing(
                  "the control (port 1 on loopback must be refused) gave "
                      + word
                      + " "
                      + control.now().detail());
      out.forEach(a -> a.lose(fault));
    }
    return out;
  }

  /**
   * Gives those that are not answered yet four times what the slowest answer took to get here. When
   * that is long because the place or the way to us is slow, the least is enough for those that the
   * kernel there shows as sent and unanswered all the while, or four times what such a one took.
   */
  private void awaitAnswers(List<Call> calls, List<Attempt> attempts, Pace pace) {
    Silence silence = new Silence();
    long began = System.nanoTime();
    Duration most = patience(slowest, pace);
    for (List<Call> left = left(calls, attempts); !left.isEmpty(); left = left(calls, attempts)) {
      Duration enough = patience(slowestSent, pace);
      Duration rest = most.minusNanos(System.nanoTime() - began);
      boolean shown = rest.compareTo(enough) > 0 && looked(silence, rest);
      if (!rest.isPositive() || (shown && silence.covers(left, enough.toNanos()))) {
        return;
      }
      await(all(attempts), Collections.min(List.of(rest, enough)));
      for (int i = 0; i < calls.size(); i++) {
        if (silence.showed(calls.get(i)) && !attempts.get(i).now().word().unanswered()) {
          slowestSent = Collections.max(List.of(slowestSent, attempts.get(i).took()));
        }
      }
    }
  }

  private boolean looked(Silence silence, Duration limit) {
    try {
      long asked = System.nanoTime();
      silence.look(handshakes(limit), asked, System.nanoTime());
      return true;
    } catch (Fault.Thrown _) {
      return false;
    }
  }

  private static List<Call> left(List<Call> calls, List<Attempt> attempts) {
    return IntStream.range(0, calls.size())
        .filter(i -> attempts.get(i).now().word() == Word.NOTHING)
        .mapToObj(calls::get)
        .toList();
  }

  /** Sends one probe and does not wait. */
  Attempt send(Call call, Duration cap) {
    StringBuilder line = new StringBuilder();
    Attempt out = ask(call, Math.max(1, cap.toSeconds()), line);
    send(line);
    return out;
  }

  /** Who listens here, as {@code /proc/net} has it. */
  Sockets sockets(Duration limit) throws Fault.Thrown {
    return listed("sockets", limit);
  }

  /** Which handshakes are under way here, as {@code /proc/net} has it. */
  Sockets handshakes(Duration limit) throws Fault.Thrown {
    return listed("handshakes", limit);
  }

  private Sockets listed(String what, Duration limit) throws Fault.Thrown {
    int number = numbers.incrementAndGet();
    Attempt asked = new Attempt();
    listings.put(number, new ArrayList<>());
    open.put(number, asked);
    send(new StringBuilder(what).append(' ').append(number).append('\n'));
    await(asked.future(), limit);
    List<String> lines = listings.remove(number);
    if (asked.now().word() == Word.NOTHING || asked.now().word() == Word.LOST) {
      throw new Fault.Thrown(Fault.passing(asked.now().detail()));
    }
    return Sockets.of(lines == null ? List.of() : lines);
  }

  private Attempt ask(Call call, long seconds, StringBuilder lines) {
    int number = numbers.incrementAndGet();
    Attempt out = new Attempt();
    open.put(number, out);
    lines.append(
        "probe %d %s %s %d %d%n"
            .formatted(
                number,
                call.protocol().name().toLowerCase(Locale.ROOT),
                call.address(),
                call.port(),
                seconds));
    return out;
  }

  private void send(StringBuilder lines) {
    stream.send(lines.toString());
    Fault fault = stream.end().getNow(null);
    if (fault != null) {
      open.values().forEach(a -> a.lose(fault));
    }
  }

  private void heard(String line) {
    String[] words = line.split(" ", 3);
    if (line.startsWith("@hello ")) {
      hello.complete(line.substring("@hello ".length()));
    } else if (words[0].matches("@[0-9]{1,9}") && words.length > 1) {
      Attempt attempt = open.remove(Integer.parseInt(words[0].substring(1)));
      if (attempt != null) {
        attempt.answered(Word.of(words[1]), words.length > 2 ? words[2].strip() : "");
      }
    } else if (words[0].matches("\\+[0-9]{1,9}") && words.length > 2) {
      List<String> listing = listings.get(Integer.parseInt(words[0].substring(1)));
      if (listing != null) {
        listing.add(words[1] + " " + words[2]);
      }
    }
  }

  /** Four times as long, within the pace's bounds. */
  private static Duration patience(Duration slowest, Pace pace) {
    Duration wanted = slowest.multipliedBy(4);
    Duration most = wanted.compareTo(pace.cap()) < 0 ? wanted : pace.cap();
    return most.compareTo(pace.floor()) < 0 ? pace.floor() : most;
  }

  private void slower(Attempt attempt) {
    if (attempt.took().compareTo(slowest) > 0) {
      slowest = attempt.took();
    }
  }

  private static CompletableFuture<Void> all(List<Attempt> attempts) {
    return CompletableFuture.allOf(
        attempts.stream().map(Attempt::future).toArray(CompletableFuture[]::new));
  }

  private static void await(CompletableFuture<?> future, Duration limit) {
    try {
      future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // what has not come by then is not waited for
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // attempts never fail, they are lost
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stream.close();
  }
}
