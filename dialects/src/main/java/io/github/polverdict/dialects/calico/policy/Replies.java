package io.github.polverdict.dialects.calico.policy;

import io.github.polverdict.core.model.Direction;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.List;
import java.util.Set;

/**
 * Whether the replies of a connection that is not tracked are let through: they are judged on their
 * own, by the rules of the opposite direction with ends and ports exchanged.
 */
final class Replies {
  private final List<Document> untracked;

  /**
   * @param untracked all policies that are asked for such packets
   */
  Replies(List<Document> untracked) {
    this.untracked = untracked;
  }

  /** Whether a rule of the other direction surely lets all replies through, and none denies any. */
  boolean surelyPass(Field rule, Direction section) {
    boolean in = section == Direction.INGRESS;
    List<Field> back =
        untracked.stream()
            .flatMap(p -> p.at("spec", in ? "egress" : "ingress").items().stream())
            .toList();
    return back.stream().allMatch(r -> Set.of("Allow", "Log").contains(r.get("action").text("")))
        && back.stream().anyMatch(r -> r.get("action").text("").equals("Allow") && covers(r, rule));
  }

  private static boolean covers(Field reply, Field rule) {
    return covers(reply, rule, "protocol")
        && List.of("notProtocol", "icmp", "notICMP", "ipVersion").stream()
            .noneMatch(k -> reply.get(k).present())
        && coversEnd(reply.get("source"), rule.get("destination"))
        && coversEnd(reply.get("destination"), rule.get("source"));
  }

  /** Whether an end of the replies is asked for nothing that the other one was not asked for. */
  private static boolean coversEnd(Field of, Field end) {
    return List.of("nets", "ports", "selector", "namespaceSelector", "notNets", "notSelector")
            .stream()
            .allMatch(k -> covers(of, end, k))
        && List.of("notPorts", "services", "serviceAccounts").stream()
            .noneMatch(k -> of.get(k).present());
  }

  private static boolean covers(Field of, Field end, String key) {
    Field asked = of.get(key);
    boolean same =
        asked.text("").equalsIgnoreCase(end.get(key).text(""))
            && Expressions.texts(asked).equals(Expressions.texts(end.get(key)));
    return !asked.present() || same;
  }
}
