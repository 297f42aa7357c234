package io.github.polverdict.core.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which labels an engine can see; a label that it cannot see counts as absent. A value; remembers
 * what it has answered, for a whole cluster asks about few keys many times.
 */
public final class View {
  public static final View CLEAR = new View(true, List.of());

  private final boolean shownByDefault;
  private final List<LabelPattern> patterns;
  private final Map<Key, Boolean> answers = new ConcurrentHashMap<>();

  /** A regular expression for the beginning of a label's key. */
  public record LabelPattern(Selector.Scope scope, String regex, boolean shown) {}

  private record Key(Selector.Scope scope, String key) {}

  /**
   * @param shownByDefault whether a label that no pattern matches is seen
   * @param patterns the longest match decides, the last one among equals
   */
  public View(boolean shownByDefault, List<LabelPattern> patterns) {
    this.shownByDefault = shownByDefault;
    this.patterns = List.copyOf(patterns);
  }

  public boolean shownByDefault() {
    return shownByDefault;
  }

  public List<LabelPattern> patterns() {
    return patterns;
  }

  public boolean shows(Selector.Scope scope, String key) {
    return patterns.isEmpty()
        ? shownByDefault
        : answers.computeIfAbsent(new Key(scope, key), this::matches);
  }

  private boolean matches(Key asked) {
    boolean shown = shownByDefault;
    int longest = -1;
    for (LabelPattern pattern : patterns) {
      if (pattern.scope() != asked.scope()) {
        continue;
      }
      Matcher matcher = Pattern.compile(pattern.regex()).matcher(asked.key());
      if (matcher.lookingAt() && matcher.end() >= longest) {
        longest = matcher.end();
        shown = pattern.shown();
      }
    }
    return shown;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof View v
        && shownByDefault == v.shownByDefault
        && patterns.equals(v.patterns);
  }

  @Override
  public int hashCode() {
    return 31 * Boolean.hashCode(shownByDefault) + patterns.hashCode();
  }

  @Override
  public String toString() {
    return "View[shownByDefault=" + shownByDefault + ", patterns=" + patterns + "]";
  }
}
