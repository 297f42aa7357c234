package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.questions.Surroundings;
import io.github.polverdict.questions.words.Sample;
import java.util.List;
import java.util.Optional;

/** PV408: rules that open the metadata service of a cloud. */
final class Credentials implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Surroundings.Credentials service : ground.surroundings().credentials()) {
      Optional<IpAddress> address = IpAddress.parse(service.address());
      Optional<Endpoint> outside =
          address.flatMap(a ->
              ground.outside().stream().filter(e -> e.addresses().set().contains(a)).findFirst());
      if (outside.isPresent()) {
        look(service, address.get(), outside.get(), ground, out);
      }
    }
  }

  private static void look(
      Surroundings.Credentials service,
      IpAddress address,
      Endpoint outside,
      Ground ground,
      Sink out) {
    Sample call = new Sample(Protocol.TCP, service.port());
    for (Placed placed : ground.blocks()) {
      if (placed.block().direction() != Direction.EGRESS || !placed.sure()) {
        continue;
      }
      for (Rule rule : placed.block().rules()) {
        boolean opens =
            rule.action() == Action.ALLOW
                && rule.onlyIf().isEmpty()
                && Inert.traffic(rule, outside).contains(Protocol.TCP, service.port())
                && rule.peers().stream().anyMatch(p -> covers(p, address));
        List<Endpoint> pods =
            placed.selected().stream()
                .filter(e -> opens)
                .filter(e ->
                    ground.judge(e, outside, call).stream()
                        .anyMatch(v -> v.outcome() == Outcome.ALLOWED))
                .toList();
        if (!pods.isEmpty()) {
          report(service, placed, rule, pods, out);
        }
      }
    }
  }

  private static boolean covers(PeerSpec peer, IpAddress address) {
    return peer instanceof PeerSpec.InRange(IpSet range, var _) && range.contains(address);
  }

  private static void report(
      Surroundings.Credentials service, Placed placed, Rule rule, List<Endpoint> pods, Sink out) {
    String pointer = Found.pointer(rule.origin());
    String cidr = service.address() + (service.address().contains(":") ? "/128" : "/32");
    boolean whole =
        rule.peers().stream()
            .anyMatch(p ->
                p instanceof PeerSpec.InRange(IpSet range, var _)
                    && (range.equals(IpSet.ALL_V4) || range.equals(IpSet.ALL_V6)));
    String json = "[{\"op\": \"add\", \"path\": \"%s/ipBlock/except\", \"value\": [\"%s\"]}]";
    String says = "except " + cidr + " from the range";
    boolean item = pointer.matches(".*/to/[0-9]+") && whole;
    out.add(
        "PV408",
        rule.origin(),
        "a rule of %s lets %s call %s (%s), which hands out credentials of the machine"
            .formatted(
                placed.block().name(), Wording.list(pods), service.what(), service.address()),
        item
            ? Remedy.change(says, placed.block().name(), json.formatted(pointer, cidr))
            : Remedy.of(says));
  }
}
