package io.github.polverdict.core.model;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Service.Backend;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls that an engine sends to endpoints of its choice before any gate, on every node to others.
 * All conditions must hold; of several that do, the first counts. What is called on its way there
 * is the endpoint's own address.
 *
 * @param port what the source calls, before translation
 * @param from whose calls
 * @param to where the calls of a node's endpoints go, by node name; those of a node that is not in
 *     it stay as they are, those of one with an empty list go nowhere
 * @param onlyIf facts without which it is not known whether it applies; usually empty
 */
public record Redirect(
    Called called,
    Protocol protocol,
    int port,
    PeerSpec from,
    Map<String, List<Backend>> to,
    List<Doubt> onlyIf,
    Origin origin) {

  /** What the source calls. */
  public sealed interface Called {
    /** An address, whoever has it. */
    record Address(IpSet addresses) implements Called {}

    /**
     * A Service, by its cluster address.
     *
     * @param id {@code svc/shop/web}
     */
    record OfService(String id) implements Called {}
  }

  public Redirect {
    to = Map.copyOf(new TreeMap<>(to));
    onlyIf = List.copyOf(onlyIf);
  }
}
