package io.github.polverdict.questions.naming;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.Refusal;
import io.github.polverdict.questions.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What users mean by {@code shop/web}, {@code deploy/shop/web}, {@code shop/*}, {@code
 * svc/shop/web:80}, {@code node/n1}, {@code 10.0.0.1:53/udp}, {@code [fd00::1]:80} or {@code
 * 10.0.0.0/8}.
 */
public final class FlowResolver {
  private final Names names;
  private final Addressing addressing;
  private final List<Missing> missing;
  private final String defaultNamespace;

  /**
   * A resolver for one bench.
   *
   * @param defaultNamespace the namespace of names that say none; empty for no such namespace
   */
  public FlowResolver(Bench bench, String defaultNamespace) {
    this.names = new Names(bench.universe());
    this.addressing = new Addressing(bench.universe());
    this.missing = bench.inventory().missing();
    this.defaultNamespace = defaultNamespace;
  }

  /** The words of a destination, taken apart. */
  private record Words(String end, PortSpec port) {}

  /** The sources that the words mean; at least one. */
  public Reply<List<Goal.End>> from(String text) {
    Words words = split(text);
    if (!(words.port() instanceof PortSpec.Any)) {
      return refuse(
          "PV063", "'" + text + "': a source has no port; the port of a flow is the destination's");
    }
    return switch (to(text)) {
      case Reply.Refused<Goal> refused -> new Reply.Refused<>(refused.refusals());
      case Reply.Answered<Goal>(Goal.Ends(List<Goal.End> ends, PortSpec _)) ->
          new Reply.Answered<>(ends);
      case Reply.Answered<Goal>(Goal.Called called) ->
          refuse(
              "PV064",
              "'"
                  + text
                  + "' is Service "
                  + called.service().namespace()
                  + "/"
                  + called.service().name()
                  + ": nothing comes from a Service; ask for the pods behind it");
    };
  }

  /** What the words of a destination mean. */
  public Reply<Goal> to(String text) {
    Words words = split(text);
    if (words.port() instanceof PortSpec.Wrong(String why)) {
      return refuse("PV063", why);
    }
    String end = words.end();
    Optional<IpAddress> address = IpAddress.parse(end);
    if (address.isPresent()) {
      return address(address.get(), words);
    }
    Optional<IpSet> range = IpSet.cidr(end);
    if (range.isPresent()) {
      return new Reply.Answered<>(new Goal.Ends(addressing.ends(range.get(), end), words.port()));
    }
    return named(words);
  }

  /** IPv6 addresses have colons of their own and need brackets when a port follows. */
  private static Words split(String text) {
    String end = text.strip();
    int bracket = end.indexOf(']');
    if (end.startsWith("[") && bracket > 0) {
      String rest = end.substring(bracket + 1);
      String inner = end.substring(1, bracket);
      int colon = rest.indexOf(':');
      return colon < 0
          ? new Words(inner + rest, new PortSpec.Any())
          : new Words(inner + rest.substring(0, colon), PortSpec.parse(rest.substring(colon + 1)));
    }
    int colon = end.indexOf(':');
    if (colon < 0 || end.indexOf(':', colon + 1) >= 0) {
      return new Words(end, new PortSpec.Any());
    }
    return new Words(end.substring(0, colon), PortSpec.parse(end.substring(colon + 1)));
  }

  private Reply<Goal> address(IpAddress address, Words words) {
    Optional<Goal.Called> service = addressing.service(address, words.port());
    if (service.isPresent()) {
      return new Reply.Answered<>(service.get());
    }
    List<Goal.End> ends = addressing.ends(IpSet.of(address), address.toString());
    if (ends.isEmpty()) {
      return refuse("PV060", address + " is of an address family that this cluster does not use");
    }
    return node(ends, words.port());
  }

  private Reply<Goal> node(List<Goal.End> ends, PortSpec port) {
    boolean node = ends.size() == 1 && ends.getFirst().cell().kind() == Kind.NODE;
    Optional<Goal.Called> service = node ? addressing.nodePort(port) : Optional.empty();
    return new Reply.Answered<>(service.isPresent() ? service.get() : new Goal.Ends(ends, port));
  }

  private Reply<Goal> named(Words words) {
    String[] parts = words.end().split("/", -1);
    Optional<String> kind = Names.kind(parts[0]);
    boolean namespaceFirst = parts.length == 2 && names.isNamespace(parts[0]);
    if (parts.length == 3 && kind.isPresent()) {
      return ofKind(kind.get(), parts[1], parts[2], words);
    }
    if (parts.length == 2 && kind.filter("Node"::equals).isPresent() && !namespaceFirst) {
      return ofKind("Node", "", parts[1], words);
    }
    if (parts.length == 2 && kind.isPresent() && !namespaceFirst && !defaultNamespace.isEmpty()) {
      return ofKind(kind.get(), defaultNamespace, parts[1], words);
    }
    if (parts.length == 2 && IpAddress.parse(parts[0]).isPresent()) {
      return refuse("PV060", "'" + words.end() + "' is no range of addresses, as 10.0.0.0/8 is");
    }
    if (parts.length == 2) {
      return plain(parts[0], parts[1], words);
    }
    if (parts.length == 1
        && !defaultNamespace.isEmpty()
        && !names.called(defaultNamespace, parts[0]).isEmpty()) {
      return plain(defaultNamespace, parts[0], words);
    }
    if (parts.length == 1 && parts[0].matches(".*[a-zA-Z].*\\..*|.*\\..*[a-zA-Z].*")) {
      return refuse(
          "PV062",
          "'"
              + parts[0]
              + "' is a host name: what it resolves to is known at run time only; give an address");
    }
    if (parts.length == 1 && !defaultNamespace.isEmpty()) {
      return plain(defaultNamespace, parts[0], words);
    }
    return unknown(
        "'" + words.end() + "' is neither [KIND/]NAMESPACE/NAME nor an address nor a CIDR",
        words.end());
  }

  private Reply<Goal> ofKind(String kind, String namespace, String name, Words words) {
    if (kind.equals("Service")) {
      return names
          .service(namespace, name)
          .map(s -> service(s, words.port()))
          .orElseGet(() ->
              unknown(
                  "there is no Service " + namespace + "/" + name,
                  "Service",
                  namespace,
                  words.end()));
    }
    if (kind.equals("Node")) {
      return names
          .node(name)
          .map(n -> node(List.of(Goal.End.of(n)), words.port()))
          .orElseGet(() -> unknown("there is no node " + name, words.end()));
    }
    Map<String, List<Endpoint>> called = names.called(namespace, name);
    List<Endpoint> found = called.getOrDefault(kind, called.getOrDefault(Names.HIDDEN, List.of()));
    return found.isEmpty()
        ? unknown("there is no " + kind + " " + namespace + "/" + name, words.end())
        : ends(found, words.port());
  }

  private Reply<Goal> plain(String namespace, String name, Words words) {
    if (name.equals("*")) {
      List<Endpoint> all = names.inNamespace(namespace);
      return all.isEmpty()
          ? unknown("there is no pod and no workload in namespace " + namespace, words.end())
          : ends(all, words.port());
    }
    Map<String, List<Endpoint>> found = names.called(namespace, name);
    if (found.values().stream().distinct().count() == 1) {
      return ends(found.values().iterator().next(), words.port());
    }
    List<String> kinds = new ArrayList<>(found.keySet());
    if (found.isEmpty() && names.service(namespace, name).isPresent()) {
      kinds.add("Service");
    }
    List<String> better =
        kinds.stream().map(k -> Names.word(k) + "/" + namespace + "/" + name).toList();
    if (!better.isEmpty()) {
      String message =
          found.isEmpty()
              ? "there is no pod and no workload " + words.end() + ", but a Service"
              : "'" + words.end() + "' may be any of several things";
      return new Reply.Refused<>(List.of(new Refusal("PV061", message, better)));
    }
    String whole = namespace + "/" + name;
    return unknown("there is no pod and no workload " + whole, whole);
  }

  private static Reply<Goal> service(Service service, PortSpec port) {
    if (service.type().equals("ExternalName")) {
      return refuse(
          "PV062",
          "Service "
              + service.namespace()
              + "/"
              + service.name()
              + " stands for a host name: what it resolves to is known at run time only; give an"
              + " address");
    }
    Via via = service.type().equals("Headless") ? Via.POD_ADDRESS : Via.CLUSTER_IP;
    return new Reply.Answered<>(new Goal.Called(service, via, port));
  }

  private static Reply<Goal> ends(List<Endpoint> endpoints, PortSpec port) {
    return new Reply.Answered<>(new Goal.Ends(endpoints.stream().map(Goal.End::of).toList(), port));
  }

  private Reply<Goal> unknown(String message, String asked) {
    return new Reply.Refused<>(List.of(new Refusal("PV060", message, names.like(asked))));
  }

  /** As above, for an object that may be there and could not be read. */
  private Reply<Goal> unknown(String message, String kind, String namespace, String asked) {
    return missing.stream()
        .filter(m -> m.kinds().isEmpty() || m.kinds().contains(kind))
        .filter(m -> m.namespace().isEmpty() || m.namespace().equals(namespace))
        .findFirst()
        .map(m ->
            unknown(message + " that could be read (" + m.what() + ": " + m.why() + ")", asked))
        .orElseGet(() -> unknown(message, asked));
  }

  private static <A> Reply<A> refuse(String code, String message) {
    return new Reply.Refused<>(List.of(new Refusal(code, message, List.of())));
  }

  /** What an asker should know of how the words were understood, one sentence each. */
  public List<String> notes(String text) {
    String end = split(text).end();
    Optional<IpSet> set = IpAddress.parse(end).map(IpSet::of).or(() -> IpSet.cidr(end));
    if (set.isPresent() && !addressing.mayBeHidden(set.get()).isEmpty()) {
      String whose = String.join(", ", addressing.mayBeHidden(set.get()));
      return List.of(
          end + " may be that of a pod that could not be read: " + whose + " stands for it");
    }
    Reply<Goal> meant = to(text);
    boolean service = meant instanceof Reply.Answered<Goal>(Goal.Called _);
    if (!service && set.filter(addressing::mayBeLaterPods).isPresent()) {
      return List.of(
          end + " is judged as an outside address; a pod that does not run yet may get it");
    }
    if (meant instanceof Reply.Answered<Goal>(Goal.Ends(List<Goal.End> ends, PortSpec _))) {
      return ends.stream()
          .map(Goal.End::cell)
          .filter(e -> e.owner().kind().equals(Names.HIDDEN) && !e.id().equals(end))
          .map(e -> end + " could not be read: " + e.id() + " stands for it")
          .toList();
    }
    return List.of();
  }
}
