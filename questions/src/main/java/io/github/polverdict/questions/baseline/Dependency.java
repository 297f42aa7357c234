package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Need.Called;
import java.util.List;

/**
 * Calls of one sort that a namespace depends on, or that it must not make.
 *
 * @param namespace the one that it is told of
 * @param rule of which callers it must hold
 */
record Dependency(Item item, String namespace, List<Endpoint> callers, Target target, Rule rule) {
  /** Of which callers it must hold. */
  enum Rule {
    /** All. */
    EVERY,
    /** One at least. */
    ONE,
    /** One of them makes the call, and it is not known which. */
    SOMEONE
  }

  /** The other end. */
  sealed interface Target {
    /** Something of the input. */
    record Shown(Called called) implements Target {}

    /** A pod that the input does not show. */
    record Supposed(Endpoint pod, Protocol protocol, int port) implements Target {}

    /** What is called, in the words of a flow. */
    default String text() {
      return switch (this) {
        case Shown(Called.ServicePort(var service, var protocol, int port)) ->
            service + " " + protocol + " " + port;
        case Shown(Called.EndpointPort(var endpoint, var protocol, int port)) ->
            endpoint + " " + protocol + " " + port;
        case Shown(Called.AddressPort(var address, var protocol, int port)) ->
            address + " " + protocol + " " + port;
        case Shown(Called.Untold(var what)) -> what;
        case Supposed(Endpoint pod, Protocol protocol, int port) ->
            pod.id() + " " + protocol + " " + port;
      };
    }
  }

  Dependency {
    callers = List.copyOf(callers);
  }

  /** What to do where only some of the callers pass; one sentence without a full stop. */
  String whoCalls() {
    String unknown = "it is not known which of the possible callers makes the call";
    return switch (item) {
      case WEBHOOKS ->
          unknown + ": say the addresses of the API servers as controlPlane in the baseline";
      case INGRESS_PATH ->
          unknown
              + ": say the pods of the ingress controllers as ingressControllers in the baseline";
      case ENFORCEMENT,
          INGRESS,
          EGRESS,
          SAME_NAMESPACE,
          DNS,
          PROBES,
          API_SERVER,
          SCRAPE,
          METADATA ->
          unknown;
    };
  }

  /** That what is called is not there, and how to say it; one sentence without a full stop. */
  String absent() {
    String unknown = "what is called is not in the input";
    return switch (item) {
      case API_SERVER ->
          unknown
              + ": say where the API server listens as apiServers in a baseline of your own (-b)";
      case DNS -> unknown + ": say the resolver as resolvers in a baseline of your own (-b)";
      case ENFORCEMENT,
          INGRESS,
          EGRESS,
          SAME_NAMESPACE,
          PROBES,
          WEBHOOKS,
          SCRAPE,
          INGRESS_PATH,
          METADATA ->
          unknown;
    };
  }
}
