package io.github.polverdict.snapshot;

import java.util.Locale;
import java.util.Set;

/**
 * What Kubernetes' YAML reader (sigs.k8s.io/yaml, a fork of go-yaml v2, so YAML 1.1) takes a plain
 * scalar for.
 */
final class Scalars {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

  private Scalars() {}

  static Value.Type typeOfPlain(String text) {
    if (NULL.contains(text)) {
      return Value.Type.NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Value.Type.BOOLEAN;
    }
    if (text.matches("[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]*|[1-9][0-9_]*)")) {
      return Value.Type.INTEGER;
    }
    if (text.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)")) {
      return Value.Type.FLOAT;
    }
    return Value.Type.STRING;
  }

  static long integer(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    digits = digits.replaceFirst("^[-+]", "");
    long number;
    if (digits.startsWith("0b")) {
      number = Long.parseLong(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      number = Long.parseLong(digits.substring(2), 16);
    } else if (digits.startsWith("0o")) {
      number = Long.parseLong(digits.substring(2), 8);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      number = Long.parseLong(digits, 8);
    } else {
      number = Long.parseLong(digits);
    }
    return negative ? -number : number;
  }

  static boolean bool(String text) {
    return TRUE.contains(text);
  }
}
