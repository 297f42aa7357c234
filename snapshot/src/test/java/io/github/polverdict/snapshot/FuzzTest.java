package io.github.polverdict.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random changes of good files: whatever comes, it is read or reported, never thrown. */
class FuzzTest {
  private static final String YAML =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: &m
        name: web
        namespace: shop
        labels: {app: web, "tier": 'x'}
      spec:
        podSelector: {matchLabels: &l {a: b, <<: {c: d}}}
        ingress:
        - from:
          - podSelector: {matchLabels: *l}
          - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
          ports: [{port: 80, protocol: TCP}]
      ---
      apiVersion: v1
      kind: List
      items:
      - {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}}
      - apiVersion: v1
        kind: ConfigMap
        metadata: {name: c, namespace: shop}
        data:
          x: |+
            text

          y: "a\\tb\\u00e9"
      """;
  private static final String JSON =
      """
      {"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "a", "namespace": "shop",
        "labels": {"x": "y"}}, "status": {"podIP": "10.0.0.1", "n": [1, -2.5e3, true, null]}}]}
      {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s", "namespace": "shop"}}
      """;
  private static final byte[][] PIECES =
      List.of(
              "\n",
              "  ",
              "\t",
              "---\n",
              "...\n",
              ": ",
              "- ",
              "{",
              "}",
              "[",
              "]",
              "\"",
              "'",
              "&a ",
              "*a",
              "<<: ",
              "!!int ",
              "|",
              ">",
              "#",
              "%",
              "@",
              "?",
              "\\",
              "\0",
              "é",
              "\uFEFF",
              "\u2028",
              "{{ x }}",
              "null",
              "0x",
              "kind: X\n")
          .stream()
          .map(s -> s.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);
  private static final Limits LIMITS = new Limits(100_000, 50_000, 30, 200, 20, 10);

  @Test
  void a_changed_file_is_read_or_reported() {
    long seed = Long.getLong("polverdict.seed", 20261123L);
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      byte[] bytes = changed(random, random.nextBoolean() ? YAML : JSON);
      String input = new String(bytes, StandardCharsets.ISO_8859_1);
      try {
        check(Texts.read(bytes, LIMITS), input);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "seed " + seed + ", round " + i + ", bytes as Latin-1:\n" + input, e);
      }
    }
  }

  private static void check(Snapshot snapshot, String input) {
    List<Finding> errors =
        snapshot.findings().stream().filter(f -> f.severity() == Severity.ERROR).toList();
    assertThat(snapshot.documents().size() + snapshot.findings().size()).as(input).isPositive();
    for (Finding finding : errors) {
      boolean hidesNothing = finding.code().equals("PV013");
      assertThat(hidesNothing || !snapshot.gaps().isEmpty()).as(input).isTrue();
      assertThat(finding.message()).as(input).doesNotContain("\n", "Source:");
      assertThat(finding.origin())
          .as(input)
          .isInstanceOfSatisfying(
              Origin.InFile.class,
              o -> {
                assertThat(o.line())
                    .isBetween(1, (int) input.chars().filter(c -> c == '\n').count() + 2);
                assertThat(o.column()).isPositive();
              });
    }
    for (Document document : snapshot.documents()) {
      assertThat(document.id().kind()).as(input).matches("[A-Za-z0-9-]+");
      assertThat(document.id().name()).as(input).isNotEmpty();
    }
  }

  private static byte[] changed(Random random, String text) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(b);
    }
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(bytes.size());
      switch (random.nextInt(4)) {
        case 0 ->
            bytes.subList(at, Math.min(bytes.size() - 1, at + 1 + random.nextInt(20))).clear();
        case 1 -> bytes.set(at, (byte) random.nextInt(256));
        case 2 -> {
          for (byte b : PIECES[random.nextInt(PIECES.length)]) {
            bytes.add(at, b);
          }
        }
        default -> {
          int to = Math.min(bytes.size(), at + random.nextInt(60));
          bytes.addAll(random.nextInt(bytes.size()), List.copyOf(bytes.subList(at, to)));
        }
      }
    }
    byte[] out = new byte[bytes.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes.get(i);
    }
    return out;
  }
}
