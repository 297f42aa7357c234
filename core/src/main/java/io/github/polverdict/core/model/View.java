package io.github.polverdict.core.model;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which labels an engine can see; a label that it cannot see counts as absent.
 *
 * @param shownByDefault whether a label that no pattern matches is seen
 * @param patterns the longest match decides, the last one among equals
 */
public record View(boolean shownByDefault, List<LabelPattern> patterns) {
  public static final View CLEAR = new View(true, List.of());

  /** A regular expression for the beginning of a label's key. */
  public record LabelPattern(Selector.Scope scope, String regex, boolean shown) {}

  public View {
    patterns = List.copyOf(patterns);
  }

  public boolean shows(Selector.Scope scope, String key) {
    boolean shown = shownByDefault;
    int longest = -1;
    for (LabelPattern pattern : patterns) {
      if (pattern.scope() != scope) {
        continue;
      }
      Matcher matcher = Pattern.compile(pattern.regex()).matcher(key);
      if (matcher.lookingAt() && matcher.end() >= longest) {
        longest = matcher.end();
        shown = pattern.shown();
      }
    }
    return shown;
  }
}
