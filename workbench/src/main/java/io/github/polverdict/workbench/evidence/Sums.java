package io.github.polverdict.workbench.evidence;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sums of files in the form that {@code sha256sum -c} reads. */
public final class Sums {
  /** The file of a pack that has the sums of all others. */
  public static final String FILE = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");

  private Sums() {}

  /** SHA-256 in hexadecimal digits. */
  public static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A line for each file, in the order of their names. */
  public static byte[] lines(Map<String, byte[]> files) {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(files)
        .forEach((name, bytes) -> out.append(of(bytes)).append("  ").append(name).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What is wrong with files that carry their own sums, a sentence each; none when all is as it was
   * written.
   */
  public static List<String> check(Map<String, byte[]> files) {
    byte[] sums = files.get(FILE);
    if (sums == null) {
      return List.of("there is no " + FILE);
    }
    List<String> out = new ArrayList<>();
    Map<String, String> said = new TreeMap<>();
    for (String line : new String(sums, StandardCharsets.UTF_8).split("\n")) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        out.add(FILE + " has a line that is no sum");
      } else if (said.put(matcher.group(2), matcher.group(1)) != null) {
        out.add(FILE + " has two sums of " + matcher.group(2));
      }
    }
    said.forEach((name, sum) -> {
      byte[] bytes = files.get(name);
      if (bytes == null) {
        out.add(name + ": is missing");
      } else if (!of(bytes).equals(sum)) {
        out.add(name + ": is not what was written");
      }
    });
    files.keySet().stream()
        .filter(name -> !name.equals(FILE) && !said.containsKey(name))
        .forEach(name -> out.add(name + ": was added; " + FILE + " does not have it"));
    return out;
  }
}
