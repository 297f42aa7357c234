package io.github.polverdict.dialects.api;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version by its numbers; what follows them ({@code -rc1}, {@code +k3s2}) does not count. */
record Version(int[] numbers) implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile("v?([0-9]{1,9}(?:\\.[0-9]{1,9}){0,3})(?:[-+._].*)?");

  static boolean readable(String text) {
    return FORM.matcher(text).matches();
  }

  /** Reads {@code 1.19.4}, {@code v3.31}, {@code 1.34.1+k3s1}. */
  static Version parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a version");
    }
    return new Version(
        Arrays.stream(matcher.group(1).split("\\.")).mapToInt(Integer::parseInt).toArray());
  }

  /** This version; when it names no patch, the latest one, as far as it is known. */
  Version latestPatch(String newest) {
    if (numbers.length != 2) {
      return this;
    }
    int[] last = newest.isEmpty() ? new int[0] : parse(newest).numbers;
    boolean known = last.length > 2 && last[0] == numbers[0] && last[1] == numbers[1];
    return new Version(new int[] {numbers[0], numbers[1], known ? last[2] : 999});
  }

  /** The minor release that it is of. */
  Version minor() {
    return numbers.length <= 2 ? this : new Version(Arrays.copyOf(numbers, 2));
  }

  /**
   * Whether this version is in a range as {@code ">= 1.15, < 1.16"}, or in any of several as {@code
   * "< 1.15.3 or >= 1.16, < 1.16.1"}; an empty range has all.
   */
  boolean in(String ranges) {
    return Arrays.stream(ranges.split("\\bor\\b")).anyMatch(this::within);
  }

  private boolean within(String range) {
    for (String bound : range.split(",")) {
      String text = bound.strip();
      if (!text.isEmpty() && !meets(text)) {
        return false;
      }
    }
    return true;
  }

  private boolean meets(String bound) {
    Matcher matcher = Pattern.compile("(<=|>=|<|>|=)\\s*(\\S+)").matcher(bound);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + bound + "' is not a bound of a version");
    }
    int order = compareTo(parse(matcher.group(2)));
    return switch (matcher.group(1)) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> order == 0;
    };
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(numbers.length, other.numbers.length); i++) {
      int mine = i < numbers.length ? numbers[i] : 0;
      int its = i < other.numbers.length ? other.numbers[i] : 0;
      if (mine != its) {
        return Integer.compare(mine, its);
      }
    }
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version v && compareTo(v) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 7;
    for (int number : numbers) {
      hash = number == 0 ? hash : hash * 31 + number; // 1.2 equals 1.2.0
    }
    return hash;
  }

  @Override
  public String toString() {
    return String.join(".", Arrays.stream(numbers).mapToObj(Integer::toString).toList());
  }
}
