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
 * @param objects objects by kind and name in the first, {@code Deployment shop/web}, with kind and
 *     name in the second, {@code StatefulSet shop/web-v2}
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

  /** Those of them that make pods from a template in the same place: one may become another. */
  private static final Set<String> MAKERS =
      Set.of(
          "DaemonSet", "Deployment", "Job", "ReplicaSet", "ReplicationController", "StatefulSet");

  /** The kind of files that hold rules. */
  public static final String KIND = "Correspondence";

  public Correspondence {
    objects = Map.copyOf(objects);
    ranges = Map.copyOf(ranges);
  }

  /**
   * Reads rules, each with the first cluster's name before the second's: {@code staging-*=prod-*}
   * for namespaces, {@code Deployment shop/web=shop/web-v2} or {@code Deployment
   * shop/db=StatefulSet shop/db} for an object, {@code 10.1.0.0/16=10.9.0.0/16} for a range of
   * addresses.
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
        String first = object(sides[0].strip(), text);
        add(first, second(first, sides[1].strip(), text), objects);
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
      String other = taken.putIfAbsent(second, first);
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

  /** The second with its kind, which is that of the first unless it is said. */
  private static String second(String first, String text, String rule) {
    String kind = first.substring(0, first.indexOf(' '));
    String second = text.matches("[^/ ]+/[^/ ]+") ? kind + " " + text : text;
    if (!second.matches("[^/ ]+ +[^/ ]+/[^/ ]+")) {
      throw new IllegalArgumentException(
          "'%s': say the second as NAMESPACE/NAME, with its kind before it when it has another"
              .formatted(rule));
    }
    second = object(second, rule);
    String other = second.substring(0, second.indexOf(' '));
    if (!mayBe(kind, other)) {
      throw new IllegalArgumentException(
          "'%s': a %s cannot be said to be a %s; kinds that can differ are %s"
              .formatted(rule, kind, other, String.join(", ", MAKERS.stream().sorted().toList())));
    }
    return second;
  }

  /** The same rules; objects of the second are in the namespaces that the first has for theirs. */
  Correspondence inNamespacesOfFirst() {
    Map<String, String> told = new LinkedHashMap<>();
    objects.forEach((first, text) -> {
      Named second = Named.of(text);
      String namespace = second.name().substring(0, second.name().indexOf('/'));
      told.put(
          first, "%s %s/%s".formatted(second.kind(), namespaces.inFirst(namespace), second.own()));
    });
    return new Correspondence(namespaces, told, ranges);
  }

  /** Whether an object of one kind can be said to be one of the other. */
  static boolean mayBe(String kind, String other) {
    return kind.equals(other) || (MAKERS.contains(kind) && MAKERS.contains(other));
  }

  /**
   * What the first cluster calls an object of the second.
   *
   * @param kind as in the second
   * @param second {@code shop/web}
   */
  Optional<Named> inFirst(String kind, String second) {
    return objects.entrySet().stream()
        .filter(e -> e.getValue().equals(kind + " " + second))
        .map(e -> Named.of(e.getKey()))
        .findFirst();
  }

  /** A kind with a name, {@code shop/web}. */
  record Named(String kind, String name) {
    static Named of(String text) {
      int space = text.indexOf(' ');
      return new Named(text.substring(0, space), text.substring(space + 1));
    }

    /** The name without its namespace. */
    String own() {
      return name.substring(name.indexOf('/') + 1);
    }
  }
}
