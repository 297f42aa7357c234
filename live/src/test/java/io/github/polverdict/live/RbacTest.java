package io.github.polverdict.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rights that are asked for are those that are used. */
class RbacTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("project.root", ".."), "deploy", "rbac");

  static Stream<Feature> granted() {
    return Features.all().stream().filter(f -> !f.manifest().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("granted")
  void aManifestGrantsExactlyTheRightsOfItsFeature(Feature feature) throws UnreadableSource {
    TreeSet<String> used = new TreeSet<>();
    feature.rights().forEach(r -> used.add(r.text()));
    assertThat(rights(role(feature.manifest()))).isEqualTo(used);
  }

  @Test
  void everyManifestBelongsToAFeature() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(granted().map(Feature::manifest).toList());
    }
  }

  @Test
  void noManifestGrantsSecretsOrEverything() throws IOException {
    for (Feature feature : granted().toList()) {
      assertThat(Files.readString(FOLDER.resolve(feature.manifest())))
          .doesNotContain("secrets")
          .doesNotContain("\"*\"");
    }
  }

  @Test
  void readingAndLintOnlyList() {
    assertThat(granted().filter(f -> List.of("read", "lint").contains(f.id())))
        .hasSize(2)
        .flatMap(Feature::rights)
        .allSatisfy(r -> assertThat(r.verb()).isEqualTo("list"));
  }

  /** The ClusterRole of a file. */
  private static Document role(String file) throws UnreadableSource {
    return FileSource.of(List.of(FOLDER.resolve(file).toString()), InputStream.nullInputStream())
        .read()
        .documents()
        .stream()
        .filter(d -> d.id().kind().equals("ClusterRole"))
        .findFirst()
        .orElseThrow();
  }

  /** {@code list configmaps "cilium-config"} for each. */
  private static TreeSet<String> rights(Document role) {
    TreeSet<String> out = new TreeSet<>();
    for (Field rule : role.at("rules").items()) {
      for (String group : texts(rule.get("apiGroups"))) {
        for (String resource : texts(rule.get("resources"))) {
          for (String verb : texts(rule.get("verbs"))) {
            String id = group.isEmpty() ? resource : resource + "." + group;
            List<String> names = texts(rule.get("resourceNames"));
            (names.isEmpty() ? List.of("") : names)
                .forEach(n -> out.add(verb + " " + id + (n.isEmpty() ? "" : " \"" + n + "\"")));
          }
        }
      }
    }
    return out;
  }

  private static List<String> texts(Field list) {
    return list.items().stream().map(i -> i.text("")).toList();
  }
}
