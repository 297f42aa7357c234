package io.github.polverdict.dialects.cilium;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Redirect.Called;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One CiliumLocalRedirectPolicy: what it redirects, to which port and to which pods
 * (pkg/redirectpolicy/redirectpolicy.go of v1.15.19, getSanitizedLRPConfig).
 */
record RedirectPolicy(Document document, Snapshot snapshot, Context context) {
  static final String OPEN = "cilium.local-redirect-ports";
  private static final String OVERRIDES = "cilium.local-redirect-overrides-service";
  private static final String CONTROLLER = "cilium.local-redirect-declared-ports";

  /**
   * Something that is called.
   *
   * @param name of the port, in lower case; empty when it has none
   */
  record Frontend(Called called, Protocol protocol, int port, String name) {
    /** The same for two policies that redirect the same calls. */
    Object key() {
      return List.of(called, protocol, port);
    }
  }

  private record Port(Protocol protocol, int number, String name) {}

  private Field address() {
    return document.at("spec", "redirectFrontend", "addressMatcher");
  }

  private Field service() {
    return document.at("spec", "redirectFrontend", "serviceMatcher");
  }

  private static List<Port> ports(Field list) {
    return list.items().stream().flatMap(p -> port(p).stream()).toList();
  }

  private static Optional<Port> port(Field port) {
    String text = port.get("port").text("");
    String protocol = port.get("protocol").text("").toUpperCase(Locale.ROOT);
    boolean valid =
        text.matches("[0-9]{1,5}")
            && Integer.parseInt(text) >= 1
            && Integer.parseInt(text) <= 65535
            && List.of("TCP", "UDP").contains(protocol);
    return valid
        ? Optional.of(
            new Port(
                Protocol.valueOf(protocol),
                Integer.parseInt(text),
                port.get("name").text("").toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private List<Port> called() {
    return ports((address().present() ? address() : service()).get("toPorts"));
  }

  private List<Port> backendPorts() {
    return ports(document.at("spec", "redirectBackend", "toPorts"));
  }

  /** Whether the agent takes it; one that it does not take redirects nothing. */
  boolean isTaken() {
    List<Port> front = called();
    List<Port> back = backendPorts();
    boolean oneMatcher = address().present() != service().present();
    boolean named =
        Stream.of(front, back)
            .filter(list -> list.size() > 1)
            .flatMap(List::stream)
            .noneMatch(p -> p.name().isEmpty());
    boolean sameProtocol =
        front.size() != 1
            || back.isEmpty()
            || front.getFirst().protocol() == back.getFirst().protocol();
    return oneMatcher
        && named
        && sameProtocol
        && !back.isEmpty()
        && (service().present() ? isOfOwnNamespace() : !front.isEmpty() && isAdmitted());
  }

  private boolean isOfOwnNamespace() {
    return service().get("namespace").text("").equals(document.id().namespace());
  }

  private boolean isAdmitted() {
    String ranges = context.setting("lrp-address-matcher-cidrs");
    Optional<IpSet> own = IpAddress.parse(address().get("ip").text("")).map(IpSet::of);
    boolean limited = context.active(CONTROLLER) && !ranges.isBlank();
    return own.isPresent()
        && (!limited
            || Stream.of(ranges.strip().split("[,\\s]+"))
                .flatMap(r -> IpSet.cidr(r).stream())
                .anyMatch(r -> own.get().minus(r).isEmpty()));
  }

  /** Everything that it redirects where there is a pod to redirect to. */
  List<Frontend> frontends() {
    List<Frontend> out = new ArrayList<>();
    if (address().present()) {
      IpSet ip = IpAddress.parse(address().get("ip").text("")).map(IpSet::of).orElse(IpSet.NONE);
      for (Port port : called()) {
        out.add(frontend(new Called.Address(ip), port));
        for (Document service : servicesAt(ip)) {
          out.add(frontend(id(service.id().name(), service.id().namespace()), port));
        }
      }
      return out;
    }
    String name = service().get("serviceName").text("");
    Optional<Document> found = snapshot.find("Service", document.id().namespace(), name);
    if (found.isEmpty() || found.get().at("spec", "clusterIP").text("").equals("None")) {
      return List.of();
    }
    Called called = id(name, document.id().namespace());
    List<Port> named = called();
    for (Port port : named.isEmpty() ? ofService(found.get()) : named) {
      out.add(frontend(called, port));
    }
    return out;
  }

  private static Called id(String service, String namespace) {
    return new Called.OfService("svc/" + namespace + "/" + service);
  }

  private static Frontend frontend(Called called, Port port) {
    return new Frontend(called, port.protocol(), port.number(), port.name());
  }

  /** The Services whose cluster address it is, where a policy goes before them. */
  private List<Document> servicesAt(IpSet ip) {
    return snapshot.ofKind("Service").stream()
        .filter(_ -> context.active(OVERRIDES))
        .filter(s ->
            IpAddress.parse(s.at("spec", "clusterIP").text(""))
                .filter(a -> IpSet.of(a).equals(ip))
                .isPresent())
        .toList();
  }

  private static List<Port> ofService(Document service) {
    return service.at("spec", "ports").items().stream()
        .flatMap(p ->
            p.get("port").integer().stream()
                .filter(_ -> List.of("TCP", "UDP").contains(p.get("protocol").text("TCP")))
                .map(n ->
                    new Port(
                        Protocol.valueOf(p.get("protocol").text("TCP")),
                        n,
                        p.get("name").text("").toLowerCase(Locale.ROOT))))
        .toList();
  }

  /** Whether ports are told apart by their names, which pods must have, too. */
  private boolean byName() {
    return frontendPorts() > 1;
  }

  private int frontendPorts() {
    return (int) frontends().stream().map(f -> List.of(f.protocol(), f.port())).distinct().count();
  }

  /** The pods' port that calls of a frontend go to; empty when they stay as they are. */
  Optional<Integer> portOf(Frontend frontend) {
    List<Port> back = backendPorts();
    if (byName() && !(isWholeService() && back.size() == 1)) {
      return back.stream()
          .filter(p -> p.name().equals(frontend.name()) && p.protocol() == frontend.protocol())
          .map(Port::number)
          .findFirst();
    }
    boolean passedOver = byName() && !context.active(CONTROLLER);
    return Optional.of(back.getFirst())
        .filter(p -> !passedOver || p.name().equals(frontend.name()))
        .map(Port::number);
  }

  private boolean isWholeService() {
    return service().present() && called().isEmpty();
  }

  boolean skipsBackends() {
    return context.active("cilium.local-redirect-skip")
        && document.at("spec", "skipRedirectFromBackend").bool().orElse(false);
  }

  /** The ready pods that may get calls of a frontend, by their node. */
  Map<String, List<Document>> podsByNode(Frontend frontend) {
    Field selector = document.at("spec", "redirectBackend", "localEndpointSelector");
    LabelQuery query = LabelQuery.read(selector);
    Map<String, List<Document>> out = new TreeMap<>();
    for (Document pod : snapshot.ofKind("Pod")) {
      boolean meant =
          pod.id().namespace().equals(document.id().namespace())
              && query.matches(pod.at("metadata", "labels").strings())
              && isReady(pod)
              && (!byName() || isWholeService() || names(pod, frontend));
      if (meant) {
        pod.at("spec", "nodeName")
            .text()
            .ifPresent(n -> out.computeIfAbsent(n, _ -> new ArrayList<>()).add(pod));
      }
    }
    return out;
  }

  /** A pod of which nothing is known, as in manifests, counts as ready. */
  private static boolean isReady(Document pod) {
    return pod.at("status", "conditions").items().stream()
        .filter(c -> c.get("type").text("").equals("Ready"))
        .allMatch(c -> c.get("status").text("").equals("True"));
  }

  private static Stream<Field> declared(Document pod) {
    return pod.at("spec", "containers").items().stream()
        .flatMap(c -> c.get("ports").items().stream());
  }

  private static boolean names(Document pod, Frontend frontend) {
    return declared(pod)
        .anyMatch(p -> p.get("name").text("").toLowerCase(Locale.ROOT).equals(frontend.name()));
  }

  /**
   * Whether it is known that all of these pods get calls: newer agents ask which ports the pods
   * declare, and what they do where ports are told apart in another way is open.
   */
  boolean isCertain(Frontend frontend, List<Document> pods) {
    Port first = backendPorts().getFirst();
    boolean plain =
        byName()
            ? !isWholeService() || backendPorts().size() > 1
            : first.protocol() == frontend.protocol()
                && (backendPorts().size() == 1 || !isWholeService());
    Optional<Integer> port = portOf(frontend);
    return plain
        && (!context.active(CONTROLLER)
            || pods.stream().allMatch(p -> declares(p, frontend.protocol(), port)));
  }

  private boolean declares(Document pod, Protocol protocol, Optional<Integer> port) {
    if (declared(pod).findAny().isEmpty()) {
      return context.active("cilium.local-redirect-undeclared-ports") && !byName();
    }
    return declared(pod)
        .anyMatch(p ->
            p.get("containerPort").integer().equals(port)
                && p.get("protocol").text("TCP").equals(protocol.name()));
  }
}
