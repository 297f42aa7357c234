package io.github.polverdict.live.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Endpoint.Facts;
import io.github.polverdict.core.model.Endpoint.Owner;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Observation.Sign;
import io.github.polverdict.core.model.Trial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SettleTest {
  private static final IpAddress ADDRESS = IpAddress.parse("10.0.0.1").orElseThrow();
  private final AtomicLong clock = new AtomicLong();

  private static Trial trial() {
    Endpoint pod =
        new Endpoint(
            "a/b",
            Kind.POD,
            new Owner("Pod", "b"),
            Facts.NONE,
            Addresses.exactly(IpSet.of(ADDRESS)),
            List.of(),
            Optional.empty(),
            new Origin.Said("test"));
    Flow flow =
        new Flow(pod, new Flow.Target.ToEndpoint(pod), Protocol.TCP, 80, IpAddress.Family.IPV4);
    return new Trial("t", flow, ADDRESS);
  }

  /** Waits for DROPPED, two in a row, at most five seconds; each try takes one. */
  private Observation settled(Sign... signs) {
    Deque<Sign> left = new ArrayDeque<>(List.of(signs));
    Settle settle =
        new Settle(
            trials -> {
              clock.addAndGet(Duration.ofSeconds(1).toNanos());
              Sign sign = left.size() > 1 ? left.removeFirst() : left.getFirst();
              return trials.stream()
                  .map(t -> new Observation(t, sign, 1, Duration.ZERO, ""))
                  .toList();
            },
            2,
            Duration.ofSeconds(5),
            Duration.ZERO,
            clock::get);
    return settle.await(List.of(trial()), (_, sign) -> sign == Sign.DROPPED).getFirst();
  }

  @Test
  void aSignThatCameOnceIsNotTakenForSettled() {
    Observation seen = settled(Sign.DROPPED, Sign.CONNECTED, Sign.DROPPED, Sign.DROPPED);
    assertThat(seen.sign()).isEqualTo(Sign.DROPPED);
    assertThat(seen.tries()).isEqualTo(4);
  }

  @Test
  void whatDoesNotComeIsWaitedForUntilTheLimitAndToldAsItIs() {
    Observation seen = settled(Sign.CONNECTED);
    assertThat(seen.sign()).isEqualTo(Sign.CONNECTED);
    assertThat(seen.tries()).isEqualTo(6);
  }
}
