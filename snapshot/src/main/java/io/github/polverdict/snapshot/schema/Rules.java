package io.github.polverdict.snapshot.schema;

import io.github.polverdict.snapshot.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rules in CEL that bundled definitions have, each by its text. A test holds that there is one
 * for every rule of every bundle (ADR 0017 says why there is no evaluator of CEL). A rule of a
 * cluster's own definition that is not here is not asked. What a rule needs and is not there breaks
 * no rule: the schema has refused it.
 */
final class Rules {
  private static final Map<String, Predicate<Field>> KNOWN = known();

  private Rules() {}

  private static Map<String, Predicate<Field>> known() {
    Map<String, Predicate<Field>> out = new LinkedHashMap<>();
    out.put(
        "has(self.spec) || has(self.specs)",
        self -> self.get("spec").present() || self.get("specs").present());
    out.put("isCIDR(self)", self -> self.string().map(Formats::isCidr).orElse(true));
    out.put("self.start < self.end", self -> isLess(self.get("start"), self.get("end")));
    out.put(
        "self.metadata.name == 'default'",
        self -> self.get("metadata").get("name").text("").equals("default"));
    out.put(
        "!(self.to.exists(peer, has(peer.networks) || has(peer.nodes)) && has(self.ports) &&"
            + " self.ports.exists(port, has(port.namedPort)))",
        self -> !(any(self, "to", "networks", "nodes") && any(self, "ports", "namedPort")));
    out.put(
        "!(self.to.exists(peer, has(peer.networks) || has(peer.nodes) || has(peer.domainNames)) &&"
            + " has(self.ports) && self.ports.exists(port, has(port.namedPort)))",
        self ->
            !(any(self, "to", "networks", "nodes", "domainNames")
                && any(self, "ports", "namedPort")));
    out.put(
        "!(self.to.exists(peer, has(peer.networks) || has(peer.nodes) || has(peer.domainNames)) &&"
            + " has(self.protocols) && self.protocols.exists(protocol,"
            + " has(protocol.destinationNamedPort)))",
        self ->
            !(any(self, "to", "networks", "nodes", "domainNames")
                && any(self, "protocols", "destinationNamedPort")));
    return out;
  }

  /** Whether some item of a list has one of the members. */
  private static boolean any(Field self, String list, String... members) {
    return self.get(list).items().stream()
        .anyMatch(item -> Stream.of(members).anyMatch(m -> item.get(m).present()));
  }

  private static boolean isLess(Field one, Field other) {
    return one.integer().isEmpty()
        || other.integer().isEmpty()
        || one.integer().get() < other.integer().get();
  }

  /** Whether a rule is about an object that changes; one that is created breaks none such. */
  static boolean isOfChange(String rule) {
    return rule.contains("oldSelf");
  }

  /** What a rule asks for. */
  static Optional<Predicate<Field>> of(String rule) {
    return Optional.ofNullable(KNOWN.get(rule.strip().replaceAll("\\s+", " ")));
  }
}
