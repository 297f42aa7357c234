package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Value.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes' YAML reader takes a scalar for. The rules are those of go.yaml.in/yaml/v2 2.4.2
 * ({@code resolve.go}), which sigs.k8s.io/yaml 1.6.0 uses, followed by its conversion to JSON: so
 * YAML 1.1 booleans, octal with a leading zero, no base-60 numbers, timestamps stay strings, and a
 * floating point number without a fraction becomes an integer.
 */
final class Scalars {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> NOT_IN_JSON =
      Set.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern POINT_FIRST =
      Pattern.compile("\\.[0-9](_?[0-9])*([eE][-+]?[0-9](_?[0-9])*)?");
  private static final int SURELY_FITS = 18; // digits of a long
  private static final int LONGEST_NUMBER = 400; // a longer one is no double
  private static final double NO_LONGER_DIGITS = 1e21; // from here JSON text has an exponent

  private Scalars() {}

  /** The type of a plain scalar. */
  static Type typeOfPlain(String text) {
    if (text.isEmpty()) {
      return Type.NULL;
    }
    return switch (text.charAt(0)) {
      case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.' -> typeOfNumber(text);
      case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~' -> typeOfWord(text);
      default -> Type.STRING;
    };
  }

  private static Type typeOfWord(String text) {
    if (text.length() > 5) {
      return Type.STRING;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Type.BOOLEAN;
    }
    return NULL.contains(text) ? Type.NULL : Type.STRING;
  }

  private static Type typeOfNumber(String text) {
    if (NOT_IN_JSON.contains(text)) {
      return Type.FLOAT;
    }
    if (text.length() > LONGEST_NUMBER || !mayBeNumber(text)) {
      return Type.STRING;
    }
    if (text.length() < SURELY_FITS
        && text.charAt(0) >= '1'
        && text.chars().allMatch(Scalars::isDigit)) {
      return Type.INTEGER;
    }
    if (text.charAt(0) != '.' && whole(text).isPresent()) {
      return Type.INTEGER;
    }
    return floating(text).map(d -> isWhole(d) ? Type.INTEGER : Type.FLOAT).orElse(Type.STRING);
  }

  /** False for addresses, times, quantities and names, which is most that begins with a digit. */
  private static boolean mayBeNumber(String text) {
    int sign = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    boolean prefixed =
        text.length() > sign && (text.charAt(sign) == '0' || text.charAt(sign) == '_');
    int points = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      points += c == '.' ? 1 : 0;
      boolean fits =
          isDigit(c) || c == '.' || c == '_' || c == 'e' || c == 'E' || c == '+' || c == '-';
      if (points > 1 || !(fits || prefixed)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether a plain scalar is a number that JSON cannot write, so that kubectl refuses it. */
  static boolean hasNoJson(String text) {
    return NOT_IN_JSON.contains(text);
  }

  /** The type of a number as JSON writes it. */
  static Type typeOfJson(String text) {
    if (text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
      return Type.INTEGER;
    }
    return isWhole(Double.parseDouble(text)) ? Type.INTEGER : Type.FLOAT;
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) < NO_LONGER_DIGITS;
  }

  /** As Go's strconv.ParseInt with base 0, else ParseUint, which takes no sign. */
  private static Optional<BigInteger> whole(String text) {
    String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
    boolean sign = plain.startsWith("-") || plain.startsWith("+");
    String digits = sign ? plain.substring(1) : plain;
    boolean lettered =
        digits.length() > 2 && digits.charAt(0) == '0' && "xXbBoO".indexOf(digits.charAt(1)) >= 0;
    boolean octal = !lettered && digits.length() > 1 && digits.charAt(0) == '0';
    int radix = lettered ? lettered(digits.charAt(1)) : octal ? 8 : 10;
    String rest = digits.substring(lettered ? 2 : octal ? 1 : 0);
    if (rest.isEmpty() || !rest.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
      return Optional.empty();
    }
    BigInteger number = new BigInteger(rest, radix);
    BigInteger signed = plain.charAt(0) == '-' ? number.negate() : number;
    if (sign) {
      boolean fits = signed.bitLength() < Long.SIZE;
      return fits ? Optional.of(signed) : Optional.empty();
    }
    return number.bitLength() <= Long.SIZE ? Optional.of(number) : Optional.empty();
  }

  private static int lettered(char letter) {
    return switch (letter) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  private static Optional<Double> floating(String text) {
    if (NOT_IN_JSON.contains(text)) {
      double size =
          text.endsWith("n") || text.endsWith("N") ? Double.NaN : Double.POSITIVE_INFINITY;
      return Optional.of(text.charAt(0) == '-' ? -size : size);
    }
    boolean pointFirst = text.charAt(0) == '.';
    String plain = text.replace("_", "");
    boolean fits =
        pointFirst ? POINT_FIRST.matcher(text).matches() : FLOAT.matcher(plain).matches();
    if (!fits) {
      return Optional.empty();
    }
    double number = Double.parseDouble(plain);
    return Double.isInfinite(number) ? Optional.empty() : Optional.of(number);
  }

  /**
   * The value of a scalar of type INTEGER.
   *
   * @throws NumberFormatException when it is none
   * @throws ArithmeticException when it does not fit
   */
  static long integer(String text) {
    Optional<BigInteger> whole =
        text.isEmpty() || text.charAt(0) == '.' ? Optional.empty() : whole(text);
    return whole
        .orElseGet(
            () -> BigDecimal.valueOf(Double.parseDouble(text.replace("_", ""))).toBigIntegerExact())
        .longValueExact();
  }

  /** The value of a scalar of type BOOLEAN. */
  static boolean bool(String text) {
    return TRUE.contains(text);
  }

  /**
   * What a plain scalar is as a mapping's key, which is a string in JSON; null when it can be none.
   */
  static @Nullable String key(String text) {
    return switch (typeOfPlain(text)) {
      case STRING -> text;
      case NULL -> null;
      case BOOLEAN -> bool(text) ? "true" : "false";
      case INTEGER, FLOAT -> {
        Optional<BigInteger> whole = text.charAt(0) == '.' ? Optional.empty() : whole(text);
        if (whole.isEmpty()) {
          yield floating(text).map(Scalars::floatKey).orElse(text);
        }
        yield whole.get().bitLength() < Long.SIZE ? whole.get().toString() : null;
      }
    };
  }

  /** As sigs.k8s.io/yaml writes it: Go's strconv.FormatFloat(number, 'g', -1, 32). */
  private static String floatKey(double number) {
    float single = (float) number;
    if (Float.isNaN(single)) {
      return ".nan";
    }
    if (Float.isInfinite(single)) {
      return single > 0 ? ".inf" : "-.inf";
    }
    if (single == 0) {
      return 1 / single > 0 ? "0" : "-0";
    }
    BigDecimal shortest = new BigDecimal(Float.toString(single)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String point = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = exponent < 0 ? "-" : "+";
    int size = Math.abs(exponent);
    return (shortest.signum() < 0 ? "-" : "") + point + "e" + sign + (size < 10 ? "0" : "") + size;
  }
}
