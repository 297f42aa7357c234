package io.github.polverdict.checks;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may see whom: the arrows between the parts of the house, and where each library lives. */
final class Arrows {
  private static final String DIALECTS = "dialects";
  private static final String DIALECT_API = "dialects.api";
  private static final String LIBRARY_DIALECT = "dialects.kubernetes";

  /**
   * A part is a package below the base with all that is below it; a longer name is a part of its
   * own.
   */
  private record Part(String name, Set<String> sees) {
    private static Part of(String name, String... sees) {
      return new Part(name, Set.of(sees));
    }

    private String sentence() {
      String others =
          sees.isEmpty() ? "" : String.join(", ", sees.stream().sorted().toList()) + ", ";
      return name + " sees " + others + "its libraries and the JDK, nothing else of the house";
    }
  }

  private static final List<Part> PARTS =
      List.of(
          Part.of("core.kernel"),
          Part.of("core.model", "core.kernel"),
          Part.of("core.engine", "core.kernel", "core.model"),
          Part.of("snapshot", "core.kernel"),
          Part.of(DIALECT_API, "snapshot", "core.kernel", "core.model"),
          Part.of(LIBRARY_DIALECT, DIALECT_API, "snapshot", "core.kernel", "core.model"),
          Part.of(DIALECTS, LIBRARY_DIALECT, DIALECT_API, "snapshot", "core.kernel", "core.model"),
          Part.of("questions", "core.kernel", "core.model", "core.engine"),
          Part.of("report", "questions", "core.kernel", "core.model"),
          Part.of("live", "snapshot", "core.kernel", "core.model"),
          Part.of(
              "workbench",
              "report",
              "questions",
              DIALECT_API,
              "snapshot",
              "core.kernel",
              "core.model",
              "core.engine"),
          Part.of(
              "lab",
              "testkit",
              "workbench",
              "live",
              "questions",
              DIALECT_API,
              "snapshot",
              "core.kernel",
              "core.model"),
          Part.of(
              "cli",
              "lab",
              "workbench",
              "live",
              "report",
              "questions",
              DIALECT_API,
              "snapshot",
              "core.kernel",
              "core.model"),
          Part.of(
              "testkit",
              "workbench",
              "questions",
              DIALECT_API,
              "snapshot",
              "core.kernel",
              "core.model",
              "core.engine"));

  private record Library(String id, String what, Set<String> packages, Set<String> homes) {
    private String sentence() {
      return what
          + " is used in "
          + String.join(" and ", homes.stream().sorted().toList())
          + " only";
    }

    private boolean has(JavaClass type) {
      return packages.stream().anyMatch(type.getBaseComponentType().getName()::startsWith);
    }
  }

  private static final List<Library> LIBRARIES =
      List.of(
          new Library(
              "kubernetes-client",
              "The Kubernetes client",
              Set.of("io.fabric8.", "io.kubernetes.client."),
              Set.of("live")),
          new Library(
              "yaml-parser",
              "The YAML parser",
              Set.of("org.snakeyaml.", "org.yaml."),
              Set.of("snapshot")),
          new Library(
              "json-streams",
              "The JSON library",
              Set.of("tools.jackson.", "com.fasterxml."),
              Set.of("snapshot", "report", "lab")),
          new Library("re2", "The library of RE2", Set.of("com.google.re2j."), Set.of("snapshot")),
          new Library("picocli", "picocli", Set.of("picocli."), Set.of("cli")),
          new Library(
              "http-server",
              "An HTTP server",
              Set.of("com.sun.net.httpserver.", "io.helidon."),
              Set.of("server")),
          new Library("spark", "Spark", Set.of("org.apache.spark."), Set.of("flows.spark")));

  private static final List<String> EVERYWHERE =
      List.of("java.", "javax.", "org.jspecify.annotations.", "com.google.errorprone.annotations.");

  private Arrows() {}

  static Stream<Rule> rules() {
    return Stream.of(
            PARTS.stream()
                .map(p -> new Rule("arrow-" + p.name, p.sentence(), house -> crossings(house, p))),
            LIBRARIES.stream().map(l -> new Rule(l.id, l.sentence(), house -> strays(house, l))),
            Stream.of(
                new Rule(
                    "libraries",
                    "A library has a home: it is listed in checks before a class uses it",
                    Arrows::unlisted),
                new Rule(
                    "dialect-apart",
                    "A dialect never names another dialect, except the library dialect kubernetes",
                    Arrows::dialectsThatNameDialects),
                new Rule("parts", "Every package belongs to a part with arrows", Arrows::homeless)))
        .flatMap(rules -> rules);
  }

  /** Whether a module has a part: the module's classes are judged. */
  static boolean knows(String module) {
    return PARTS.stream().anyMatch(part -> isIn(part.name, module));
  }

  private static boolean isIn(String packageName, String part) {
    return packageName.equals(part) || packageName.startsWith(part + ".");
  }

  private static String packageOf(House house, JavaClass type) {
    String name = type.getBaseComponentType().getPackageName() + ".";
    return name.length() <= house.base().length()
        ? ""
        : name.substring(house.base().length(), name.length() - 1);
  }

  private static Optional<String> partOf(House house, JavaClass type) {
    String name = packageOf(house, type);
    return PARTS.stream()
        .map(Part::name)
        .filter(part -> isIn(name, part))
        .max(Comparator.comparingInt(String::length));
  }

  private static Stream<Dependency> dependencies(House house) {
    return house.classes().stream()
        .filter(house::owns)
        .sorted(Comparator.comparing(JavaClass::getName))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  private static Violation violation(House house, Dependency dependency) {
    return new Violation(house.nameOf(dependency.getOriginClass()), dependency.getDescription());
  }

  private static Stream<Violation> crossings(House house, Part part) {
    return dependencies(house)
        .filter(d -> partOf(house, d.getOriginClass()).equals(Optional.of(part.name)))
        .filter(d -> house.owns(d.getTargetClass()))
        .filter(d -> {
          String target = partOf(house, d.getTargetClass()).orElse("");
          return !target.equals(part.name) && !part.sees.contains(target);
        })
        .map(d -> violation(house, d));
  }

  private static Stream<Violation> strays(House house, Library library) {
    return dependencies(house)
        .filter(d -> library.has(d.getTargetClass()))
        .filter(d ->
            library.homes.stream()
                .noneMatch(home -> isIn(packageOf(house, d.getOriginClass()), home)))
        .map(d -> violation(house, d));
  }

  private static Stream<Violation> unlisted(House house) {
    return dependencies(house)
        .filter(d -> !house.owns(d.getTargetClass()))
        .filter(d -> {
          JavaClass target = d.getTargetClass().getBaseComponentType();
          return !target.isPrimitive()
              && EVERYWHERE.stream().noneMatch(target.getName()::startsWith)
              && LIBRARIES.stream().noneMatch(library -> library.has(target));
        })
        .map(d -> violation(house, d));
  }

  private static Stream<Violation> dialectsThatNameDialects(House house) {
    return dependencies(house)
        .filter(d -> house.owns(d.getTargetClass()))
        .filter(d -> {
          String from = packageOf(house, d.getOriginClass());
          String to = packageOf(house, d.getTargetClass());
          return isIn(from, DIALECTS)
              && isIn(to, DIALECTS)
              && !isIn(to, DIALECT_API)
              && !isIn(to, LIBRARY_DIALECT)
              && !isIn(from, to)
              && !isIn(to, from);
        })
        .map(d -> violation(house, d));
  }

  private static Stream<Violation> homeless(House house) {
    return house.classes().stream()
        .filter(house::owns)
        .filter(type -> partOf(house, type).isEmpty())
        .map(type -> new Violation(house.nameOf(type), "is in no part that checks knows"));
  }
}
