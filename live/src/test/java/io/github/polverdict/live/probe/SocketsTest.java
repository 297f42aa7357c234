package io.github.polverdict.live.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketsTest {
  private static final IpAddress POD = IpAddress.parse("10.0.0.5").orElseThrow();
  private static final String V6 = "00000000000000000000000000000000";

  @Test
  void whoListensOnEveryAddressListensOnThePods() {
    assertThat(
            Sockets.of(List.of("tcp 00000000:0050 00000000:0000 0A"))
                .listens(Protocol.TCP, POD, 80))
        .isTrue();
    assertThat(
            Sockets.of(List.of("tcp6 " + V6 + ":0050 " + V6 + ":0000 0A"))
                .listens(Protocol.TCP, POD, 80))
        .isTrue();
  }

  @Test
  void whoListensOnLoopbackDoesNotListenOnThePodsAddress() {
    Sockets sockets = Sockets.of(List.of("tcp 0100007F:0050 00000000:0000 0A"));
    assertThat(sockets.listens(Protocol.TCP, POD, 80)).isFalse();
    IpAddress loopback = IpAddress.parse("127.0.0.1").orElseThrow();
    assertThat(sockets.listens(Protocol.TCP, loopback, 80)).isTrue();
  }

  @Test
  void theOtherProtocolAndTheOtherPortDoNotCount() {
    Sockets sockets = Sockets.of(List.of("udp 00000000:0035 00000000:0000 07"));
    assertThat(sockets.listens(Protocol.UDP, POD, 53)).isTrue();
    assertThat(sockets.listens(Protocol.TCP, POD, 53)).isFalse();
    assertThat(sockets.listens(Protocol.UDP, POD, 54)).isFalse();
  }

  @Test
  void aConnectionThatWaitsForItsThirdPacketIsHalfOpenAlsoWhenItIsMapped() {
    IpAddress peer = IpAddress.parse("10.0.0.9").orElseThrow();
    assertThat(Sockets.of(List.of("tcp 0500000A:0050 0900000A:8001 03")).halfOpen(80, peer))
        .containsExactly(0x8001);
    String mapped = "0000000000000000FFFF0000";
    String line = "tcp6 " + mapped + "0500000A:0050 " + mapped + "0900000A:8001 03";
    assertThat(Sockets.of(List.of(line)).halfOpen(80, peer)).containsExactly(0x8001);
    assertThat(Sockets.of(List.of(line)).halfOpen(81, peer)).isEmpty();
  }

  @Test
  void linesThatItDoesNotKnowAreLeftOut() {
    assertThat(Sockets.of(List.of("", "tcp", "raw 00000000:0050 00000000:0000 0A")).all())
        .isEmpty();
  }

  @Test
  void datagramsAreCountedAndThoseThatNobodyReadsAreSeen() {
    Sockets sockets =
        Sockets.of(
            List.of(
                "udp 00000000:0035 00000000:0000 07 00000300",
                "udp 00000000:0036 00000000:0000 07 00000000",
                "datagrams 12 1",
                "datagrams 3"));
    assertThat(sockets.datagrams()).isEqualTo(16);
    assertThat(sockets.unread(53)).isEqualTo(0x300);
    assertThat(sockets.unread(54)).isZero();
  }
}
