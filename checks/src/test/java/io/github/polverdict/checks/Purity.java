package io.github.polverdict.checks;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the parts that only compute must not touch: the outside world. */
final class Purity {
  private static final Set<String> PURE = Set.of("core.", "dialects.", "questions.");

  /**
   * One kind of contact with the outside world.
   *
   * @param packages prefixes of names of classes that may not be named at all
   * @param members {@code class.member} that may not be used; a member ending in {@code ()} only
   *     without arguments
   */
  private record Contact(String id, String what, Set<String> packages, Set<String> members) {
    private boolean isNamed(JavaClass type) {
      return packages.stream().anyMatch(type.getName()::startsWith);
    }

    private boolean isUsed(AccessTarget target) {
      String member = target.getOwner().getName() + "." + target.getName();
      boolean bare =
          target instanceof AccessTarget.CodeUnitAccessTarget unit
              && unit.getRawParameterTypes().isEmpty();
      return members.contains(member) || (bare && members.contains(member + "()"));
    }
  }

  private static final List<Contact> CONTACTS =
      List.of(
          new Contact(
              "no-io",
              "do no input or output",
              Set.of("java.io.", "java.nio.file.", "java.nio.channels.", "java.net.", "java.sql."),
              Set.of("java.lang.System.out", "java.lang.System.err", "java.lang.System.in")),
          new Contact(
              "no-clock",
              "read no clock",
              Set.of("java.time.Clock", "java.util.Timer"),
              Set.of(
                  "java.lang.System.currentTimeMillis",
                  "java.lang.System.nanoTime",
                  "java.util.Date.<init>()",
                  "java.time.Instant.now",
                  "java.time.LocalDate.now",
                  "java.time.LocalDateTime.now",
                  "java.time.ZonedDateTime.now",
                  "java.time.OffsetDateTime.now",
                  "java.lang.Thread.sleep")),
          new Contact(
              "no-environment",
              "read no environment",
              Set.of("java.lang.Runtime", "java.lang.Process"),
              Set.of(
                  "java.lang.System.getenv",
                  "java.lang.System.getProperty",
                  "java.lang.System.getProperties",
                  "java.lang.System.setProperty",
                  "java.lang.System.exit",
                  "java.lang.Integer.getInteger",
                  "java.lang.Boolean.getBoolean",
                  "java.util.Locale.getDefault",
                  "java.nio.charset.Charset.defaultCharset")),
          new Contact(
              "no-logging",
              "log nothing",
              Set.of("java.util.logging.", "java.lang.System$Logger", "org.slf4j."),
              Set.of("java.lang.System.getLogger", "java.lang.Throwable.printStackTrace")),
          new Contact(
              "no-chance",
              "leave nothing to chance: a random source has a seed",
              Set.of("java.security.SecureRandom", "java.util.concurrent.ThreadLocalRandom"),
              Set.of(
                  "java.util.Random.<init>()",
                  "java.util.SplittableRandom.<init>()",
                  "java.lang.Math.random",
                  "java.util.UUID.randomUUID",
                  "java.util.Collections.shuffle")));

  private Purity() {}

  static Stream<Rule> rules() {
    return CONTACTS.stream()
        .map(c ->
            new Rule(c.id, "core, dialects and questions " + c.what, house -> contacts(house, c)));
  }

  private static Stream<Violation> contacts(House house, Contact contact) {
    return house.classes().stream()
        .filter(type -> house.owns(type) && PURE.stream().anyMatch(house.nameOf(type)::startsWith))
        .sorted(Comparator.comparing(JavaClass::getName))
        .flatMap(type ->
            Stream.concat(
                    type.getDirectDependenciesFromSelf().stream()
                        .filter(d -> contact.isNamed(d.getTargetClass()))
                        .map(d -> d.getDescription()),
                    type.getAccessesFromSelf().stream()
                        .filter(access -> contact.isUsed(access.getTarget()))
                        .map(JavaAccess::getDescription))
                .distinct()
                .map(what -> new Violation(house.nameOf(type), what)));
  }
}
