package io.github.polverdict.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WayTest {
  @Test
  void a_flow_has_two_ends_a_protocol_and_a_number() {
    assertThat(Way.of("shop/web", "svc/shop/db:53/UDP"))
        .contains(new Way("shop/web", "svc/shop/db", "UDP", 53));
    assertThat(Way.of("node/n1", "shop/db:5432"))
        .contains(new Way("node/n1", "shop/db", "TCP", 5432));
    assertThat(Way.of("203.0.113.7", "shop/db:icmp"))
        .contains(new Way("203.0.113.7", "shop/db", "ICMP", 0));
    assertThat(Way.of("shop/web", "shop/db:8/icmp"))
        .contains(new Way("shop/web", "shop/db", "ICMP", 0));
    assertThat(Way.of("shop/web", "shop/db:53/udp"))
        .contains(new Way("shop/web", "shop/db", "UDP", 53));
  }

  @Test
  void what_is_not_one_flow_of_ipv4_is_none() {
    assertThat(Way.of("shop/*", "shop/db:5432")).isEmpty();
    assertThat(Way.of("shop/web", "[2001:db8::7]:443")).isEmpty();
    assertThat(Way.of("2001:db8::1", "shop/db:5432")).isEmpty();
    assertThat(Way.of("shop/web", "shop/db")).isEmpty();
  }
}
