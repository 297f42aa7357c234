package io.github.polverdict.workbench.exchange;

import io.github.polverdict.workbench.files.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of the second cluster corresponds to what of the first; by equal names unless said.
 *
 * @param namespaces which namespaces correspond
 * @param objects objects by kind and name in the first, {@code Deployment shop/web}, with the name
 *     that the second has for it, {@code shop/web-v2}
 * @param ranges ranges of addresses as policies of the first write them, with those of the second
 */
public record Correspondence(
    NamespaceMap namespaces, Map<String, String> objects, Map<String, String> ranges) {
  /** Everything corresponds to what has the same name. */
  public static final Correspondence SAME =
      new Correspondence(NamespaceMap.SAME, Map.of(), Map.of());

  /** The kinds of objects that can be said to correspond. */
  static final Set<String> KINDS =
      Set.of(
          "CronJob",
          "DaemonSet",
          "Deployment",
          "Job",
          "Pod",
          "ReplicaSet",
          "ReplicationController",
          "Service",
          "StatefulSet");

  /** The kind of files that hold rules. */
  public static final String KIND = "Correspondence";

  public Correspondence {
    objects = Map.copyOf(objects);
    ranges = Map.copyOf(ranges);
  }

  /**
   * Reads rules, each with the first cluster's name before the second's: {@code staging-*=prod-*}
   * for namespaces, {@code Deployment shop/web=shop/web-v2} for an object, {@code
   * 10.1.0.0/16=10.9.0.0/16} for a range of addresses.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static Correspondence parse(List<String> texts) {
    List<String> namespaces = new ArrayList<>();
    Map<String, String> objects = new LinkedHashMap<>();
    Map<String, String> ranges = new LinkedHashMap<>();
    for (String text : texts) {
      String[] sides = text.split("=", -1);
      if (sides.length == 2 && isRange(sides[0]) && isRange(sides[1])) {
        add(sides[0].strip(), sides[1].strip(), ranges);
      } else if (sides.length == 2 && text.contains("/")) {
        add(object(sides[0].strip(), text), name(sides[1].strip(), text), objects);
      } else {
        namespaces.add(text);
      }
    }
    NamespaceMap map = NamespaceMap.parse(namespaces);
    return new Correspondence(map, once(objects), once(ranges));
  }

  /** The rules of a document of a file; what is wrong with one is said of its key. */
  public static List<String> read(Form form) {
    List<String> out = new ArrayList<>();
    for (String key : List.of("namespaces", "objects", "ranges")) {
      form.strings(key)
          .forEach((first, second) -> {
            String rule = first + "=" + second;
            try {
              parse(List.of(rule));
              out.add(rule);
            } catch (IllegalArgumentException e) {
              form.refuse(key, String.valueOf(e.getMessage()), "");
            }
          });
    }
    return out;
  }

  private static boolean isRange(String text) {
    return text.strip().matches("[0-9a-fA-F.:]+/[0-9]+");
  }

  private static void add(String first, String second, Map<String, String> out) {
    String before = out.putIfAbsent(first, second);
    if (before != null && !before.equals(second)) {
      throw new IllegalArgumentException(
          "PV070: '%s' is said to be both %s and %s; it can be one of them"
              .formatted(first, before, second));
    }
  }

  private static Map<String, String> once(Map<String, String> rules) {
    Map<String, String> taken = new LinkedHashMap<>();
    rules.forEach((first, second) -> {
      String kind = first.contains(" ") ? first.substring(0, first.indexOf(' ') + 1) : "";
      String other = taken.putIfAbsent(kind + second, first);
      if (other != null) {
        throw new IllegalArgumentException(
            "PV070: both '%s' and '%s' are said to be %s; only one can be"
                .formatted(other, first, second));
      }
    });
    return rules;
  }

  private static String object(String text, String rule) {
    String[] words = text.split(" +", -1);
    if (words.length != 2 || !KINDS.contains(words[0]) || !words[1].matches("[^/]+/[^/]+")) {
      throw new IllegalArgumentException(
          "'%s' maps nothing; say a namespace as FIRST=SECOND, or an object as 'Deployment"
                  .formatted(rule)
              + " shop/web=shop/web-v2'; kinds are "
              + String.join(", ", KINDS.stream().sorted().toList()));
    }
    return words[0] + " " + words[1];
  }

  private static String name(String text, String rule) {
    if (!text.matches("[^/ ]+/[^/ ]+")) {
      throw new IllegalArgumentException(
          "'%s': say the second name as NAMESPACE/NAME; its kind is that of the first"
              .formatted(rule));
    }
    return text;
  }

  /** What the first cluster calls an object of the second, {@code shop/web}. */
  Optional<String> inFirst(String kind, String second) {
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(kind + " ") && e.getValue().equals(second))
        .map(e -> e.getKey().substring(kind.length() + 1))
        .findFirst();
  }
}
