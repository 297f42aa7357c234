package io.github.polverdict.questions.naming;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.core.model.Service;
import java.util.List;

/** What a destination's words turned out to mean. */
public sealed interface Goal {

  /** Endpoints by their own addresses. */
  record Ends(List<End> ends, PortSpec port) implements Goal {}

  /** A Service by one of its addresses. */
  record Called(Service service, Via via, PortSpec port) implements Goal {}

  /**
   * One end of a flow.
   *
   * @param judged the endpoint as asked: a single address for example
   * @param cell the endpoint of the universe that it is part of
   */
  record End(Endpoint judged, Endpoint cell) {
    public static End of(Endpoint endpoint) {
      return new End(endpoint, endpoint);
    }
  }
}
