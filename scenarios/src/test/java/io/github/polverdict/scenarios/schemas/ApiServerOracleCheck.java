package io.github.polverdict.scenarios.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.scenarios.schemas.Violations.Violation;
import io.github.polverdict.snapshot.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * polverdict held against the API server's own code on generated objects of every bundled schema.
 * Run by {@code .ci/oracle}, which builds the program; {@code -Dseed} and {@code -Dobjects} choose
 * the objects.
 */
class ApiServerOracleCheck {
  private static final long SEED = Long.getLong("seed", 20261128L);
  private static final int OBJECTS = Integer.getInteger("objects", 3000);

  private final List<String> otherVerdict = new ArrayList<>();
  private final List<String> otherWords = new ArrayList<>();
  private int asked;
  private int refused;

  @Test
  void objects_are_refused_as_the_api_server_refuses_them() throws IOException {
    Path program = Path.of(System.getProperty("apiserver.oracle", ""));
    Path definitions = Path.of(System.getProperty("apiserver.definitions", ""));
    boolean there = Files.isRegularFile(program) && Files.isRegularFile(definitions);
    if (!there) {
      System.out.println("the API server's code is not asked: .ci/oracle builds it");
    }
    assumeTrue(there, "there is no program of the API server's code");
    try (ApiServer server = new ApiServer(program, definitions)) {
      for (Map.Entry<String, Schema> entry : Bundles.all().entrySet()) {
        compare(server, entry.getKey(), entry.getValue());
      }
    }
    System.out.printf(
        "seed %d: %d objects, %d refused, %d otherwise than there, %d in other words%n",
        SEED, asked, refused, otherVerdict.size(), otherWords.size());
    assertThat(otherVerdict).as("seed %d", SEED).isEmpty();
    assertThat(otherWords).as("seed %d, in other words", SEED).isEmpty();
  }

  private void compare(ApiServer server, String name, Schema schema) throws IOException {
    int before = asked;
    int refusedBefore = refused;
    for (Violation violation : Violations.of(name, schema)) {
      compare(server, name, schema, violation.object());
    }
    for (int i = 0; i < OBJECTS; i++) {
      compare(server, name, schema, Mutations.mutated(name, schema, SEED + i));
    }
    System.out.printf(
        "%s: %d objects, %d refused%n", name, asked - before, refused - refusedBefore);
  }

  private void compare(ApiServer server, String name, Schema schema, Map<String, Object> object)
      throws IOException {
    String text = Json.text(object);
    List<String> theirs = server.refusals(name, Json.parsed(text)).stream().sorted().toList();
    List<String> ours =
        BundledSchemasTest.refusals(schema, object).stream()
            .map(Finding::message)
            .sorted()
            .toList();
    asked++;
    refused += theirs.isEmpty() ? 0 : 1;
    if (ours.isEmpty() != theirs.isEmpty()) {
      otherVerdict.add(name + " " + text + "\n  here:  " + ours + "\n  there: " + theirs);
    } else if (!sameWords(ours, theirs)) {
      otherWords.add(name + " " + text + "\n  here:  " + ours + "\n  there: " + theirs);
    }
  }

  /** A format counts as the type there, which only the words show. */
  private static List<String> withoutTypes(List<String> messages) {
    return messages.stream()
        .map(m -> m.replaceFirst("Invalid value: .* must be of type .*", "of another type"))
        .sorted()
        .toList();
  }

  /**
   * Whether all that is said here is said there. There may be more where alternatives are not met,
   * of which the server tells what the nearest one lacks; and rules in CEL fail there on data of
   * the wrong type, for which the server would not ask them.
   */
  private static boolean sameWords(List<String> ours, List<String> theirs) {
    List<String> plain =
        theirs.stream()
            .filter(t -> !t.contains(" evaluating rule: "))
            .map(t -> t.replace("<nil>: ", "").replace("\\n", "\\u000a"))
            .sorted()
            .toList();
    if (plain.size() < theirs.size()) {
      return ours.containsAll(plain);
    }
    if (plain.stream().anyMatch(t -> t.contains("must be of type cidr"))) {
      return withoutTypes(ours).equals(withoutTypes(plain));
    }
    boolean alternatives = plain.stream().anyMatch(t -> t.matches(".*\\((one|any|all)Of\\).*"));
    return alternatives ? plain.containsAll(ours) : plain.equals(ours);
  }
}
