package io.github.polverdict.dialects.kubeovn;

import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * One ACL of OVN.
 *
 * @param name the object that it is made of
 * @param priority OVN's, highest first
 * @param onlyIf facts without which it is not known whether there is such an ACL
 */
record Acl(
    String name,
    Selector subject,
    Direction direction,
    int priority,
    List<PeerSpec> peers,
    TrafficSet traffic,
    Action action,
    List<Doubt> onlyIf,
    Origin origin) {
  Acl {
    peers = List.copyOf(peers);
    onlyIf = List.copyOf(onlyIf);
  }

  /** Allows everything to everybody; narrow it from there. */
  static Acl allowing(Selector subject, Direction direction, int priority, Field place) {
    Document document = place.document();
    return new Acl(
        document.id().text(),
        subject,
        direction,
        priority,
        List.of(PeerSpec.ANYONE),
        TrafficSet.ALL,
        Action.ALLOW,
        List.of(),
        place.origin());
  }

  Acl to(List<PeerSpec> others) {
    return new Acl(name, subject, direction, priority, others, traffic, action, onlyIf, origin);
  }

  Acl to(PeerSpec other) {
    return to(List.of(other));
  }

  Acl carrying(TrafficSet some) {
    return new Acl(name, subject, direction, priority, peers, some, action, onlyIf, origin);
  }

  Acl doing(Action other) {
    return new Acl(name, subject, direction, priority, peers, traffic, other, onlyIf, origin);
  }

  Acl given(List<Doubt> doubts) {
    return new Acl(name, subject, direction, priority, peers, traffic, action, doubts, origin);
  }

  /** What it is because of a row. */
  Acl because(Origin.BuiltIn row) {
    return new Acl(
        name,
        subject,
        direction,
        priority,
        peers,
        traffic,
        action,
        onlyIf,
        new Origin.Bent(origin.place(), row));
  }

  /** The ACL, if a row that is not verified holds. */
  Acl perhaps(Origin.BuiltIn row) {
    List<Doubt> doubts = new ArrayList<>(onlyIf);
    doubts.add(Doubt.Unverified.of(row));
    return given(doubts).because(row);
  }
}
