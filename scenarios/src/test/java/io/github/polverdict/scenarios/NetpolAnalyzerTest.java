package io.github.polverdict.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import io.github.polverdict.questions.diff.DiffAnswer;
import io.github.polverdict.questions.diff.DiffQuestion;
import io.github.polverdict.report.Connections;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.exchange.Correspondence;
import io.github.polverdict.workbench.exchange.Mixer;
import io.github.polverdict.workbench.universe.Grouping;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * netpol-analyzer's golden files as sets of connections, at the granularity of workloads. Cases
 * that need what is not judged yet are left out by the kinds of their objects; others by name, with
 * the reason, in conformance-exceptions.txt.
 */
class NetpolAnalyzerTest {
  private static final Set<String> LATER =
      Set.of(
          "UserDefinedNetwork",
          "ClusterUserDefinedNetwork",
          "NetworkAttachmentDefinition",
          "VirtualMachine",
          "VirtualMachineInstance");
  private static final String CNI = "kubernetes,ipblock=external";
  private static final Pattern KIND = Pattern.compile("(?m)^[\\s-]*\"?kind\"?:\\s*\"?([A-Za-z]+)");
  private static final Pattern HOST_NETWORK = Pattern.compile("\"?hostNetwork\"?:\\s*true");
  private static final Pattern LINE = Pattern.compile("(\\S.*?) => (\\S+)(?: : (.*))?");
  private static final Pattern DIFF =
      Pattern.compile(
          "diff-type: (\\w+), source: (.*?), destination: (.*?), (?:dir1|ref1): *(.*?),"
              + " (?:dir2|ref2): *(.*?)(?:, workloads-diff-info: .*)?");
  private static final Pattern RANGE = Pattern.compile("([0-9.]+)-([0-9.]+)(?:\\[External])?");

  /** A connection list: source and destination, then what passes (for a diff: on both sides). */
  private record Pair(String src, String dst) {}

  @TestFactory
  Stream<DynamicTest> golden_files_are_reproduced() throws IOException {
    Path folder = Conformance.folder("netpol-analyzer");
    Map<String, String> exceptions = exceptions();
    JsonNode cases = Conformance.JSON.readTree(folder.resolve("cases.json").toFile());
    List<DynamicTest> out = new ArrayList<>();
    Map<String, Integer> left = new TreeMap<>();
    for (JsonNode c : cases) {
      Optional<String> reason = leftOut(folder, c, exceptions);
      if (reason.isPresent()) {
        left.merge(reason.get(), 1, Integer::sum);
      } else {
        out.add(DynamicTest.dynamicTest(c.get("expected").asString(), () -> check(folder, c)));
      }
    }
    System.out.printf(
        "netpol-analyzer: %d of %d cases compared; left out: %s%n", out.size(), cases.size(), left);
    assertThat(out).isNotEmpty();
    return out.stream();
  }

  private static Map<String, String> exceptions() throws IOException {
    Map<String, String> out = new TreeMap<>();
    try (InputStream in =
        NetpolAnalyzerTest.class.getResourceAsStream("/conformance-exceptions.txt")) {
      String text =
          new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .forEach(l -> out.put(l.split("\\s+", 2)[0], l.split("\\s+", 2)[1]));
    }
    return out;
  }

  private static Optional<String> leftOut(Path folder, JsonNode c, Map<String, String> exceptions)
      throws IOException {
    String kind = c.get("kind").asString();
    if (kind.equals("explain")) {
      return Optional.of("is text for people");
    }
    for (String key : List.of("dir", "dir2")) {
      String dir = c.path(key).asString("");
      if (exceptions.containsKey(dir)) {
        return Optional.of(exceptions.getOrDefault(dir, ""));
      }
      if (!dir.isEmpty() && hasHostNetwork(folder.resolve("tests").resolve(dir))) {
        return Optional.of("takes pods on the host's network for ordinary ones (its fault B27)");
      }
      for (String later :
          dir.isEmpty() ? Set.<String>of() : kinds(folder.resolve("tests").resolve(dir))) {
        if (LATER.contains(later)) {
          return Optional.of("needs " + later);
        }
      }
    }
    for (String key : List.of("dir", "dir2")) {
      String dir = c.path(key).asString("");
      if (!dir.isEmpty() && isRefused(folder, c.get(key))) {
        return Optional.of("has objects that the API server refuses");
      }
    }
    if (kind.equals("exposure") && exposure(folder, c).hasNames()) {
      return Optional.of("names ports that no container declares");
    }
    return c.get("multi").asBoolean()
        ? Optional.of("is about several networks of a pod")
        : Optional.empty();
  }

  private static ExposureRows exposure(Path folder, JsonNode c) throws IOException {
    Path golden = folder.resolve("expected").resolve(c.get("expected").asString());
    return ExposureRows.of(Files.readString(golden), c.get("format").asString());
  }

  /**
   * Whether a cluster-wide policy lacks what its definition requires, or a workload selects none of
   * its own pods: that tool takes both.
   */
  private static boolean isRefused(Path folder, JsonNode dir) throws IOException {
    try {
      return open(folder, dir).findings().stream()
          .anyMatch(f ->
              f.code().equals("PV054")
                  || (f.code().equals("PV080")
                      && f.origin().text().contains("AdminNetworkPolicy")));
    } catch (UnreadableSource e) {
      throw new IOException(e);
    }
  }

  private static boolean hasHostNetwork(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (HOST_NETWORK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find()) {
          return true;
        }
      }
      return false;
    }
  }

  private static Set<String> kinds(Path dir) throws IOException {
    Set<String> out = new TreeSet<>();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = KIND.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
          out.add(matcher.group(1));
        }
      }
    }
    return out;
  }

  private static void check(Path folder, JsonNode c) throws Exception {
    String text =
        Files.readString(folder.resolve("expected").resolve(c.get("expected").asString()));
    String kind = c.get("kind").asString();
    String format = c.get("format").asString();
    AnalyzerFocus focus = AnalyzerFocus.of(c.get("cli"));
    boolean exposure = kind.equals("exposure");
    Map<Pair, String> expected =
        parsed(exposure ? ExposureRows.before(text, format) : text, format, kind);
    Map<Pair, String> got =
        kind.equals("diff")
            ? diff(open(folder, c.get("dir")), open(folder, c.get("dir2")))
            : focused(connections(open(folder, c.get("dir"))), focus);
    TreeSet<IpAddress> cuts = new TreeSet<>();
    Stream.of(expected, got).forEach(m -> m.keySet().forEach(p -> cuts(p, cuts)));
    assertThat(expanded(got, cuts)).containsExactlyInAnyOrderElementsOf(expanded(expected, cuts));
    if (exposure) {
      exposure(folder, c).check(snapshot(folder, c.get("dir")), CNI, focus);
    }
  }

  private static Map<Pair, String> focused(Map<Pair, String> all, AnalyzerFocus focus) {
    Map<Pair, String> out = new java.util.LinkedHashMap<>();
    all.forEach(
        (pair, conn) -> focus.of(pair.src(), pair.dst(), conn).ifPresent(c -> out.put(pair, c)));
    return out;
  }

  private static Session open(Path folder, JsonNode dir) throws UnreadableSource {
    return Conformance.open(snapshot(folder, dir), CNI, Grouping.CONTROLLER);
  }

  private static Snapshot snapshot(Path folder, JsonNode dir) throws UnreadableSource {
    String path = folder.resolve("tests").resolve(dir.asString()).toString();
    return FileSource.of(List.of(path), new ByteArrayInputStream(new byte[0])).read();
  }

  private static Map<Pair, String> connections(Session session) {
    Reply<ConnectivityAnswer> reply = ConnectivityQuestion.all().ask(session);
    ConnectivityAnswer answer = ((Reply.Answered<ConnectivityAnswer>) reply).answer();
    Map<Pair, String> out = new java.util.LinkedHashMap<>();
    for (ConnectivityAnswer.Row row : answer.rows()) {
      String conn = Connections.withPorts(row.reach().allowed());
      if (!conn.equals("No Connections")) {
        out.put(new Pair(name(row.src()), name(row.dst())), conn);
      }
    }
    return out;
  }

  private static Map<Pair, String> diff(Session a, Session b) {
    DiffAnswer answer = new DiffQuestion(false).ask(Mixer.of(a, b, Correspondence.SAME));
    Map<Pair, String> out = new java.util.LinkedHashMap<>();
    for (DiffAnswer.Pair pair : answer.pairs()) {
      String before = conn(pair.a().allowed());
      String after = conn(pair.b().allowed());
      if (!before.equals(after)) {
        put(out, name(pair.src()), name(pair.dst()), before + " / " + after);
      }
    }
    return out;
  }

  private static String conn(TrafficSet traffic) {
    return Connections.withPorts(traffic);
  }

  private static String name(Party party) {
    return party.name();
  }

  private static Map<Pair, String> parsed(String text, String format, String kind) {
    Map<Pair, String> out = new java.util.LinkedHashMap<>();
    if (format.equals("json")) {
      for (JsonNode row : Conformance.JSON.readTree(text)) {
        put(
            out,
            row.get("src").asString(),
            row.get("dst").asString(),
            row.path("conn").asString(""));
      }
      return out;
    }
    for (String line : text.lines().toList()) {
      if (format.equals("csv")) {
        csv(out, csv(line), kind);
      } else if (kind.equals("diff")) {
        Matcher m = DIFF.matcher(line);
        if (m.matches()) {
          put(out, m.group(2), m.group(3), m.group(4) + " / " + m.group(5));
        }
      } else {
        Matcher m = LINE.matcher(line);
        if (m.matches()) {
          put(out, m.group(1), m.group(2), m.group(3) == null ? "" : m.group(3));
        }
      }
    }
    return out;
  }

  private static void csv(Map<Pair, String> out, List<String> cells, String kind) {
    if (kind.equals("diff") && !cells.getFirst().equals("diff-type")) {
      put(out, cells.get(1), cells.get(2), cells.get(3) + " / " + cells.get(4));
    } else if (!kind.equals("diff") && !cells.getFirst().equals("src")) {
      put(out, cells.get(0), cells.get(1), cells.size() > 2 ? cells.get(2) : "");
    }
  }

  static List<String> csv(String line) {
    List<String> out = new ArrayList<>();
    String rest = line;
    while (!rest.isEmpty()) {
      if (rest.startsWith("\"")) {
        int end = rest.indexOf('"', 1);
        out.add(rest.substring(1, end));
        rest = rest.substring(Math.min(rest.length(), end + 2));
      } else {
        int end = rest.indexOf(',');
        out.add(end < 0 ? rest : rest.substring(0, end));
        rest = end < 0 ? "" : rest.substring(end + 1);
      }
    }
    return out;
  }

  /**
   * What an ingress controller may reach is another question; what replicas of one workload may
   * send each other is never printed there.
   */
  private static void put(Map<Pair, String> out, String src, String dst, String conn) {
    if (!src.equals("{ingress-controller}") && !src.equals(dst)) {
      out.put(new Pair(src.replace("[External]", ""), dst.replace("[External]", "")), conn);
    }
  }

  private static void cuts(Pair pair, Set<IpAddress> cuts) {
    for (String side : List.of(pair.src(), pair.dst())) {
      Matcher m = RANGE.matcher(side);
      if (m.matches()) {
        cuts.add(IpAddress.parse(m.group(1)).orElseThrow());
        IpAddress.parse(m.group(2)).orElseThrow().next().ifPresent(cuts::add);
      }
    }
  }

  private static Set<String> expanded(Map<Pair, String> rows, TreeSet<IpAddress> cuts) {
    Set<String> out = new TreeSet<>();
    rows.forEach((pair, conn) -> {
      for (String src : pieces(pair.src(), cuts)) {
        for (String dst : pieces(pair.dst(), cuts)) {
          out.add(src + " => " + dst + " : " + conn);
        }
      }
    });
    return out;
  }

  /** A range as its pieces, each by its first address. */
  private static List<String> pieces(String side, TreeSet<IpAddress> cuts) {
    Matcher m = RANGE.matcher(side);
    if (!m.matches()) {
      return List.of(side);
    }
    IpAddress first = IpAddress.parse(m.group(1)).orElseThrow();
    IpAddress last = IpAddress.parse(m.group(2)).orElseThrow();
    return cuts.subSet(first, true, last, true).stream().map(a -> "from " + a).toList();
  }
}
