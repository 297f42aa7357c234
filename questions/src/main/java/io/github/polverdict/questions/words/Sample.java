package io.github.polverdict.questions.words;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import java.util.Optional;
import java.util.stream.Stream;

/** One element that stands for a set of traffic: the first number of its first protocol. */
public record Sample(Protocol protocol, int number) {

  /** Empty when the set is. */
  public static Optional<Sample> of(TrafficSet traffic) {
    return each(traffic).findFirst();
  }

  /** One for each run of numbers. */
  public static Stream<Sample> each(TrafficSet traffic) {
    return Stream.of(Protocol.values())
        .flatMap(p -> traffic.numbers(p).ranges().stream().map(r -> new Sample(p, r[0])));
  }

  /** The flow to an endpoint's own address. */
  public Flow flow(Endpoint from, Endpoint to, Family family) {
    return new Flow(from, new Flow.Target.ToEndpoint(to), protocol, number, family);
  }
}
