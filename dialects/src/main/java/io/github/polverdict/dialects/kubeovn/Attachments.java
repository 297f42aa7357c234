package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.dialects.kubernetes.PodLike;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pods are on which subnet and in which security groups, by the annotations that the
 * controller writes and reads (pkg/util/const.go), by their addresses and by their namespaces.
 */
final class Attachments {
  static final String SUBNET = "Subnet.kubeovn.io";
  static final String GROUP = "SecurityGroup.kubeovn.io";
  static final String PREFIX = "ovn.kubernetes.io/";

  private final Snapshot snapshot;
  private final List<Member> members = new ArrayList<>();
  private final List<Member> onHosts = new ArrayList<>();

  /**
   * A pod, or the one that a workload would have.
   *
   * @param id of its endpoint
   */
  record Member(String id, PodLike pod) {
    String annotation(String name) {
      return pod.pod().get("metadata").get("annotations").get(PREFIX + name).text("");
    }

    String namespace() {
      return pod.namespace();
    }

    Map<String, String> labels() {
      return pod.labels();
    }

    /** Those that it is known to have; none for one that does not run. */
    IpSet addresses() {
      return pod.addresses();
    }

    Field spec() {
      return pod.spec();
    }
  }

  Attachments(Snapshot snapshot) {
    this.snapshot = snapshot;
    PodLike.pods(snapshot).forEach(p -> add(p, p.document().id().name()));
    for (PodLike template : PodLike.templates(snapshot)) {
      ResourceId workload = template.document().id();
      add(template, workload.name() + "[" + workload.kind() + "]");
    }
  }

  private void add(PodLike pod, String name) {
    (pod.onHostNetwork() ? onHosts : members).add(new Member(pod.namespace() + "/" + name, pod));
  }

  /** Those with a network of their own. */
  List<Member> all() {
    return List.copyOf(members);
  }

  /** Those on the network of their node. */
  List<Member> onHosts() {
    return List.copyOf(onHosts);
  }

  /** The pods on a subnet. */
  List<Member> on(Document subnet) {
    return members.stream()
        .filter(m -> subnetOf(m).filter(s -> s.id().equals(subnet.id())).isPresent())
        .toList();
  }

  /** The subnet of a pod: said, by address, of its namespace, or the default one. */
  private Optional<Document> subnetOf(Member member) {
    List<Document> subnets = snapshot.ofKind(SUBNET);
    String said = member.annotation("logical_switch");
    String ofHome =
        snapshot
            .find("Namespace", "", member.namespace())
            .map(n -> n.at("metadata", "annotations").get(PREFIX + "logical_switch").text(""))
            .orElse("");
    return subnets.stream()
        .filter(s -> s.id().name().equals(said))
        .findFirst()
        .or(() -> subnets.stream().filter(s -> holds(s, member.addresses())).findFirst())
        .or(() -> subnets.stream().filter(s -> serves(s, member.namespace())).findFirst())
        .or(() -> subnets.stream().filter(s -> s.id().name().equals(ofHome)).findFirst())
        .or(() ->
            subnets.stream().filter(s -> s.at("spec", "default").bool().orElse(false)).findFirst());
  }

  private static boolean holds(Document subnet, IpSet addresses) {
    return !addresses.isEmpty() && addresses.subsetOf(ranges(subnet.at("spec", "cidrBlock")));
  }

  private static boolean serves(Document subnet, String namespace) {
    return subnet.at("spec", "namespaces").items().stream()
        .anyMatch(n -> n.text("").equals(namespace));
  }

  /** Ranges, or addresses, as a list or separated by commas. */
  static IpSet ranges(Field field) {
    List<IpSet> out = new ArrayList<>();
    List<Field> texts = field.items().isEmpty() ? List.of(field) : field.items();
    for (Field text : texts) {
      for (String part : text.text("").split(",", -1)) {
        range(part.strip()).ifPresent(out::add);
      }
    }
    return IpSet.union(out);
  }

  static Optional<IpSet> range(String text) {
    return IpSet.cidr(text).or(() -> IpAddress.parse(text).map(IpSet::of));
  }

  /** The pods that name a security group. */
  List<Member> in(String group) {
    return members.stream().filter(m -> groups(m).contains(group)).toList();
  }

  static boolean isSecured(Member member) {
    return member.annotation("port_security").equals("true");
  }

  static List<String> groups(Member member) {
    return Stream.of(member.annotation("security_groups").split(",", -1))
        .map(String::strip)
        .filter(g -> !g.isEmpty())
        .toList();
  }

  static Selector selector(List<Member> some) {
    return Selector.and(
        Selector.pods(),
        new Selector.Or(some.stream().<Selector>map(m -> new Selector.Is(m.id())).toList()));
  }

  static IpSet addresses(List<Member> some) {
    return IpSet.union(some.stream().map(Member::addresses).toList());
  }
}
