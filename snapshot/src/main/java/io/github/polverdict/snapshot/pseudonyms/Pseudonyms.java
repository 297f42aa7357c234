package io.github.polverdict.snapshot.pseudonyms;

import io.github.polverdict.core.kernel.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other words for words: under one key the same for the same, different for different ones, and
 * nothing that leads back. A word of several parts between dots and dashes is replaced part by
 * part, so that what begins or ends alike still does, and what a controller made of a name still
 * belongs to it.
 */
final class Pseudonyms {
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 7; // 35 bits; two words that meet all the same are told apart
  private static final int LONGEST = 63; // of a label's value
  private static final Pattern PART = Pattern.compile("[^.-]+");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<ip>(?<!\\w)(?<!\\w\\.)(?<![A-Za-z]-)(?:\\d{1,3}\\.){3}\\d{1,3}"
              + "|(?<![\\w:.])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})"
              + "(?:/(?<prefix>\\d{1,3}))?(?!\\w|\\.\\w|-[A-Za-z])");

  /** Anything else is refused by the API server, and must be so under another name, too. */
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9._*-]*[A-Za-z0-9*])?");

  private static final Pattern MAC = Pattern.compile("\\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\\b");
  private static final Pattern URL = Pattern.compile("(?<=://)[A-Za-z0-9.-]+");

  private final Keyed keyed;
  private final Addresses addresses;
  private final Set<String> staying;
  private final Map<String, String> known = new HashMap<>();
  private final Set<String> origins = new HashSet<>();

  Pseudonyms(byte[] key, Set<String> staying) {
    this.keyed = new Keyed(key);
    this.addresses = new Addresses(keyed);
    this.staying = new HashSet<>(staying);
  }

  /** Lets a word stay. Must be done before any is asked for. */
  void stay(String word) {
    staying.add(word);
  }

  /** Notes the ranges in a text. */
  void know(String text) {
    ADDRESS
        .matcher(text)
        .results()
        .filter(m -> m.group("prefix") != null)
        .forEach(m ->
            IpAddress.parse(m.group("ip"))
                .filter(ip -> prefix(m) <= ip.family().bits())
                .ifPresent(ip -> addresses.know(ip, prefix(m))));
  }

  private static int prefix(MatchResult match) {
    return Integer.parseInt(match.group("prefix"));
  }

  /** Another word; an address becomes another address. */
  String word(String word) {
    if (stays(word)) {
      return word;
    }
    if (ADDRESS.matcher(word).matches()) {
      return text(word);
    }
    String parts =
        PART.matcher(word).replaceAll(m -> stays(m.group()) ? m.group() : fresh(m.group()));
    return parts.length() > LONGEST && word.length() <= LONGEST ? fresh(word) : parts;
  }

  private boolean stays(String word) {
    return staying.contains(word)
        || word.matches("[0-9]*|\\*+")
        || !(WORD.matcher(word).matches() || word.contains(":"));
  }

  private String fresh(String word) {
    String before = known.get(word);
    if (before != null) {
      return before;
    }
    byte[] digest = keyed.digest("word " + word);
    String out = "";
    for (int i = 0; out.isEmpty() || taken(out); i++) {
      out = digits(digest, i);
    }
    origins.add(out);
    known.put(word, out);
    return out;
  }

  private boolean taken(String pseudonym) {
    return origins.contains(pseudonym) || staying.contains(pseudonym);
  }

  private static String digits(byte[] digest, int from) {
    StringBuilder out = new StringBuilder("p");
    for (int i = from; i < from + LENGTH; i++) {
      out.append(DIGITS.charAt(digest[i % digest.length] & 31));
    }
    return out.toString();
  }

  /** A text in which addresses, and the hosts of URLs, are others. */
  String text(String text) {
    String urls = URL.matcher(text).replaceAll(m -> Matcher.quoteReplacement(word(m.group())));
    String macs = MAC.matcher(urls).replaceAll("0a:58:00:00:00:00");
    return ADDRESS.matcher(macs).replaceAll(m -> Matcher.quoteReplacement(address(m)));
  }

  private String address(MatchResult match) {
    IpAddress ip = IpAddress.parse(match.group("ip")).orElse(null);
    if (ip == null) {
      return unread(match);
    }
    IpAddress other = addresses.of(ip);
    if (match.group("prefix") == null) {
      return other.toString();
    }
    int prefix = prefix(match);
    boolean network = prefix <= ip.family().bits() && ip.masked(prefix, false).equals(ip);
    return (network ? other.masked(prefix, false) : other) + "/" + match.group("prefix");
  }

  /** Four numbers with zeros before them, which some engines read and some do not. */
  private String unread(MatchResult match) {
    String before = match.group("ip");
    String plain = before.replaceAll("(?<!\\d)0+(?=\\d)", "");
    IpAddress ip = IpAddress.parse(plain).orElse(null);
    if (ip == null) {
      return match.group();
    }
    String[] numbers = plain.split("\\.");
    String[] written = before.split("\\.");
    String[] others = addresses.of(ip).toString().split("\\.");
    for (int i = 0; i < others.length; i++) {
      others[i] = others[i].equals(numbers[i]) ? written[i] : others[i];
    }
    return String.join(".", others) + match.group().substring(before.length());
  }

  /** A folder or file: another name with the same ending. */
  String path(String path) {
    Matcher ending = Pattern.compile("\\.(ya?ml|json)$").matcher(path.toLowerCase(Locale.ROOT));
    return fresh(path) + (ending.find() ? ending.group() : "");
  }
}
