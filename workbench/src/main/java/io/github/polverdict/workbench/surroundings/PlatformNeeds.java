package io.github.polverdict.workbench.surroundings;

import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Need;
import io.github.polverdict.questions.Need.Called;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Calls that the control plane and clients outside make. */
final class PlatformNeeds {
  private final Snapshot snapshot;
  private final Universe universe;
  private final boolean whole;

  /**
   * @param whole whether the snapshot shows a whole cluster; else a controller that is not in it
   *     may make the calls of clients outside
   */
  PlatformNeeds(Snapshot snapshot, Universe universe, boolean whole) {
    this.snapshot = snapshot;
    this.universe = universe;
    this.whole = whole;
  }

  List<Need> all() {
    List<Need> out = new ArrayList<>();
    if (universe.endpoints().stream().anyMatch(e -> e.kind() == Kind.NODE)) {
      webhooks(out);
      aggregated(out);
    }
    if (whole) {
      ingresses(out);
      routes(out);
    }
    return out;
  }

  private void webhooks(List<Need> out) {
    for (Document configuration :
        snapshot.ofKinds(
            Set.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"))) {
      for (Field webhook : configuration.at("webhooks").items()) {
        String what = "the webhook " + webhook.get("name").text(configuration.id().name());
        called(webhook.get("clientConfig").get("service"), "")
            .ifPresent(c -> out.add(fromControlPlane(Need.Kind.ADMISSION, what, c, webhook)));
      }
    }
    for (Document definition : snapshot.ofKind("CustomResourceDefinition")) {
      Field client = definition.at("spec", "conversion", "webhook", "clientConfig");
      String what = "the conversion webhook of " + definition.id().name();
      called(client.get("service"), "")
          .ifPresent(c -> out.add(fromControlPlane(Need.Kind.ADMISSION, what, c, client)));
    }
  }

  private void aggregated(List<Need> out) {
    for (Document api : snapshot.ofKind("APIService")) {
      String what = "the aggregated API " + api.id().name();
      Field service = api.at("spec", "service");
      called(service, "")
          .ifPresent(c -> out.add(fromControlPlane(Need.Kind.AGGREGATION, what, c, service)));
    }
  }

  /** A reference to a Service; port 443 when it names none. */
  private Optional<Called> called(Field service, String namespace) {
    Optional<String> name = service.get("name").text();
    String in = service.get("namespace").text(namespace);
    int port = service.get("port").integer().orElse(443);
    return name.map(n -> new Called.ServicePort("svc/" + in + "/" + n, Protocol.TCP, port));
  }

  /** By the nodes that API servers run on; by anybody who may be one when these are not known. */
  private Need fromControlPlane(Need.Kind kind, String what, Called called, Field place) {
    List<String> known = new ArrayList<>();
    List<String> possible = new ArrayList<>();
    for (Endpoint endpoint : universe.endpoints()) {
      boolean controls =
          Known.words("controlPlane").stream()
              .anyMatch(endpoint.facts().labels().known()::containsKey);
      if (endpoint.kind() == Kind.NODE && controls) {
        known.add(endpoint.id());
      }
      if (endpoint.kind() == Kind.NODE || endpoint.kind() == Kind.EXTERNAL) {
        possible.add(endpoint.id());
      }
    }
    List<String> callers = known.isEmpty() ? possible : known;
    return new Need(kind, what, callers, false, called, place.origin());
  }

  private void ingresses(List<Need> out) {
    for (Document ingress : snapshot.ofKind("Ingress")) {
      List<Field> backends = new ArrayList<>();
      backends.add(ingress.at("spec", "defaultBackend"));
      for (Field rule : ingress.at("spec", "rules").items()) {
        rule.get("http").get("paths").items().forEach(p -> backends.add(p.get("backend")));
      }
      for (Field backend : backends) {
        Field service = backend.get("service");
        route(
            ingress.id().namespace(),
            service.get("name").text(""),
            service.get("port").get("number").text(service.get("port").get("name").text("")),
            backend,
            out);
      }
    }
    for (Document route : snapshot.ofKind("HTTPRoute")) {
      for (Field rule : route.at("spec", "rules").items()) {
        for (Field backend : rule.get("backendRefs").items()) {
          route(
              backend.get("namespace").text(route.id().namespace()),
              backend.get("name").text(""),
              backend.get("port").text(""),
              backend,
              out);
        }
      }
    }
  }

  private void routes(List<Need> out) {
    for (Document route : snapshot.documents()) {
      if (route.id().kind().equals("Route") && route.id().group().equals("route.openshift.io")) {
        Field to = route.at("spec", "to");
        String port = route.at("spec", "port", "targetPort").text("");
        route(route.id().namespace(), to.get("name").text(""), port, to, out);
      }
    }
  }

  private void route(String namespace, String name, String port, Field place, List<Need> out) {
    String in = namespace.isEmpty() ? "default" : namespace;
    for (Service service : universe.services()) {
      boolean meant = service.namespace().equals(in) && service.name().equals(name);
      for (Service.Port served : meant ? service.ports() : List.<Service.Port>of()) {
        boolean leads =
            port.isEmpty()
                || port.equals(served.name())
                || port.equals(Integer.toString(served.number()));
        if (leads) {
          Set<String> own = new TreeSet<>();
          served.backends().forEach(b -> own.add(b.endpoint()));
          List<String> others =
              universe.endpoints().stream()
                  .map(Endpoint::id)
                  .filter(id -> !own.contains(id))
                  .toList();
          String id = place.document().id().text();
          out.add(
              new Need(
                  Need.Kind.ROUTE,
                  id,
                  others,
                  false,
                  new Called.ServicePort(service.id(), served.protocol(), served.number()),
                  place.origin()));
        }
      }
    }
  }
}
