package io.github.polverdict.questions.table;

import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.questions.Party;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** One end of a pair that is looked up in several benches. */
public sealed interface Side {

  /** A workload or node by its shown name. */
  record Inside(String name) implements Side {}

  /** Outside addresses that no bench tells apart. */
  record Range(IpSet.Range range) implements Side {}

  /**
   * A port of a Service; only ever a destination.
   *
   * @param via the address by which it is called
   * @param port the number that is called there: of a node port, that of the nodes
   */
  record Called(String service, Via via, Protocol protocol, int port) implements Side {

    /** The namespace of the Service. */
    public String namespace() {
      return service.split("/", -1)[1];
    }
  }

  /** What it is called; the first bench that has it says. */
  default Party party(List<Compared> benches) {
    return switch (this) {
      case Inside(String name) ->
          benches.stream().flatMap(v -> v.parties().party(name).stream()).findFirst().orElseThrow();
      case Range(IpSet.Range range) -> Outside.party(range);
      case Called called ->
          Party.service(
              switch (called.via()) {
                case CLUSTER_IP, POD_ADDRESS -> called.service();
                case NODE_PORT -> called.service() + " by node port";
                case LOAD_BALANCER -> called.service() + " by load balancer";
              });
    };
  }

  /** Every pair of sides of which one at least is inside, in the order of names and addresses. */
  static void pairs(List<Compared> benches, Family family, BiConsumer<Side, Side> look) {
    List<Parties> all = benches.stream().map(Compared::parties).toList();
    TreeSet<String> names = new TreeSet<>();
    all.forEach(p -> names.addAll(p.names()));
    List<Side> inside = names.stream().<Side>map(Inside::new).toList();
    List<Side> outside = Outside.cut(all, family).stream().<Side>map(Range::new).toList();
    for (Side src : inside) {
      inside.forEach(dst -> look.accept(src, dst));
      outside.forEach(dst -> look.accept(src, dst));
    }
    for (Side src : outside) {
      inside.forEach(dst -> look.accept(src, dst));
    }
  }

  /** Every workload with every port of a Service that all benches have, in the order of names. */
  static void calls(List<Compared> benches, BiConsumer<Side, Side> look) {
    Set<Called> called = called(benches, Set.of(Via.CLUSTER_IP));
    for (String name : benches.getFirst().parties().names()) {
      called.forEach(c -> look.accept(new Inside(name), c));
    }
  }

  /** All outside addresses with every port of a Service that is open to them, in their order. */
  static void callsFromOutside(List<Compared> benches, Family family, BiConsumer<Side, Side> look) {
    Set<Called> called = called(benches, Set.of(Via.NODE_PORT, Via.LOAD_BALANCER));
    List<Parties> all = benches.stream().map(Compared::parties).toList();
    for (IpSet.Range range : called.isEmpty() ? List.<IpSet.Range>of() : Outside.cut(all, family)) {
      called.forEach(c -> look.accept(new Range(range), c));
    }
  }

  private static Set<Called> called(List<Compared> benches, Set<Via> via) {
    Set<String> common = new TreeSet<>(benches.getFirst().services());
    benches.forEach(v -> common.retainAll(v.services()));
    Set<Called> out = new LinkedHashSet<>();
    for (String service : common) {
      for (Compared bench : benches) {
        bench.called(service).stream().filter(c -> via.contains(c.via())).forEach(out::add);
      }
    }
    return out;
  }
}
