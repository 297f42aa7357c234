package io.github.polverdict.workbench;

import io.github.polverdict.core.engine.Judge;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.Quirk;
import io.github.polverdict.dialects.api.Sighting;
import io.github.polverdict.questions.verify.Alternative;
import io.github.polverdict.questions.verify.Alternative.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What could be otherwise about the engines of a session: each row of their profiles that code acts
 * on, each setting, and whether anything enforces. A row that holds under a setting only stands for
 * that setting. None is judged before it is asked.
 */
public final class Alternatives {
  private final Session session;
  private final Dialects dialects;
  private final List<Alternative> all = new ArrayList<>();

  private Alternatives(Session session) {
    this.session = session;
    this.dialects = session.workbench().dialects();
  }

  /** All of them, in the order of the engines and of their profiles' rows. */
  public static List<Alternative> of(Session session) {
    Alternatives out = new Alternatives(session);
    session.engines().forEach(out::rows);
    session.engines().forEach(out::settings);
    out.nothing();
    return List.copyOf(out.all);
  }

  private void rows(Sighting engine) {
    Set<String> active = dialects.active(engine);
    for (Quirk row : dialects.profile(engine.dialect()).quirks()) {
      if (row.effect() == Quirk.Effect.CODE) {
        boolean on = active.contains(row.id());
        Workbench other = new Workbench(dialects.switched(row.id(), !on));
        Sort sort = row.when().config().isEmpty() ? Sort.ROW : Sort.SETTINGS;
        all.add(
            Alternative.of(
                sort,
                row.id(),
                new Alternative.Row(on, row.says()),
                () -> judge(other, session.engines())));
      }
    }
  }

  private void settings(Sighting engine) {
    for (String name : new TreeMap<>(engine.settings()).keySet()) {
      Map<String, String> others = new TreeMap<>(engine.settings());
      others.remove(name);
      Sighting without =
          new Sighting(
              engine.dialect(), engine.version(), others, engine.nodes(), engine.because());
      List<Sighting> engines =
          session.engines().stream().map(e -> e.equals(engine) ? without : e).toList();
      String says = engine.dialect() + " still ran with the default of " + name;
      all.add(
          new Alternative(
              Sort.SETTINGS,
              engine.dialect(),
              says,
              Optional.empty(),
              () -> judge(session.workbench(), engines)));
    }
  }

  private Judge judge(Workbench workbench, List<Sighting> engines) {
    return workbench.open(session.snapshot(), engines, session.grouping()).judge();
  }

  private void nothing() {
    if (!session.model().planes().isEmpty()) {
      PolicyModel open = new PolicyModel(List.of(), List.of());
      all.add(
          new Alternative(
              Sort.NOTHING,
              session.model().planes().getFirst().name(),
              "nothing enforced policies",
              Optional.empty(),
              () -> new Judge(open, session.universe())));
    }
  }
}
