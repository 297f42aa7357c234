package io.github.polverdict.snapshot;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules for names, labels and ports in the API server's own words (k8s.io/apimachinery 0.34
 * {@code pkg/util/validation/validation.go} and {@code pkg/api/validation/path/name.go}). Each
 * returns what is wrong, nothing when all is well.
 */
public final class Syntax {
  private static final int LABEL = 63;
  private static final int SUBDOMAIN = 253;
  private static final int PORT_NAME = 15;
  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character";

  private Syntax() {}

  /** IsDNS1123Label: the names of namespaces. */
  public static List<String> dnsLabel(String value) {
    List<String> out = tooLong(value, LABEL, "");
    if (!isDnsLabel(value)) {
      boolean dots = dnsSubdomain(value).isEmpty();
      out.add(
          dots
              ? "must not contain dots"
              : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                  + " '-', and must start and end with an alphanumeric character (e.g. 'my-name',"
                  + "  or '123-abc', regex used for validation is '"
                  + DNS_LABEL
                  + "')");
    }
    return out;
  }

  /** IsDNS1123Subdomain: the names of most objects. */
  public static List<String> dnsSubdomain(String value) {
    List<String> out = tooLong(value, SUBDOMAIN, "");
    for (String label : value.split("\\.", -1)) {
      if (!isDnsLabel(label)) {
        out.add(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                + " or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is '"
                + DNS_LABEL
                + "(\\."
                + DNS_LABEL
                + ")*')");
        return out;
      }
    }
    return out;
  }

  /** IsDNS1035Label: the names of Services. */
  public static List<String> rfc1035Label(String value) {
    List<String> out = tooLong(value, LABEL, "");
    if (!isDnsLabel(value) || value.charAt(0) <= '9') {
      out.add(
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
              + " an alphabetic character, and end with an alphanumeric character (e.g. 'my-name', "
              + " or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    }
    return out;
  }

  /** IsQualifiedName: the keys of labels and, in lower case, of annotations. */
  public static List<String> qualifiedName(String value) {
    String[] parts = value.split("/", -1);
    if (parts.length > 2) {
      return List.of(
          "a qualified name "
              + QUALIFIED
              + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
              + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix"
              + " and '/' (e.g. 'example.com/MyName')");
    }
    List<String> out = new ArrayList<>();
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        out.add("prefix part must be non-empty");
      } else {
        dnsSubdomain(parts[0]).forEach(message -> out.add("prefix part " + message));
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      out.add("name part must be non-empty");
    }
    out.addAll(tooLong(name, LABEL, "name part "));
    if (!isQualified(name)) {
      out.add(
          "name part "
              + QUALIFIED
              + " (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
              + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
    }
    return out;
  }

  /** IsValidLabelValue. */
  public static List<String> labelValue(String value) {
    List<String> out = tooLong(value, LABEL, "");
    if (!value.isEmpty() && !isQualified(value)) {
      out.add(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
              + " 'my_value',  or '12345', regex used for validation is"
              + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
    }
    return out;
  }

  /** IsValidPortName, after IANA's service names (RFC 6335). */
  public static List<String> portName(String value) {
    List<String> out = tooLong(value, PORT_NAME, "");
    if (value.isEmpty() || !value.chars().allMatch(c -> isLowerAlphanumeric(c) || c == '-')) {
      out.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (value.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
      out.add("must contain at least one letter (a-z)");
    }
    if (value.contains("--")) {
      out.add("must not contain consecutive hyphens");
    }
    if (value.startsWith("-") || value.endsWith("-")) {
      out.add("must not begin or end with a hyphen");
    }
    return out;
  }

  /** IsValidPathSegmentName: what the name of any object must be, since it is part of its URL. */
  public static List<String> pathSegment(String value) {
    if (value.equals(".") || value.equals("..")) {
      return List.of("may not be '" + value + "'");
    }
    List<String> out = new ArrayList<>();
    for (String illegal : List.of("/", "%")) {
      if (value.contains(illegal)) {
        out.add("may not contain '" + illegal + "'");
      }
    }
    if (!FieldType.oneLine(value).equals(value)) {
      out.add("may not contain control characters"); // none of the rules of single kinds takes them
    }
    return out;
  }

  private static List<String> tooLong(String value, int limit, String part) {
    List<String> out = new ArrayList<>();
    if (value.length() > limit) {
      out.add(part + "must be no more than " + limit + " characters");
    }
    return out;
  }

  private static boolean isDnsLabel(String text) {
    int last = text.length() - 1;
    if (last < 0 || text.charAt(0) == '-' || text.charAt(last) == '-') {
      return false;
    }
    for (int i = 0; i <= last; i++) {
      if (!isLowerAlphanumeric(text.charAt(i)) && text.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isQualified(String name) {
    int last = name.length() - 1;
    if (last < 0 || !isAlphanumeric(name.charAt(0)) || !isAlphanumeric(name.charAt(last))) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(int c) {
    return isLowerAlphanumeric(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLowerAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
