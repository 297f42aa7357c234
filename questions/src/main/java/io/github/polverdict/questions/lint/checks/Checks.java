package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.questions.Bench;
import java.util.List;

/** All checks, run over one bench. */
public final class Checks {
  private static final List<Check> ALL =
      List.of(
          new Enforced(),
          new HostPods(),
          new OwnNodes(),
          new FurtherNetworks(),
          new SelectsNothing(),
          new PeersNobody(),
          new TwoItems(),
          new OpenStores(),
          new Slips(),
          new PortNames(),
          new Moot(),
          new Inert(),
          new Protocols(),
          new Ties(),
          new OnlyDenies(),
          new Lookups(),
          new Calls(),
          new ApiServerRanges(),
          new Credentials(),
          new AddressRanges(),
          new Excepts(),
          new HiddenClients(),
          new ServicePorts(),
          new OneFamily(),
          new Tunnels(),
          new Defaults(),
          new Doubtful());

  private Checks() {}

  /** Everything that is found, in the order of the checks. */
  public static List<Found> of(Bench bench) {
    Ground ground = new Ground(bench);
    Sink out = new Sink();
    ALL.forEach(check -> check.look(ground, out));
    return out.all();
  }
}
