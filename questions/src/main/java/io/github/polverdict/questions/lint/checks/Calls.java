package io.github.polverdict.questions.lint.checks;

import io.github.polverdict.questions.Need;
import java.util.List;

/** PV401 and PV403 to PV407: calls that the platform depends on. */
final class Calls implements Check {
  @Override
  public void look(Ground ground, Sink out) {
    for (Need need : ground.surroundings().needs()) {
      switch (need.kind()) {
        case NAMES, NAMES_ON_NODE -> {}
        case API_SERVER -> look("PV401", need, "cannot reach the API server", ground, out);
        case ADMISSION -> look("PV403", need, "cannot be reached by the API server", ground, out);
        case AGGREGATION -> look("PV404", need, "cannot be reached by the API server", ground, out);
        case PROBE -> look("PV405", need, "is denied", ground, out);
        case SCRAPE -> look("PV406", need, "cannot be collected", ground, out);
        case ROUTE -> look("PV407", need, "leads to pods that nobody may call", ground, out);
      }
    }
  }

  private static void look(String code, Need need, String fails, Ground ground, Sink out) {
    List<Denied> all = Denied.of(need, ground);
    if (all.isEmpty()) {
      return; // it may pass
    }
    for (Denied denied : need.everyCaller() ? all : all.subList(0, 1)) {
      String who =
          need.kind() == Need.Kind.API_SERVER
              ? Wording.list(denied.callers()) + ", which has rights by " + need.what() + ","
              : need.what();
      out.add(
          code,
          denied.place(need.origin()),
          "%s %s: %s".formatted(who, fails, denied.because()),
          Remedy.of(remedy(need.kind())));
    }
  }

  private static String remedy(Need.Kind kind) {
    return switch (kind) {
      case NAMES, NAMES_ON_NODE, API_SERVER ->
          "allow the port of the API server's endpoints to their addresses";
      case ADMISSION, AGGREGATION -> "allow the port from the control plane";
      case PROBE -> "allow the port from the node";
      case SCRAPE -> "allow the port from the pods that collect";
      case ROUTE -> "allow the pods' port from the ingress controller's namespace";
    };
  }
}
