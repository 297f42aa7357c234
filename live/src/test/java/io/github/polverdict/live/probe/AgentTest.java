package io.github.polverdict.live.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agents, run on this machine against its loopback. */
class AgentTest {
  private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1").orElseThrow();
  private static final Station.Pace PACE =
      new Station.Pace(Duration.ofSeconds(20), Duration.ofMillis(400), Duration.ofSeconds(2));

  private ServerSocket tcp = unbound();
  private DatagramSocket udp = silent();
  private DatagramSocket answering = silent();

  private static ServerSocket unbound() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DatagramSocket silent() {
    try {
      return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void answer() {
    Thread.ofVirtual()
        .start(() -> {
          DatagramPacket packet = new DatagramPacket(new byte[512], 512);
          try {
            while (true) {
              answering.receive(packet);
              answering.send(packet);
            }
          } catch (IOException _) {
            // closed
          }
        });
  }

  @AfterEach
  void close() throws IOException {
    tcp.close();
    udp.close();
    answering.close();
  }

  /** The agent as it is started in a container, where only the named programs are found. */
  private static Station start(String shell) throws Fault.Thrown {
    return start(shell, 900);
  }

  private static Station start(String shell, int idleSeconds) throws Fault.Thrown {
    assumeTrue(found(shell), "there is no " + shell + " here");
    List<String> agent =
        Agent.COMMAND.stream().map(w -> w.replace("900", "" + idleSeconds)).toList();
    List<String> command =
        switch (shell) {
          case "python3" -> agent;
          case "bash" -> List.of("bash", "-c", agent.get(4));
          default -> List.of(shell, "sh", "-c", agent.get(4));
        };
    return Station.start(lines -> new ProcessStream(command, lines));
  }

  private static boolean found(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(d -> Files.isExecutable(Path.of(d, program)));
  }

  private static List<Word> words(List<Attempt> attempts) {
    return attempts.stream().map(a -> a.now().word()).toList();
  }

  private static Call tcp(int port) {
    return new Call(Protocol.TCP, LOOPBACK, port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash", "busybox"})
  void tellsAnOpenPortFromAClosedOne(String shell) throws Fault.Thrown {
    try (Station station = start(shell)) {
      assertThat(station.ready(Duration.ofSeconds(20))).contains("tcp=");
      assertThat(words(station.probe(List.of(tcp(tcp.getLocalPort()), tcp(2)), PACE)))
          .containsExactly(Word.CONNECTED, Word.REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash", "busybox"})
  void endsByItselfWhenNobodyAsksAnyMore(String shell) throws Exception {
    try (Station station = start(shell, 1)) {
      station.ready(Duration.ofSeconds(20));
      long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (station.alive() && System.nanoTime() < until) {
        Thread.sleep(50);
      }
      assertThat(station.alive()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash"})
  void tellsAnAnsweringPeerFromASilentAndFromNone(String shell) throws Fault.Thrown {
    try (Station station = start(shell)) {
      station.ready(Duration.ofSeconds(20));
      List<Call> calls =
          Stream.of(answering.getLocalPort(), udp.getLocalPort(), 2)
              .map(p -> new Call(Protocol.UDP, LOOPBACK, p))
              .toList();
      assertThat(words(station.probe(calls, PACE)))
          .containsExactly(Word.CONNECTED, Word.NOTHING, Word.REFUSED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash", "busybox"})
  void manyProbesAtOnceNeedOneStream(String shell) throws Fault.Thrown {
    try (Station station = start(shell)) {
      station.ready(Duration.ofSeconds(20));
      List<Call> calls = Collections.nCopies(40, tcp(tcp.getLocalPort()));
      Station.Pace slow =
          new Station.Pace(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(5));
      assertThat(words(station.probe(calls, slow))).containsOnly(Word.CONNECTED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash", "busybox"})
  void listsWhoListens(String shell) throws Fault.Thrown {
    try (Station station = start(shell)) {
      station.ready(Duration.ofSeconds(20));
      Sockets sockets = station.sockets(Duration.ofSeconds(20));
      assertThat(sockets.listens(Protocol.TCP, LOOPBACK, tcp.getLocalPort())).isTrue();
      assertThat(sockets.listens(Protocol.TCP, LOOPBACK, 2)).isFalse();
      assertThat(sockets.listens(Protocol.UDP, LOOPBACK, udp.getLocalPort())).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash", "busybox"})
  void showsWhatIsSentAndNobodyAnswers(String shell) throws Exception {
    List<Socket> filling = new ArrayList<>();
    try (Station station = start(shell);
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      station.ready(Duration.ofSeconds(20));
      while (connects(full, filling)) {
        assertThat(filling).hasSizeLessThan(10);
      }
      Attempt attempt = station.send(tcp(full.getLocalPort()), Duration.ofSeconds(20));
      long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
      while (handshakes(station, full.getLocalPort()) == 0 && System.nanoTime() < until) {
        Thread.sleep(50);
      }
      assertThat(handshakes(station, full.getLocalPort())).isEqualTo(1);
      assertThat(attempt.now().word()).isEqualTo(Word.NOTHING);
    } finally {
      for (Socket each : filling) {
        each.close();
      }
    }
  }

  /** Whether one more connection waits to be accepted; without room its first packet is dropped. */
  private static boolean connects(ServerSocket to, List<Socket> kept) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(to.getLocalSocketAddress(), 500);
      kept.add(socket);
      return true;
    } catch (SocketTimeoutException _) {
      socket.close();
      return false;
    }
  }

  private static long handshakes(Station station, int port) throws Fault.Thrown {
    return station.handshakes(Duration.ofSeconds(20)).unanswered().stream()
        .filter(s -> s.there().port() == port)
        .count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash"})
  void seesDatagramsThatArriveAlthoughNobodyReadsOrAnswersThem(String shell) throws Fault.Thrown {
    try (Station station = start(shell)) {
      station.ready(Duration.ofSeconds(20));
      Observer observer = new Observer(station, station);
      int port = udp.getLocalPort();
      Call call = new Call(Protocol.UDP, LOOPBACK, port);
      Optional<Boolean> arrives = Optional.empty();
      for (int i = 0; i < 20 && arrives.isEmpty(); i++) { // others' datagrams count, too
        arrives = observer.arrives(call, port, PACE);
      }
      assertThat(arrives).contains(true);
      assertThat(station.sockets(Duration.ofSeconds(20)).unread(port)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"python3", "bash", "busybox"})
  void whatIsKnownStaysKnownWhenTheProbeIsKilled(String shell) throws Fault.Thrown {
    try (Station station = start(shell)) {
      station.ready(Duration.ofSeconds(20));
      List<Attempt> known = station.probe(List.of(tcp(tcp.getLocalPort())), PACE);
      station.close();
      List<Attempt> lost = station.probe(List.of(tcp(tcp.getLocalPort())), PACE);
      assertThat(words(known)).containsExactly(Word.CONNECTED);
      assertThat(words(lost)).containsExactly(Word.LOST);
      assertThat(lost.getFirst().now().mayPass()).isTrue();
    }
  }
}
