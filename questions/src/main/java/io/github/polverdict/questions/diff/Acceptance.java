package io.github.polverdict.questions.diff;

import io.github.polverdict.questions.Exemption;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.diff.DiffAnswer.Accepted;
import io.github.polverdict.questions.diff.DiffAnswer.Change;
import io.github.polverdict.questions.diff.DiffAnswer.Group;
import io.github.polverdict.questions.diff.DiffAnswer.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Differences that somebody accepts for a time. In names {@code *} stands for anything; what is
 * left empty is not asked; a name holds with and without its kind in brackets.
 *
 * @param from the source, {@code shop/*}
 * @param cause the name of an input that is in each way to the change, {@code NetworkPolicy shop/x}
 * @param only a party that only one side has
 */
public record Acceptance(
    Exemption exemption, String from, String to, Set<What> what, String cause, String only) {
  public Acceptance {
    what = Set.copyOf(what);
  }

  /** The answer without what is accepted, which is told beside it. */
  public static DiffAnswer apply(DiffAnswer answer, List<Acceptance> all) {
    if (all.isEmpty()) {
      return answer;
    }
    Set<Change> gone = new HashSet<>();
    Set<Party> parties = new HashSet<>();
    List<Accepted> accepted = new ArrayList<>();
    for (Acceptance one : all) {
      List<Change> changes = answer.changes().stream().filter(one::covers).toList();
      List<Party> alone = new ArrayList<>(answer.onlyInA().stream().filter(one::covers).toList());
      answer.onlyInB().stream().filter(one::covers).forEach(alone::add);
      accepted.add(new Accepted(one.exemption(), one.words(), changes, alone));
      gone.addAll(changes);
      parties.addAll(alone);
    }
    List<Group> groups =
        answer.groups().stream()
            .map(g -> g.with(g.changes().stream().filter(c -> !gone.contains(c)).toList()))
            .filter(g -> !g.changes().isEmpty())
            .toList();
    return answer.with(
        groups, without(answer.onlyInA(), parties), without(answer.onlyInB(), parties), accepted);
  }

  private static List<Party> without(List<Party> some, Set<Party> gone) {
    return some.stream().filter(p -> !gone.contains(p)).toList();
  }

  private boolean covers(Change change) {
    boolean causes =
        cause.isEmpty()
            || (!change.ways().isEmpty()
                && change.ways().stream()
                    .allMatch(w -> w.stream().anyMatch(i -> fits(cause, i.name()))));
    return only.isEmpty()
        && (from.isEmpty() || fits(from, change.src().name()))
        && (to.isEmpty() || fits(to, change.dst().name()))
        && (what.isEmpty() || what.contains(change.what()))
        && causes;
  }

  private boolean covers(Party party) {
    return !only.isEmpty() && fits(only, party.name());
  }

  private static boolean fits(String pattern, String name) {
    Pattern regex = Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    return regex.matcher(name).matches()
        || regex.matcher(name.replaceFirst("\\[[A-Za-z]+]$", "")).matches();
  }

  /** What it is about, in words. */
  public String words() {
    List<String> out = new ArrayList<>();
    add("from", from, out);
    add("to", to, out);
    what.stream().sorted().map(w -> w.name().toLowerCase(java.util.Locale.ROOT)).forEach(out::add);
    add("because of", cause, out);
    add("only on one side:", only, out);
    return String.join(" ", out);
  }

  private static void add(String word, String value, List<String> out) {
    if (!value.isEmpty()) {
      out.add(word + " " + value);
    }
  }
}
