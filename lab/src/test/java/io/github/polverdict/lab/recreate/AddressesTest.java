package io.github.polverdict.lab.recreate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressesTest {
  private final Addresses addresses =
      new Addresses(List.of("10.0.0.0/24", "10.244.0.0/16", "10.244.1.0/24", "10.96.0.0/16"));

  @BeforeEach
  void a_cluster_whose_pods_and_nodes_have_moved() {
    addresses.add("192.168.7.1", "10.0.0.1");
    addresses.add("172.16.1.5", "10.244.1.9");
    addresses.add("172.16.2.5", "10.244.2.9");
    addresses.add("", "10.244.2.10");
  }

  @Test
  void a_range_of_pods_becomes_the_range_that_holds_the_same_pods() {
    assertThat(addresses.translated("172.16.0.0/16")).isEqualTo("10.244.0.0/16");
    assertThat(addresses.translated("172.16.1.0/24")).isEqualTo("10.244.1.0/24");
  }

  @Test
  void the_address_of_a_pod_or_node_becomes_its_new_one() {
    assertThat(addresses.translated("172.16.1.5/32")).isEqualTo("10.244.1.9/32");
    assertThat(addresses.translated("192.168.7.1")).isEqualTo("10.0.0.1");
  }

  @Test
  void a_range_that_holds_the_same_before_and_after_is_kept() {
    assertThat(addresses.translated("0.0.0.0/0")).isEqualTo("0.0.0.0/0");
    assertThat(addresses.translated("203.0.113.0/24")).isEqualTo("203.0.113.0/24");
    assertThat(addresses.unkept()).isEmpty();
  }

  @Test
  void a_range_for_which_there_is_none_is_kept_and_named() {
    assertThat(addresses.translated("10.0.0.0/8")).isEqualTo("10.0.0.0/8");
    assertThat(addresses.unkept()).containsExactly("10.0.0.0/8");
  }

  @Test
  void words_and_numbers_are_no_ranges() {
    assertThat(addresses.translated("shop")).isEqualTo("shop");
    assertThat(addresses.translated("8080")).isEqualTo("8080");
    assertThat(addresses.translated("2001:db8::/32")).isEqualTo("2001:db8::/32");
  }
}
