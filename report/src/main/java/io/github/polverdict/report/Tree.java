package io.github.polverdict.report;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Protocol;
import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.questions.Missing;
import io.github.polverdict.questions.Reach;
import java.util.AbstractList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A tree of maps, lists, strings, numbers and booleans in the order that they are written: what
 * JSON and YAML output share. The published schema is docs/schema/polverdict-v1.schema.json.
 */
final class Tree {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  /** The root of an answer. */
  static Tree answer(String question) {
    return new Tree().put("apiVersion", "polverdict/v1").put("question", question);
  }

  static Tree map() {
    return new Tree();
  }

  Tree put(String key, Object value) {
    entries.put(
        key,
        switch (value) {
          case Tree tree -> tree.entries;
          case Enum<?> constant -> constant.name();
          default -> value;
        });
    return this;
  }

  Tree put(String key, Optional<?> value) {
    value.ifPresent(v -> put(key, v));
    return this;
  }

  <T> Tree put(String key, Collection<T> items, Function<T, Tree> each) {
    return put(key, items.stream().map(i -> each.apply(i).entries).toList());
  }

  /** Each is made when it is written, so that a hundred thousand are not there at once. */
  <T> Tree lazily(String key, List<T> items, Function<T, Tree> each) {
    List<T> all = List.copyOf(items);
    return put(
        key,
        new AbstractList<Map<String, Object>>() {
          @Override
          public Map<String, Object> get(int index) {
            return each.apply(all.get(index)).entries;
          }

          @Override
          public int size() {
            return all.size();
          }
        });
  }

  Map<String, Object> entries() {
    return entries;
  }

  static Tree origin(Origin origin) {
    Tree out = map().put("text", origin.text());
    return switch (origin) {
      case Origin.InFile f ->
          out.put("object", f.object())
              .put("file", f.path())
              .put("line", f.line())
              .put("column", f.column())
              .put("pointer", f.pointer());
      case Origin.InCluster c ->
          out.put("object", c.object())
              .put("cluster", c.cluster())
              .put("resourceVersion", c.version())
              .put("pointer", c.pointer());
      case Origin.BuiltIn b -> out.put("dialect", b.dialect()).put("quirk", b.quirk());
      case Origin.Bent b -> {
        origin(b.place()).entries.forEach(out.entries::putIfAbsent);
        yield out.put("dialect", b.because().dialect()).put("quirk", b.because().quirk());
      }
      case Origin.Said _ -> out;
    };
  }

  static Tree doubt(Doubt doubt) {
    Tree out = map().put("kind", doubt.getClass().getSimpleName()).put("text", doubt.text());
    return switch (doubt) {
      case Doubt.NotReadable d -> out.put("origin", origin(d.origin()));
      case Doubt.KnownAtRuntime d -> out.put("origin", origin(d.origin()));
      case Doubt.UndefinedOrder d -> out.put("contenders", d.contenders(), Tree::origin);
      case Doubt.Unsupported d -> out.put("origin", origin(d.origin()));
      case Doubt.Unverified d -> out.put("quirk", d.quirk());
    };
  }

  static Tree pin(Pin pin) {
    return map()
        .put("dialect", pin.dialect())
        .put("version", pin.version())
        .put("profile", pin.profile())
        .put("settings", pin.settings())
        .put("because", pin.because())
        .put("assumed", pin.assumed());
  }

  static Tree quirk(Origin.BuiltIn quirk) {
    return map().put("id", quirk.quirk()).put("says", quirk.says());
  }

  static Tree missing(Missing missing) {
    return map()
        .put("what", missing.what())
        .put("why", missing.why())
        .put("kinds", missing.kinds())
        .put("namespace", missing.namespace())
        .put("origin", origin(missing.origin()));
  }

  static Tree finding(Finding finding) {
    return map()
        .put("code", finding.code())
        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
        .put("message", finding.message())
        .put("help", finding.help())
        .put("origin", origin(finding.origin()));
  }

  /** {@code {"TCP": "80,443", "UDP": "53"}}. */
  static Tree traffic(TrafficSet traffic) {
    Tree out = map();
    for (Protocol protocol : Protocol.values()) {
      if (!traffic.numbers(protocol).isEmpty()) {
        out.put(protocol.name(), traffic.numbers(protocol).toString());
      }
    }
    return out;
  }

  static Tree reach(Reach reach) {
    return map().put("allowed", traffic(reach.allowed())).put("unknown", traffic(reach.unknown()));
  }

  /** The pins, and everything else that an answer stands on. */
  Tree standing(List<Pin> pins, List<Missing> missing, List<Finding> findings) {
    return put("pins", pins, Tree::pin)
        .put("missing", missing, Tree::missing)
        .put("findings", findings, Tree::finding);
  }
}
