package io.github.polverdict.questions.words;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import java.util.Optional;

/** One element that stands for a set of traffic: the first number of its first protocol. */
public record Sample(Protocol protocol, int number) {

  /** Empty when the set is. */
  public static Optional<Sample> of(TrafficSet traffic) {
    for (Protocol protocol : Protocol.values()) {
      if (!traffic.numbers(protocol).isEmpty()) {
        return Optional.of(new Sample(protocol, traffic.numbers(protocol).ranges().getFirst()[0]));
      }
    }
    return Optional.empty();
  }

  /** The flow to an endpoint's own address. */
  public Flow flow(Endpoint from, Endpoint to, Family family) {
    return new Flow(from, new Flow.Target.ToEndpoint(to), protocol, number, family);
  }
}
