package io.github.polverdict.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrafficSetTest {
  private static final TrafficSet WEB = TrafficSet.of(Protocol.TCP, 80, 90);
  private static final TrafficSet DNS = TrafficSet.of(Protocol.UDP, 53, 53);

  @Test
  void protocolsDoNotMix() {
    TrafficSet both = WEB.or(DNS);
    assertThat(both).hasToString("TCP 80-90 UDP 53");
    assertThat(both.contains(Protocol.TCP, 85)).isTrue();
    assertThat(both.contains(Protocol.UDP, 85)).isFalse();
    assertThat(both.and(WEB)).isEqualTo(WEB);
    assertThat(WEB.and(DNS)).isEqualTo(TrafficSet.NONE);
    assertThat(both.minus(WEB)).isEqualTo(DNS);
  }

  @Test
  void everythingIsWhatEachProtocolCanHaveAndNoMore() {
    assertThat(TrafficSet.ALL).hasToString("all");
    assertThat(TrafficSet.ALL.contains(Protocol.TCP, 0)).isFalse();
    assertThat(TrafficSet.ALL.contains(Protocol.ICMP, 0)).isTrue();
    assertThat(TrafficSet.ALL.contains(Protocol.OTHER, 255)).isTrue();
    assertThat(TrafficSet.ALL.contains(Protocol.OTHER, 256)).isFalse();
    TrafficSet rest = TrafficSet.ALL.minus(WEB);
    assertThat(rest.or(WEB)).isEqualTo(TrafficSet.ALL).hasSameHashCodeAs(TrafficSet.ALL);
    assertThat(rest.numbers(Protocol.TCP)).hasToString("1-79,91-65535");
  }
}
