package io.github.polverdict.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rules about built classes as a whole: cycles, names, how dialects are found, who reads versions.
 */
final class Shape {
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(".*(Utils?|Helper|Manager|Common|Impl)");
  private static final String SPI = "dialects.api.Dialect";
  private static final Set<String> VERSION_COMPARERS =
      Set.of("java.lang.Runtime$Version", "java.lang.module.ModuleDescriptor$Version");

  private Shape() {}

  static Stream<Rule> rules() {
    return Stream.of(
        new Rule("cycles", "Packages of the house form no cycle", Shape::cycles),
        new Rule(
            "class-names",
            "A class says what it is: no *Utils, *Helper, *Manager, *Common, *Impl",
            Shape::empty),
        new Rule(
            "dialects-found",
            "A dialect is found by ServiceLoader: it is listed as a service, and nobody creates"
                + " one",
            Shape::dialectsNotFound),
        new Rule(
            "versions",
            "Versions are compared in dialects.api only; code asks whether a quirk is active",
            Shape::versions),
        new Rule(
            "built",
            "Every class that has a source is built before it is judged, so that no rule passes on"
                + " nothing",
            Shape::notBuilt));
  }

  private static Stream<Violation> cycles(House house) {
    var result =
        SlicesRuleDefinition.slices()
            .matching(house.base() + "(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .evaluate(house.classes());
    return result.getFailureReport().getDetails().stream()
        .map(detail -> new Violation("cycle", detail));
  }

  private static Stream<JavaClass> own(House house) {
    return house.classes().stream()
        .filter(house::owns)
        .sorted(Comparator.comparing(JavaClass::getName));
  }

  private static Stream<Violation> empty(House house) {
    return own(house)
        .filter(type -> SAYS_NOTHING.matcher(type.getSimpleName()).matches())
        .map(type -> new Violation(house.nameOf(type), "is called " + type.getSimpleName()));
  }

  private static Stream<Violation> dialectsNotFound(House house) {
    String spi = house.base() + SPI;
    Set<String> listed = services(house, spi);
    List<JavaClass> dialects =
        own(house)
            .filter(type -> type.isAssignableTo(spi))
            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
            .toList();
    Stream<Violation> unlisted =
        dialects.stream()
            .filter(type -> !listed.contains(type.getName()))
            .map(type -> new Violation(house.nameOf(type), "is not in META-INF/services/" + spi));
    Stream<Violation> created =
        dialects.stream()
            .flatMap(type -> type.getConstructorCallsToSelf().stream())
            .filter(call ->
                !call.getOriginOwner().getPackage().equals(call.getTargetOwner().getPackage()))
            .map(call -> new Violation(house.nameOf(call.getOriginOwner()), call.getDescription()));
    return Stream.concat(unlisted, created);
  }

  private static Set<String> services(House house, String spi) {
    Path list = house.root().resolve("dialects/src/main/resources/META-INF/services/" + spi);
    try {
      return Files.exists(list) ? new HashSet<>(Files.readAllLines(list)) : Set.of();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Violation> versions(House house) {
    Stream<Violation> borrowed =
        own(house)
            .filter(type -> !house.nameOf(type).startsWith("dialects.api."))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(d -> VERSION_COMPARERS.contains(d.getTargetClass().getName()))
            .map(d -> new Violation(house.nameOf(d.getOriginClass()), d.getDescription()));
    Stream<Violation> ownOnes =
        own(house)
            .filter(type -> !house.nameOf(type).startsWith("dialects.api."))
            .filter(type -> type.getSimpleName().contains("Version"))
            .filter(type -> type.isAssignableTo(Comparable.class) && !type.isEnum())
            .map(type -> new Violation(house.nameOf(type), "orders versions"));
    return Stream.concat(borrowed, ownOnes);
  }

  private static Stream<Violation> notBuilt(House house) {
    Set<String> built = new HashSet<>();
    own(house).forEach(type -> built.add(house.nameOf(type)));
    return house.sources().stream()
        .filter(source -> source.isMain() && Arrows.knows(source.module()))
        .filter(source -> !source.name().endsWith("-info.java"))
        .filter(source -> !built.contains(className(house, source)))
        .map(source -> source.violation("has no class in target/classes"));
  }

  private static String className(House house, Source source) {
    String name = source.unit().getPackageName() + "." + source.name().replace(".java", "");
    return name.startsWith(house.base()) ? name.substring(house.base().length()) : name;
  }
}
