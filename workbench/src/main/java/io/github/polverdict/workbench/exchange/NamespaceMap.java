package io.github.polverdict.workbench.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which namespace of the second cluster corresponds to which of the first; by equal names unless
 * said.
 */
public final class NamespaceMap {
  /** Every namespace corresponds to that of the same name. */
  public static final NamespaceMap SAME = new NamespaceMap(List.of());

  private final List<Rule> rules;

  /** What matches the pattern of the second is called after the pattern of the first. */
  private record Rule(String first, Pattern second, String text) {}

  private NamespaceMap(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads rules of the form {@code staging-*=prod-*}: the first cluster's names, then the second's.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static NamespaceMap parse(List<String> texts) {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      String[] sides = text.split("=", -1);
      boolean stars =
          sides.length == 2 && stars(sides[0]) == stars(sides[1]) && stars(sides[0]) <= 1;
      if (!stars || sides[0].isEmpty() || sides[1].isEmpty()) {
        throw new IllegalArgumentException(
            "'"
                + text
                + "' does not map namespaces; say FIRST=SECOND, with one * on each side or none");
      }
      String pattern = Pattern.quote(sides[1]).replace("*", "\\E(.*)\\Q");
      rules.add(new Rule(sides[0], Pattern.compile(pattern), text));
    }
    return new NamespaceMap(rules);
  }

  private static long stars(String text) {
    return text.chars().filter(c -> c == '*').count();
  }

  /** The rules that fit none of the second's namespaces. */
  List<String> idle(Set<String> seconds) {
    return rules.stream()
        .filter(r -> seconds.stream().noneMatch(s -> r.second().matcher(s).matches()))
        .map(Rule::text)
        .toList();
  }

  /** What the first cluster calls a namespace of the second; the first rule that fits says. */
  String inFirst(String second) {
    for (Rule rule : rules) {
      Matcher matcher = rule.second().matcher(second);
      if (matcher.matches()) {
        return matcher.groupCount() == 0
            ? rule.first()
            : rule.first().replace("*", matcher.group(1));
      }
    }
    return second;
  }
}
