package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Service;
import io.github.polverdict.core.model.Verdict;
import io.github.polverdict.questions.words.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PV402: address ranges that cover the API server and do not match it. */
final class ApiServerRanges implements Check {
  private static final String SERVICE = "svc/default/kubernetes";
  private static final int HTTPS = 443;

  @Override
  public void look(Ground ground, Sink out) {
    Optional<Service> api = ground.service(SERVICE);
    if (api.isEmpty() || ground.assumed()) {
      return;
    }
    for (Placed placed : ground.blocks()) {
      if (placed.block().direction() != Direction.EGRESS || !placed.sure()) {
        continue;
      }
      for (Rule rule : placed.block().rules()) {
        for (PeerSpec peer : rule.peers()) {
          if (peer instanceof PeerSpec.InRange(IpSet range, var _)
              && rule.action() == Action.ALLOW
              && rule.onlyIf().isEmpty()) {
            List<Endpoint> denied = denied(placed, rule, range, api.get(), ground);
            if (!denied.isEmpty()) {
              report(placed, rule, denied, out);
            }
          }
        }
      }
    }
  }

  private static List<Endpoint> denied(
      Placed placed, Rule rule, IpSet range, Service api, Ground ground) {
    boolean wide = range.contains(IpAddress.parse("8.8.8.8").orElseThrow());
    List<Endpoint> out = new ArrayList<>();
    for (Service.Port port : api.ports()) {
      for (Service.Backend backend : port.backends()) {
        Optional<Endpoint> server = ground.bench().universe().endpoint(backend.endpoint());
        boolean meant =
            server.isPresent()
                && server.get().addresses().exact()
                && server.get().addresses().set().overlaps(range)
                && Inert.traffic(rule, server.get()).contains(Protocol.TCP, backend.port())
                && !(wide && backend.port() == HTTPS);
        for (Endpoint pod : meant ? placed.selected() : List.<Endpoint>of()) {
          Optional<Verdict> verdict =
              ground.judge(pod, api, new Sample(Protocol.TCP, port.number()));
          boolean closed =
              verdict.stream()
                  .flatMap(v -> Denied.gate(v).stream())
                  .anyMatch(g -> g.gate() == Direction.EGRESS);
          if (closed && !out.contains(pod)) {
            out.add(pod);
          }
        }
      }
    }
    return out;
  }

  private static void report(Placed placed, Rule rule, List<Endpoint> pods, Sink out) {
    out.add(
        "PV402",
        rule.origin(),
        "a rule of %s covers the API server's address and does not match it: %s cannot reach it on %s"
            .formatted(placed.block().name(), Wording.list(pods), placed.plane().name()),
        Remedy.of("use what the engine has for the API server"));
  }
}
