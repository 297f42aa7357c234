package io.github.polverdict.questions.verify.choice;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Addresses;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which endpoints can send, which can be called and at what address, and why the others can't.
 *
 * @param namespaces the only namespaces whose pods send; empty for all
 * @param outside addresses outside of the cluster that may be called
 * @param unable why a pod can't send although it runs, from who would send; empty when it can
 */
record Ends(
    Set<String> namespaces, List<IpAddress> outside, Function<Endpoint, Optional<String>> unable) {

  /** Whether anything is asked about what this endpoint sends to that one. */
  boolean asked(Endpoint from, Endpoint to) {
    boolean crossing = Kind.INSIDE.contains(from.kind()) || Kind.INSIDE.contains(to.kind());
    boolean pod = from.kind() == Kind.POD || from.kind() == Kind.HOST_POD;
    return crossing && (namespaces.isEmpty() || namespaces.contains((pod ? from : to).namespace()));
  }

  /** Why the endpoint can't send; empty when it can. */
  Optional<String> mute(Endpoint from) {
    return switch (from.kind()) {
      case POD, HOST_POD -> notRunning(from).or(() -> unable.apply(from));
      case NODE -> Optional.of("a node itself sends");
      case EXTERNAL, NETWORK_SET -> Optional.of("comes from outside of the cluster");
    };
  }

  /** Why the endpoint can't be called; empty when it can. */
  Optional<String> deaf(Endpoint to, Family family) {
    if (called(to, family).isPresent()) {
      return Optional.empty();
    }
    return switch (to.kind()) {
      case POD, HOST_POD -> notRunning(to).or(() -> Optional.of("no address"));
      case NODE -> Optional.of("no address");
      case EXTERNAL, NETWORK_SET -> Optional.of("no outside address to call was said");
    };
  }

  private static Optional<String> notRunning(Endpoint pod) {
    boolean runs =
        pod.addresses().exact() && !pod.mayBeSeveral() && !pod.addresses().set().isEmpty();
    return runs ? Optional.empty() : Optional.of("no running pod");
  }

  /** The address to call an endpoint at; only one that is surely its own, or that was said. */
  Optional<IpAddress> called(Endpoint to, Family family) {
    IpSet own = to.addresses().of(family).set();
    return switch (to.kind()) {
      case POD, HOST_POD, NODE ->
          to.addresses().exact() && !to.mayBeSeveral()
              ? own.ranges().stream().map(IpSet.Range::first).findFirst()
              : Optional.empty();
      case EXTERNAL, NETWORK_SET -> outside.stream().filter(own::contains).findFirst();
    };
  }

  /** The one address of an outside endpoint as an endpoint of its own; others as they are. */
  static Endpoint exactly(Endpoint to, IpAddress at) {
    return to.kind() != Kind.EXTERNAL ? to : to.with(Addresses.exactly(IpSet.of(at)));
  }
}
