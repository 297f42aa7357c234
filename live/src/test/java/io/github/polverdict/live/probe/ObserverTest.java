package io.github.polverdict.live.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends are programs of this machine that speak as agents do. */
class ObserverTest {
  private static final IpAddress SOURCE = IpAddress.parse("10.0.0.9").orElseThrow();
  private static final Call CALL = new Call(Protocol.TCP, SOURCE, 80);
  private static final Station.Pace PACE =
      new Station.Pace(Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofSeconds(1));

  /** Answers its n-th question for sockets with the n-th list, the last again and again. */
  private static Station station(String lists) throws Fault.Thrown {
    String script =
        """
        set -- $1
        while read -r what number protocol address port seconds; do
          case $what in
          probe) [ "$address" = 127.0.0.1 ] && echo "@$number refused" ;;
          sockets | handshakes)
            for half in $(echo "$1" | tr , ' '); do
              [ "$half" = - ] || echo "+$number tcp 0500000A:0050 0900000A:$half 03"
            done
            echo "@$number done"
            [ $# = 1 ] || shift ;;
          esac
        done
        """;
    return Station.start(
        lines -> new ProcessStream(List.of("sh", "-c", script, "agent", lists), lines));
  }

  @ParameterizedTest(name = "{0} before and {1} afterwards")
  @CsvSource({
    "'8001', '8001 8002', true",
    "'8001', '8001', false",
    "'8001', '-', false",
    "'-', '8001', true"
  })
  void onlyAConnectionBegunNowTellsThatTheWayIsHalfOpen(
      String before, String after, boolean expected) throws Fault.Thrown {
    try (Station source = station("-");
        Station destination = station(before + " " + after.replace(' ', ','))) {
      assertThat(new Observer(source, destination).halfOpens(CALL, 80, SOURCE, PACE))
          .isEqualTo(expected);
    }
  }

  @Test
  void theConnectionsOfOthersTellNothing() throws Fault.Thrown {
    IpAddress other = IpAddress.parse("10.0.0.8").orElseThrow();
    try (Station source = station("-");
        Station destination = station("8001 8001,8002")) {
      assertThat(new Observer(source, destination).halfOpens(CALL, 80, other, PACE)).isFalse();
    }
  }

  @Test
  void aSourceThatDiesMeanwhileTellsNothingOfDatagrams() throws Fault.Thrown {
    Call datagram = new Call(Protocol.UDP, SOURCE, 80);
    try (Station source =
            Station.start(lines -> new ProcessStream(List.of("sh", "-c", "read -r line"), lines));
        Station destination = station("-")) {
      assertThatThrownBy(() -> new Observer(source, destination).arrives(datagram, 80, PACE))
          .isInstanceOf(Fault.Thrown.class);
    }
  }
}
