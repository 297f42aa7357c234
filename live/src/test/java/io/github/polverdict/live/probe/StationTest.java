package io.github.polverdict.live.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * When a station stops to wait. The place is a shell script that answers the control after half a
 * second, as where everything is slow, and plays what the network does.
 */
class StationTest {
  private static final Station.Pace PACE =
      new Station.Pace(Duration.ofSeconds(20), Duration.ofMillis(250), Duration.ofSeconds(8));
  private static final List<Call> CALL =
      List.of(new Call(Protocol.TCP, IpAddress.parse("10.0.0.9").orElseThrow(), 80));

  /** A handshake of 10.0.0.5:port with 10.0.0.9:80 whose first packet is out. */
  private static String waiting(String port) {
    return "echo \"+$id tcp 0500000A:" + port + " 0900000A:0050 02 00000000\"; ";
  }

  private record Probed(Word word, Duration took) {}

  /**
   * Probes one call.
   *
   * @param probe what the place does when it is told to probe
   * @param handshakes what it prints of handshakes under way
   */
  private static Probed probed(String probe, String handshakes) throws Fault.Thrown {
    String script =
        "echo '@hello tcp=play'; while read -r verb id _ to _; do case $verb.$to in "
            + "probe.127.0.0.1) (sleep 0.5; echo \"@$id refused\") & ;; probe.*) "
            + probe
            + " ;; handshakes.*) "
            + handshakes
            + "echo \"@$id done\" ;; esac; done";
    try (Station station =
        Station.start(lines -> new ProcessStream(List.of("sh", "-c", script), lines))) {
      station.ready(Duration.ofSeconds(20));
      long began = System.nanoTime();
      Attempt attempt = station.probe(CALL, PACE).getFirst();
      return new Probed(attempt.now().word(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  @Test
  void whatTheKernelShowsAsSentAndUnansweredIsNotWaitedForAnyLonger() throws Fault.Thrown {
    Probed silent = probed(":", waiting("8001"));
    assertThat(silent.word()).isEqualTo(Word.NOTHING);
    assertThat(silent.took()).isBetween(Duration.ofMillis(750), Duration.ofMillis(2400));
  }

  @Test
  void aProbeThatBeginsLateIsWaitedForAsLongAsThePlaceIsSlow() throws Fault.Thrown {
    Probed late = probed("(sleep 1.8; echo \"@$id connected\") &", "");
    assertThat(late.word()).isEqualTo(Word.CONNECTED);
  }

  @Test
  void aProbeThatStartedAnewHasNotBeenSilentBefore() throws Fault.Thrown {
    String other = "n=$((n + 1)); " + waiting("800$n");
    Probed late = probed("(sleep 1.8; echo \"@$id connected\") &", other);
    assertThat(late.word()).isEqualTo(Word.CONNECTED);
  }

  @Test
  void anotherConnectionThatWaitsDoesNotStandForTheProbe() throws Fault.Thrown {
    String other = "echo \"+$id tcp 0500000A:8001 0900000A:0051 02 00000000\"; ";
    Probed late = probed("(sleep 1.8; echo \"@$id connected\") &", other);
    assertThat(late.word()).isEqualTo(Word.CONNECTED);
  }

  @Test
  void anAnswerThatIsLateOnItsWayIsWaitedFor() throws Fault.Thrown {
    String once = "n=$((n + 1)); [ $n -gt 1 ] || { " + waiting("8001") + "}; ";
    Probed late = probed("(sleep 1.8; echo \"@$id connected\") &", once);
    assertThat(late.word()).isEqualTo(Word.CONNECTED);
  }
}
