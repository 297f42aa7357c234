package io.github.polverdict.dialects.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.snapshot.Scopes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every kind that a dialect reads is known to live in a namespace, or not to. */
final class ScopesTest {
  @Test
  void the_scope_of_every_kind_that_an_engine_reads_is_known_without_its_definition() {
    Dialects dialects = Dialects.installed();
    List<String> types =
        dialects.all().stream()
            .map(d -> new Sighting(d.id(), "", Map.of(), Optional.empty(), List.of()))
            .flatMap(engine -> dialects.reads(engine).stream())
            .distinct()
            .toList();
    assertThat(types).contains("CiliumNetworkPolicy.cilium.io");
    assertThat(types.stream().filter(type -> scope(type).isEmpty())).isEmpty();
  }

  private static Optional<Boolean> scope(String type) {
    int dot = type.indexOf('.');
    return dot < 0
        ? Scopes.builtIn().isNamespaced("", type)
        : Scopes.builtIn().isNamespaced(type.substring(dot + 1), type.substring(0, dot));
  }
}
