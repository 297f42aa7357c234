package io.github.polverdict.lab.replay;

import io.github.polverdict.lab.recreate.Addresses;
import io.github.polverdict.lab.recreate.Naming;
import io.github.polverdict.lab.recreate.Site;
import io.github.polverdict.snapshot.Document;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the ends of a scenario's flows are in the lab: its names and addresses there. */
final class Ends {
  /** What a lab has inside, what is a machine's own, and what is nobody's: groups. */
  private static final Pattern INSIDE =
      Pattern.compile("(127|10\\.0\\.0|10\\.96|10\\.244|22[4-9]|23\\d)\\..*");

  private final Case one;
  private final Naming naming;
  private final Site site;

  Ends(Case one, Naming naming, Site site) {
    this.one = one;
    this.naming = naming;
    this.site = site;
  }

  /** By an IPv4 address of the scenario, the lab's in its place. */
  private Map<String, String> addresses() {
    Map<String, String> out = new LinkedHashMap<>();
    one.nodes()
        .forEach((name, here) ->
            one.address(name).ifPresent(a -> out.put(a, String.valueOf(Case.NODES.get(here)))));
    for (Document pod : one.snapshot().ofKind("Pod")) {
      lab("Pod", pod).ifPresent(now -> out.putIfAbsent(Case.ipv4(pod).orElse(""), now));
    }
    for (Document service : one.snapshot().ofKind("Service")) {
      lab("Service", service)
          .ifPresent(now -> out.put(service.at("spec", "clusterIP").text(""), now));
    }
    return out;
  }

  private Optional<String> lab(String kind, Document document) {
    String id = document.id().namespace() + "/" + document.id().name();
    return site.address(kind + " " + naming.inFlow(id));
  }

  /** What policies' ranges are translated by. */
  Addresses translation() {
    Addresses out = site.translation();
    if (one.snapshot().ofKind("Node").isEmpty()) {
      Case.NODES.values().forEach(a -> out.add(a, a));
    }
    addresses().forEach(out::add);
    return out;
  }

  /** An end of a flow, with or without a port, as the lab calls it. */
  String inLab(String end) {
    int port = end.lastIndexOf(':');
    String name = port < 0 ? end : end.substring(0, port);
    String rest = port < 0 ? "" : NodePorts.replaced(end.substring(port), one.nodePorts());
    if (name.startsWith("node/")) {
      String node = name.substring("node/".length());
      return "node/" + one.nodes().getOrDefault(node, node) + rest;
    }
    return (Way.isAddress(name) ? addresses().getOrDefault(name, name) : naming.inFlow(name))
        + rest;
  }

  /** Addresses of flows that are neither a pod's, a node's nor a Service's. */
  Set<String> outside() {
    Set<String> out = new TreeSet<>();
    one.ways()
        .forEach(way -> {
          out.add(way.from());
          out.add(way.to());
        });
    out.removeIf(end -> !Way.isAddress(end) || one.knows(end) || INSIDE.matcher(end).matches());
    return out;
  }

  /** Whether an address is one of something in the lab, which has no balancers. */
  private boolean stands(String address) {
    return addresses().containsKey(address)
        || Case.NODES.containsValue(address)
        || outside().contains(address);
  }

  /** The address to call; empty when there is no such thing in the lab. */
  Optional<String> address(String end) {
    String here = inLab(end);
    if (Way.isAddress(here)) {
      return Optional.of(here).filter(_ -> stands(end));
    }
    if (here.startsWith("node/")) {
      return Optional.ofNullable(Case.NODES.get(here.substring("node/".length())));
    }
    return here.startsWith("svc/")
        ? site.address("Service " + here.substring("svc/".length()))
        : one.runsIpv4(end) ? site.address("Pod " + here) : Optional.empty();
  }

  /** Where a packet of a flow's source is sent from; empty when there is no such thing. */
  Optional<String> where(String end) {
    if (Way.isAddress(end)) {
      return outside().contains(end) ? Optional.of("outside-" + end) : Optional.empty();
    }
    return address(end).map(_ -> inLab(end).replaceFirst("^node/", ""));
  }
}
