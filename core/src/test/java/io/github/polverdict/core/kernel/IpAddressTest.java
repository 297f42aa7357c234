package io.github.polverdict.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.255,10.0.0.255",
    "::,::",
    "::1,::1",
    "1::,1::",
    "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1",
    "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
    "1:0:3:4:5:6:7:8,1:0:3:4:5:6:7:8",
    "::ffff:192.0.2.1,::ffff:c000:201"
  })
  void textIsTheCanonicalFormOfRfc5952(String written, String canonical) {
    assertThat(IpAddress.parse(written)).get().hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "1.2.3.-4",
        "localhost",
        "fe80::1%eth0",
        "::1::",
        "1:2:3:4:5:6:7",
        "::ffff:1.2.3.04",
        "12345::",
        ":"
      })
  void whatGoAndKubernetesDoNotTakeIsNotRead(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @Test
  void everyAddressIsReadBackFromItsText() throws UnknownHostException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      long high = withHoles(random);
      long low = withHoles(random);
      IpAddress six = new IpAddress(IpAddress.Family.IPV6, high, low);
      assertThat(IpAddress.parse(six.toString())).as("seed %d", seed).contains(six);
      IpAddress four = IpAddress.v4(low);
      assertThat(IpAddress.parse(four.toString())).as("seed %d", seed).contains(four);
      assertThat(InetAddress.getByName(four.toString()).getHostAddress())
          .isEqualTo(four.toString());
    }
  }

  /** Sixty-four bits of which whole groups are often zero. */
  private static long withHoles(Random random) {
    return random.nextLong() & 0xffffL << 16 * random.nextInt(4);
  }

  @Test
  void neighboursAreFoundAcrossTheHalvesAndEndWithTheFamily() {
    IpAddress last = new IpAddress(IpAddress.Family.IPV6, 6, -1L);
    IpAddress first = new IpAddress(IpAddress.Family.IPV6, 7, 0);
    assertThat(last.next()).contains(first);
    assertThat(first.previous()).contains(last);
    assertThat(last).isLessThan(first);
    assertThat(IpAddress.v4(0xffffffffL).next()).isEmpty();
    assertThat(IpAddress.v4(0).previous()).isEmpty();
    assertThat(new IpAddress(IpAddress.Family.IPV6, -1L, -1L).next()).isEmpty();
  }
}
