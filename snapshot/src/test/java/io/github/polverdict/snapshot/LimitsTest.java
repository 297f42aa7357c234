package io.github.polverdict.snapshot;

import static io.github.polverdict.snapshot.Texts.codes;
import static io.github.polverdict.snapshot.Texts.ids;
import static io.github.polverdict.snapshot.Texts.object;
import static io.github.polverdict.snapshot.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final long GIB = 1L << 30;
  @TempDir Path dir;

  /** One line of a gibibyte that counts what is taken of it. */
  private static final class EndlessLine extends InputStream {
    private long taken;

    @Override
    public int read() {
      return taken++ < GIB ? 'a' : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int some = (int) Math.min(length, GIB - taken);
      if (some <= 0) {
        return length == 0 ? 0 : -1;
      }
      Arrays.fill(into, from, from + some, (byte) 'a');
      taken += some;
      return some;
    }
  }

  private static Limits with(int bytesPerDocument, int depth, int aliasedNodes, int documents) {
    return new Limits(1 << 20, bytesPerDocument, depth, aliasedNodes, documents, 10);
  }

  private static Snapshot readWith(Limits limits, String text) {
    return read(text.getBytes(StandardCharsets.UTF_8), limits);
  }

  @Test
  void a_line_of_one_gibibyte_is_not_read_to_its_end() throws Exception {
    try (EndlessLine line = new EndlessLine()) {
      Snapshot snapshot = read(FileSource.of(List.of("-"), line));
      assertThat(codes(snapshot)).containsExactly("PV015", "PV031");
      assertThat(snapshot.gaps()).hasSize(1);
      assertThat(line.taken).isLessThanOrEqualTo(Limits.DEFAULT.bytesPerFile() + 1);
    }
  }

  @Test
  void a_file_of_one_gibibyte_is_not_opened_and_the_others_are_read() throws Exception {
    Files.writeString(dir.resolve("a.yaml"), object("Pod", "a"));
    try (RandomAccessFile sparse = new RandomAccessFile(dir.resolve("b.yaml").toFile(), "rw")) {
      sparse.setLength(GIB);
    }
    Snapshot snapshot = Assertions.assertTimeout(Duration.ofSeconds(20), () -> read(dir));
    assertThat(ids(snapshot)).containsExactly("Pod shop/a");
    assertThat(codes(snapshot)).containsExactly("PV015");
  }

  @Test
  void a_line_may_be_as_long_as_a_document() {
    String value = "x".repeat(5_000_000);
    Snapshot snapshot = read(object("ConfigMap", "a") + "data: {x: " + value + "}\n");
    assertThat(snapshot.documents().getFirst().at("data", "x").string()).contains(value);
  }

  @Test
  void a_document_over_its_limit_is_left_out_and_the_others_are_read() {
    String large = object("ConfigMap", "b") + "data: {x: " + "y".repeat(400) + "}\n";
    String all = object("Pod", "a") + "---\n" + large + "---\n" + object("Pod", "c");
    Snapshot yaml = readWith(with(400, 50, 50, 50), all);
    assertThat(ids(yaml)).containsExactly("Pod shop/a", "Pod shop/c");
    assertThat(codes(yaml)).containsExactly("PV016");
    String pod =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"b\"},\"x\":[%s1]}\n";
    Snapshot json =
        readWith(
            with(400, 50, 50, 50), pod.formatted("a", "") + pod.formatted("b", "1,".repeat(400)));
    assertThat(ids(json)).containsExactly("Pod b/a");
    assertThat(codes(json)).containsExactly("PV016");
  }

  @Test
  void nesting_has_a_limit_in_yaml_and_json() {
    Limits limits = with(100_000, 20, 50, 50);
    for (String shape :
        List.of("x: %s\n", "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"x\": %s}")) {
      assertThat(codes(readWith(limits, shape.formatted("[".repeat(19) + "]".repeat(19)))))
          .doesNotContain("PV017");
      assertThat(codes(readWith(limits, shape.formatted("[".repeat(20) + "]".repeat(20)))))
          .contains("PV017");
    }
    Snapshot deep =
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> read("[".repeat(2_000_000)));
    assertThat(codes(deep)).contains("PV017");
    assertThat(codes(read("{\"a\":".repeat(1_000_000)))).contains("PV017");
  }

  @Test
  void aliases_that_multiply_are_refused_at_once() {
    StringBuilder bomb = new StringBuilder("kind: Pod\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, before))));
    }
    Snapshot snapshot =
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> read(bomb.toString()));
    assertThat(codes(snapshot)).containsExactly("PV018", "PV031");
    assertThat(snapshot.gaps())
        .singleElement()
        .satisfies(g -> assertThat(g.kinds()).containsExactly("Pod"));
  }

  @Test
  void aliases_are_counted_as_if_they_were_written_out() {
    String text = object("ConfigMap", "a") + "x: &x [1, 2]\ny: [*x, *x, *x]\n"; // 3 × 3 nodes
    assertThat(codes(readWith(with(1000, 50, 9, 50), text))).isEmpty();
    assertThat(codes(readWith(with(1000, 50, 8, 50), text))).contains("PV018");
  }

  @Test
  void documents_over_their_number_are_left_out() {
    String text = object("Pod", "a") + "---\n" + object("Pod", "b") + "---\n" + object("Pod", "c");
    assertThat(codes(readWith(with(1000, 50, 50, 3), text))).isEmpty();
    Snapshot snapshot = readWith(with(1000, 50, 50, 2), text);
    assertThat(ids(snapshot)).containsExactly("Pod shop/a", "Pod shop/b");
    assertThat(codes(snapshot)).containsExactly("PV019");
    assertThat(snapshot.gaps()).hasSize(1);
  }

  @Test
  void files_over_their_number_are_left_out() throws IOException {
    for (int i = 0; i < 12; i++) {
      Files.writeString(dir.resolve("f%02d.yaml".formatted(i)), object("Pod", "p" + i));
    }
    Snapshot snapshot =
        read(
            FileSource.of(List.of(dir.toString()), InputStream.nullInputStream())
                .withLimits(with(1000, 50, 50, 50)));
    assertThat(snapshot.documents()).hasSize(10);
    assertThat(codes(snapshot)).containsExactly("PV019");
    assertThat(snapshot.gaps()).hasSize(1);
  }

  @Test
  void a_limit_that_no_array_can_hold_is_refused() {
    assertThatThrownBy(() -> new Limits(1L << 31, 1, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_guide_names_the_limits_that_are_set() throws IOException {
    String guide =
        Files.readString(Path.of(System.getProperty("project.root"), "docs/guide/input.md"));
    Matcher row = Pattern.compile("(?m)^\\| ([a-z ]+) \\| ([0-9,]+)( MiB)? \\|").matcher(guide);
    List<String> rows =
        row.results()
            .map(r -> r.group(1) + "=" + r.group(2) + (r.group(3) == null ? "" : r.group(3)))
            .toList();
    Limits d = Limits.DEFAULT;
    assertThat(rows)
        .containsExactly(
            "bytes per file=" + d.bytesPerFile() / (1 << 20) + " MiB",
            "bytes per document=" + d.bytesPerDocument() / (1 << 20) + " MiB",
            "levels of nesting=%d".formatted(d.depth()),
            "nodes repeated by aliases=%,d".formatted(d.aliasedNodes()),
            "documents per file=%,d".formatted(d.documents()),
            "files=%,d".formatted(d.files()));
  }
}
