package io.github.polverdict.questions;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import java.util.List;

/**
 * A call that something in the cluster depends on, whatever the policies say.
 *
 * @param what who needs it, as {@code the webhook check.example.com}
 * @param callers ids of the endpoints that may make it
 * @param everyCaller whether each of the callers makes it; else one of them does, and it is not
 *     known which
 * @param origin the object that says so
 */
public record Need(
    Kind kind,
    String what,
    List<String> callers,
    boolean everyCaller,
    Called called,
    Origin origin) {

  /** What the call is for. */
  public enum Kind {
    /** Names are looked up. */
    NAMES,
    /** Names are looked up in a cache on the caller's own node. */
    NAMES_ON_NODE,
    /** A program asks the API server. */
    API_SERVER,
    /** The API server asks a webhook. */
    ADMISSION,
    /** The API server passes on requests for an aggregated API. */
    AGGREGATION,
    /** The kubelet looks whether a pod is well. */
    PROBE,
    /** Metrics are collected. */
    SCRAPE,
    /** Requests from outside reach a Service by an Ingress or a Route. */
    ROUTE
  }

  /** The other end of the call. */
  public sealed interface Called {
    /** A Service's port; its id is {@code svc/shop/web}. */
    record ServicePort(String service, Protocol protocol, int port) implements Called {}

    /** An endpoint's port, by the endpoint's own address. */
    record EndpointPort(String endpoint, Protocol protocol, int port) implements Called {}

    /** A port at an address that belongs to no endpoint. */
    record AddressPort(IpAddress address, Protocol protocol, int port) implements Called {}

    /** Something at an address that the input does not tell. */
    record Untold(String what) implements Called {}
  }

  public Need {
    callers = List.copyOf(callers);
  }
}
