package io.github.polverdict.questions.expectation;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Flow;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import java.util.Locale;

/** Flows in the words that {@code explain} takes. */
final class Wording {
  private Wording() {}

  static AssertAnswer.Asked asked(Flow flow) {
    return switch (flow.to()) {
      case Flow.Target.ToEndpoint(Endpoint endpoint) ->
          new AssertAnswer.Asked(
              end(flow.from()), bracketed(end(endpoint)) + ":" + port(flow, flow.port()));
      case Flow.Target.ToService(Service service, Via via) ->
          new AssertAnswer.Asked(
              end(flow.from()), service.id() + ":" + port(flow, number(service, via, flow)));
    };
  }

  private static String bracketed(String end) {
    return end.indexOf(':') >= 0 ? "[" + end + "]" : end;
  }

  /** The Service's own port, also of a call by a node's. */
  private static int number(Service service, Via via, Flow flow) {
    return service.ports().stream()
        .filter(p -> via == Via.NODE_PORT && p.nodePort() == flow.port())
        .filter(p -> p.protocol() == flow.protocol())
        .findFirst()
        .map(Service.Port::number)
        .orElse(flow.port());
  }

  private static String end(Endpoint endpoint) {
    if (endpoint.kind() == Kind.EXTERNAL) {
      return endpoint.addresses().set().ranges().getFirst().first().toString();
    }
    return endpoint.mayBeSeveral()
        ? endpoint.namespace() + "/" + endpoint.owner().name()
        : endpoint.id();
  }

  private static String port(Flow flow, int number) {
    String name = flow.protocol().name().toLowerCase(Locale.ROOT);
    return switch (flow.protocol()) {
      case TCP, UDP, SCTP -> number + "/" + name;
      case ICMP -> number / 256 + "." + number % 256 + "/" + name;
      case OTHER -> number + "/ip";
    };
  }
}
