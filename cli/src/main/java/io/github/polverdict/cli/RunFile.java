package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.model.Observation;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Passage.Via;
import io.github.polverdict.questions.verify.Recorded;
import io.github.polverdict.questions.verify.choice.Coverage;
import io.github.polverdict.snapshot.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run of verify that was saved: its JSON answer, of which flows, predictions and what probes saw
 * are read again.
 *
 * @param cluster the UID of its namespace kube-system; empty when it is not known
 */
record RunFile(List<Recorded> flows, Coverage coverage, long seed, String cluster) {

  static RunFile read(Path file) {
    Field root = SavedAnswer.read(file, "verify");
    try {
      Field coverage = root.get("coverage");
      Map<String, Long> skipped = new TreeMap<>();
      for (Field reason : coverage.get("skipped").items()) {
        skipped.put(text(reason, "why"), number(reason, "count"));
      }
      return new RunFile(
          root.get("flows").items().stream().map(RunFile::flow).toList(),
          new Coverage(number(coverage, "distinguishable"), number(coverage, "chosen"), skipped),
          number(root, "seed"),
          root.get("cluster").get("uid").string().orElse(""));
    } catch (IllegalArgumentException e) {
      throw new Complaint(ExitCode.UNREADABLE, Desk.sentence(e));
    }
  }

  private static Recorded flow(Field field) {
    Field at = field.get("at");
    Recorded.Call call =
        new Recorded.Call(
            text(field, "to"),
            constant(Via.class, field.get("via")),
            IpAddress.parse(at.text("")).orElseThrow(() -> fault(at, "an address")),
            constant(Protocol.class, field.get("protocol")),
            (int) number(field, "port"));
    Field probed = field.get("probed");
    return new Recorded(
        text(field, "id"),
        text(field, "from"),
        call,
        Optional.of(constant(Outcome.class, field.get("predicted"))),
        probed.present() ? Optional.of(seen(probed)) : Optional.empty());
  }

  private static Recorded.Seen seen(Field probed) {
    return new Recorded.Seen(
        constant(Observation.Sign.class, probed.get("sign")),
        (int) number(probed, "tries"),
        Duration.ofMillis(number(probed, "tookMillis")),
        text(probed, "detail"));
  }

  private static String text(Field field, String key) {
    return field.get(key).text().orElseThrow(() -> fault(field, "a text " + key));
  }

  private static long number(Field field, String key) {
    String text = field.get(key).text("");
    if (!text.matches("-?[0-9]{1,18}")) {
      throw fault(field, "a number " + key);
    }
    return Long.parseLong(text);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, Field field) {
    String text = field.text("");
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException _) {
      throw fault(field, "a " + type.getSimpleName() + " and found '" + text + "'");
    }
  }

  private static IllegalArgumentException fault(Field field, String expected) {
    return new IllegalArgumentException(
        field.origin().text() + ": expected " + expected + "; was the file changed by hand?");
  }
}
