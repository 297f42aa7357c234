package io.github.polverdict.core.engine;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.IpSet.Range;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.Redirect;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Tier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Cuts all addresses into ranges that every policy treats alike. */
public final class AddressAtoms {
  private AddressAtoms() {}

  /**
   * The ranges in order, IPv4 first; each is one run of addresses. Together they are all addresses;
   * a family that no policy cuts is one range.
   */
  public static List<IpSet> of(PolicyModel model) {
    NavigableSet<IpAddress> starts = new TreeSet<>();
    for (Family family : Family.values()) {
      starts.add(new IpAddress(family, 0, 0));
    }
    peers(model).forEach(peer -> ranges(peer).forEach(set -> cut(set, starts)));
    List<IpSet> out = new ArrayList<>();
    for (IpAddress start : starts) {
      Optional<IpAddress> next = Optional.ofNullable(starts.higher(start));
      IpAddress last =
          next.filter(n -> n.family() == start.family())
              .flatMap(IpAddress::previous)
              .orElseGet(() -> start.masked(0, true));
      out.add(IpSet.of(start, last));
    }
    return out;
  }

  private static void cut(IpSet set, NavigableSet<IpAddress> starts) {
    for (Range range : set.ranges()) {
      starts.add(range.first());
      range.last().next().ifPresent(starts::add);
    }
  }

  private static List<IpSet> ranges(PeerSpec peer) {
    return switch (peer) {
      case PeerSpec.Anyone _, PeerSpec.Called _, PeerSpec.CalledBy _, PeerSpec.Forwarded _ ->
          List.of();
      case PeerSpec.Selected(Selector selector) -> ranges(selector);
      case PeerSpec.InRange range -> List.of(range.addresses());
      case PeerSpec.Runtime runtime -> List.of(runtime.atLeast(), runtime.atMost());
      case PeerSpec.AllOf(var all) -> all.stream().flatMap(p -> ranges(p).stream()).toList();
    };
  }

  private static List<IpSet> ranges(Selector selector) {
    return switch (selector) {
      case Selector.AtAddress(IpSet range) -> List.of(range);
      case Selector.Not(Selector of) -> ranges(of);
      case Selector.And(var all) -> all.stream().flatMap(s -> ranges(s).stream()).toList();
      case Selector.Or(var any) -> any.stream().flatMap(s -> ranges(s).stream()).toList();
      case Selector.All _,
          Selector.OfKind _,
          Selector.InNamespace _,
          Selector.Is _,
          Selector.HasLabel _,
          Selector.LabelIn _,
          Selector.LabelLike _,
          Selector.OfServiceAccount _,
          Selector.OnNode _ ->
          List.of();
    };
  }

  /** Every distinct peer that the model speaks of. */
  static Set<PeerSpec> peers(PolicyModel model) {
    Set<PeerSpec> out = new LinkedHashSet<>();
    for (Plane plane : model.planes()) {
      for (Passage passage : plane.passages()) {
        out.add(passage.from());
        out.add(passage.to());
      }
      for (Redirect redirect : plane.redirects()) {
        out.addAll(asked(redirect));
      }
      for (Tier tier : plane.tiers()) {
        for (Block block : tier.blocks()) {
          for (Rule rule : block.rules()) {
            out.addAll(rule.peers());
          }
        }
      }
    }
    return out;
  }

  /** What tells endpoints apart for a redirect: who calls from where, what has the address. */
  static Set<PeerSpec> asked(Redirect redirect) {
    Set<PeerSpec> out = new LinkedHashSet<>();
    out.add(redirect.from());
    if (redirect.called() instanceof Redirect.Called.Address(var addresses)) {
      out.add(new PeerSpec.InRange(addresses, Kind.INSIDE));
    }
    redirect.to().keySet().stream()
        .sorted()
        .map(Selector.OnNode::new)
        .forEach(s -> out.add(new PeerSpec.Selected(s)));
    redirect.to().values().stream()
        .flatMap(List::stream)
        .map(b -> new PeerSpec.Selected(new Selector.Is(b.endpoint())))
        .forEach(out::add);
    return out;
  }
}
