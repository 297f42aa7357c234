package io.github.polverdict.questions.verify;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Trial;
import io.github.polverdict.core.model.Universe;
import java.time.Duration;
import java.util.Optional;

/**
 * A trial by the names of its ends, as a saved run has it, with what was predicted and seen.
 *
 * @param to an endpoint's id, or that of a Service when {@code via} is not the pod's address
 * @param predicted empty when nothing was
 * @param seen empty when it was not tried
 */
public record Recorded(
    String id, String from, Call call, Optional<Outcome> predicted, Optional<Seen> seen) {

  /** What is called. */
  public record Call(String to, Via via, IpAddress at, Protocol protocol, int port) {}

  /** What a probe saw, without the trial. */
  public record Seen(Observation.Sign sign, int tries, Duration took, String detail) {
    /** The same as an observation of a trial. */
    public Observation of(Trial trial) {
      return new Observation(trial, sign, tries, took, detail);
    }
  }

  static Recorded of(Trial trial) {
    Flow flow = trial.flow();
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint to) ->
          of(trial, new Call(to.id(), Via.POD_ADDRESS, trial.at(), flow.protocol(), flow.port()));
      case Flow.Target.ToService(Service service, Via via) ->
          of(trial, new Call(service.id(), via, trial.at(), flow.protocol(), flow.port()));
    };
  }

  private static Recorded of(Trial trial, Call call) {
    return new Recorded(
        trial.id(), trial.flow().from().id(), call, Optional.empty(), Optional.empty());
  }

  /** The trial between the same ends as they are now; empty when one is not there any more. */
  public Optional<Trial> in(Universe universe) {
    return universe
        .endpoint(from)
        .flatMap(source -> target(universe).map(to -> new Trial(id, flow(source, to), call.at())));
  }

  private Flow flow(Endpoint source, Flow.Target to) {
    return new Flow(source, to, call.protocol(), call.port(), call.at().family());
  }

  private Optional<Flow.Target> target(Universe universe) {
    if (call.via() != Via.POD_ADDRESS) {
      return universe.services().stream()
          .filter(s -> s.id().equals(call.to()))
          .findFirst()
          .map(s -> new Flow.Target.ToService(s, call.via()));
    }
    return universe
        .endpoint(call.to())
        .or(() -> outside(universe))
        .map(e -> e.kind() == Kind.EXTERNAL ? e.with(Addresses.exactly(IpSet.of(call.at()))) : e)
        .map(Flow.Target.ToEndpoint::new);
  }

  /** Ranges of outside addresses have other names under other policies. */
  private Optional<Endpoint> outside(Universe universe) {
    return universe.endpoints().stream()
        .filter(e -> e.kind() == Kind.EXTERNAL && e.addresses().set().contains(call.at()))
        .findFirst();
  }
}
