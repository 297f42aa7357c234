package io.github.polverdict.workbench.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.dialects.api.provision.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void files_of_a_thousand_objects_and_more_are_applied_in_their_order() {
    List<Manifest> manifests =
        IntStream.range(0, 1001)
            .mapToObj(
                i -> Manifest.of("v1", "Kind", new Manifest.Place("", "n" + i), "why", Map.of()))
            .toList();
    List<String> names = List.copyOf(Layout.FILES.files(manifests, "1").keySet());
    assertThat(names).isSorted().first().isEqualTo("0001-cluster-n0.yaml");
  }
}
