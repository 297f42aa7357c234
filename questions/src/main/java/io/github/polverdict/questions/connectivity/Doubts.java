package io.github.polverdict.questions.connectivity;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpAddress.Family;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer.Row;
import io.github.polverdict.questions.table.Parties;
import io.github.polverdict.questions.words.Sample;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The doubts behind the unknown parts of rows.
 *
 * @param complete whether every row was looked at
 */
record Doubts(List<Doubt> all, boolean complete) {
  private static final int MOST_ROWS = 2_000;

  static Doubts of(Bench bench, List<Row> rows) {
    Parties parties = new Parties(bench.universe(), true);
    Set<Doubt> out = new LinkedHashSet<>();
    int looked = 0;
    for (Row row : rows) {
      if (row.reach().unknown().isEmpty()) {
        continue;
      }
      if (looked++ == MOST_ROWS) {
        return new Doubts(List.copyOf(out), false);
      }
      Optional<Endpoint> from = endpoint(bench, parties, row.src());
      Optional<Endpoint> to = endpoint(bench, parties, row.dst());
      Optional<Sample> sample = Sample.of(row.reach().unknown());
      if (from.isPresent() && to.isPresent() && sample.isPresent()) {
        Family family = row.family().orElse(family(bench, from.get(), to.get()));
        out.addAll(bench.judge().judge(sample.get().flow(from.get(), to.get(), family)).doubts());
      }
    }
    return new Doubts(List.copyOf(out), true);
  }

  private static Optional<Endpoint> endpoint(Bench bench, Parties parties, Party party) {
    if (party.external()) {
      String first = party.name().replaceFirst("-.*", "");
      return IpAddress.parse(first).flatMap(parties::outside);
    }
    return bench
        .universe()
        .endpoint(party.name())
        .or(() -> parties.members(party.name()).stream().findFirst());
  }

  private static Family family(Bench bench, Endpoint from, Endpoint to) {
    return bench.families().stream()
        .filter(
            f -> !from.addresses().set().of(f).isEmpty() && !to.addresses().set().of(f).isEmpty())
        .findFirst()
        .orElse(Family.IPV4);
  }
}
