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

  /** A name that fits the one pattern is called after the other. */
  private record Rule(Side first, Side second, String text) {}

  /** A name, perhaps with a star for some of it. */
  private record Side(String text, Pattern pattern) {
    static Side of(String text) {
      String pattern = Pattern.quote(text).replace("*", "\\E(.*)\\Q");
      return new Side(text, Pattern.compile(pattern));
    }

    boolean fits(String name) {
      return pattern.matcher(name).matches();
    }

    /** The name that fits this side as the other side has it. */
    String as(Side other, String name) {
      Matcher matcher = pattern.matcher(name);
      return matcher.matches() && matcher.groupCount() > 0
          ? other.text().replace("*", matcher.group(1))
          : other.text();
    }
  }

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
      rules.add(new Rule(Side.of(sides[0]), Side.of(sides[1]), text));
    }
    return new NamespaceMap(rules);
  }

  private static long stars(String text) {
    return text.chars().filter(c -> c == '*').count();
  }

  /** The rules that fit none of the second's namespaces. */
  List<String> idle(Set<String> seconds) {
    return rules.stream()
        .filter(r -> seconds.stream().noneMatch(r.second()::fits))
        .map(Rule::text)
        .toList();
  }

  /** What the first cluster calls a namespace of the second; the first rule that fits says. */
  String inFirst(String second) {
    return rules.stream()
        .filter(r -> r.second().fits(second))
        .map(r -> r.second().as(r.first(), second))
        .findFirst()
        .orElse(second);
  }

  /** What the second cluster calls a namespace of the first; the first rule that fits says. */
  String inSecond(String first) {
    return rules.stream()
        .filter(r -> r.first().fits(first))
        .map(r -> r.first().as(r.second(), first))
        .findFirst()
        .orElse(first);
  }
}
