package io.github.polverdict.dialects.cilium.policy;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Unread;
import io.github.polverdict.dialects.cilium.policy.Peers.Peer;
import io.github.polverdict.dialects.kubernetes.NetworkPolicies;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What agents made of a range that is denied where a part of it is allowed, before they compared
 * the two (https://github.com/cilium/cilium/pull/22966, and CVE-2024-47825 where something allows
 * everybody): the part is an identity of its own, for which there is no denial.
 *
 * @param row the row by which they do not compare; empty when they do
 * @param allowed the ranges that some policy allows
 * @param anySource whether ranges that are not known are allowed, too
 * @param anyTarget the same for what pods call; the addresses of names are such
 */
record NarrowerRanges(
    Optional<Origin.BuiltIn> row, List<Allowed> allowed, boolean anySource, boolean anyTarget) {
  /**
   * A range that is allowed.
   *
   * @param cut whether something is taken away from it: it is many ranges then
   */
  private record Allowed(IpSet addresses, boolean cut) {
    IpSet within(IpSet whole) {
      IpSet part = cut ? addresses.and(whole) : addresses;
      return part.subsetOf(whole) && !part.equals(whole) ? part : IpSet.NONE;
    }
  }

  /** What some policy allows, of the policies that are read at all. */
  private record Allowances(Snapshot snapshot, List<Field> standard, List<Field> own) {
    static Allowances of(Snapshot snapshot, Context context) {
      Stream<Field> standard =
          snapshot.ofKind(NetworkPolicies.KIND).stream()
              .filter(_ -> !context.active("cilium.knp-disabled"))
              .flatMap(d -> entries(d.at("spec")));
      return new Allowances(
          snapshot,
          standard.toList(),
          CiliumPolicies.allRules(snapshot, context).flatMap(Allowances::entries).toList());
    }

    private static Stream<Field> entries(Field rule) {
      return Stream.of("ingress", "egress").flatMap(s -> rule.get(s).items().stream());
    }

    boolean everybody() {
      return standard.stream().anyMatch(r -> items(r, "").findAny().isEmpty())
          || own.stream().anyMatch(e -> Sanity.peers(e).findAny().isEmpty() && Traffic.isNamed(e))
          || own.stream()
              .flatMap(e -> items(e, "Entities"))
              .anyMatch(f -> f.text("").equals("all"));
    }

    boolean unreadGroups() {
      return Unread.of(snapshot, Set.of(CiliumPolicies.GROUP)).isPresent()
          && sets().anyMatch(i -> i.get("cidrGroupRef").present());
    }

    boolean names() {
      return own.stream().anyMatch(e -> items(e, "FQDNs").findAny().isPresent());
    }

    /** Whole families are the world itself, and no narrower than it. */
    List<Allowed> ranges() {
      Groups groups = new Groups(snapshot, false);
      Stream<Field> blocks =
          standard.stream().flatMap(r -> items(r, "")).map(p -> p.get("ipBlock"));
      Stream<Allowed> plain =
          own.stream()
              .flatMap(e -> items(e, "CIDR"))
              .flatMap(f -> Groups.cidr(f).stream())
              .map(a -> new Allowed(a, false));
      return Stream.concat(plain, Stream.concat(blocks, sets()).flatMap(i -> allowed(i, groups)))
          .filter(a -> !Groups.isWhole(a.addresses()))
          .distinct()
          .toList();
    }

    private Stream<Field> sets() {
      return own.stream().flatMap(e -> items(e, "CIDRSet"));
    }

    private static Stream<Field> items(Field entry, String what) {
      return Stream.of("from", "to").flatMap(k -> entry.get(k + what).items().stream());
    }

    private static Stream<Allowed> allowed(Field item, Groups groups) {
      IpSet except =
          IpSet.union(
              item.get("except").items().stream().flatMap(e -> Groups.cidr(e).stream()).toList());
      Stream<IpSet> named =
          item.get("cidrGroupRef").text().stream().flatMap(n -> groups.listed(n).stream());
      return Stream.concat(Groups.cidr(item.get("cidr")).stream(), named)
          .map(a -> new Allowed(a.minus(except), a.overlaps(except)));
    }
  }

  static NarrowerRanges of(Snapshot snapshot, Context context) {
    Optional<Origin.BuiltIn> always = context.row("cilium.cnp-deny-narrower");
    Optional<Origin.BuiltIn> besideAll = context.row("cilium.cnp-deny-narrower-all");
    if (always.isEmpty() && besideAll.isEmpty()) {
      return new NarrowerRanges(Optional.empty(), List.of(), false, false);
    }
    Allowances allowances = Allowances.of(snapshot, context);
    boolean unread = allowances.unreadGroups();
    return new NarrowerRanges(
        always.or(() -> besideAll.filter(_ -> allowances.everybody())),
        allowances.ranges(),
        unread,
        unread || allowances.names());
  }

  /** A peer that is denied, and apart from it what of it may be allowed all the same. */
  List<Peer> denied(Peer peer, Direction direction) {
    IpSet whole = row.isEmpty() ? IpSet.NONE : addresses(peer);
    boolean any = direction == Direction.INGRESS ? anySource : anyTarget;
    IpSet part = any ? whole : IpSet.union(allowed.stream().map(a -> a.within(whole)).toList());
    if (part.isEmpty()) {
      return List.of(peer);
    }
    List<Doubt> onlyIf = new ArrayList<>(peer.onlyIf());
    onlyIf.add(Doubt.Unverified.of(row.orElseThrow()));
    return List.of(among(peer, part.complement(), peer.onlyIf()), among(peer, part, onlyIf));
  }

  private static Peer among(Peer peer, IpSet addresses, List<Doubt> onlyIf) {
    PeerSpec range = new PeerSpec.InRange(addresses, Kind.INSIDE);
    return new Peer(new PeerSpec.AllOf(List.of(peer.who(), range)), onlyIf, peer.place());
  }

  /** The addresses that may be denied as a range; other entities than the world never are. */
  private static IpSet addresses(Peer peer) {
    if (peer.who().equals(Peers.WORLD)) {
      return IpSet.ALL;
    }
    boolean entity = peer.place().text().isPresent() && Groups.cidr(peer.place()).isEmpty();
    return !entity && peer.who() instanceof PeerSpec.InRange range ? range.addresses() : IpSet.NONE;
  }
}
