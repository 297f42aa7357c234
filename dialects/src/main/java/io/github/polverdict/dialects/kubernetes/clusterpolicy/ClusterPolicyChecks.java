package io.github.polverdict.dialects.kubernetes.clusterpolicy;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What keeps a policy from being read: its definition refuses it, or takes what nobody can read.
 * The definitions are those of the experimental channels (network-policy-api config/crd, v0.1.7 for
 * the kinds of v1alpha1 and v0.2.0 for ClusterNetworkPolicy): a server with a standard one refuses
 * their further fields when it is asked to be strict.
 */
final class ClusterPolicyChecks {
  private final Document document;
  private final List<Finding> findings;
  private final boolean subjectValid;

  ClusterPolicyChecks(Document document, Function<Document, List<Finding>> refusals) {
    this.document = document;
    List<Finding> refused = refusals.apply(document);
    List<Finding> all = new ArrayList<>(refused);
    if (refused.stream().noneMatch(f -> f.severity() == Severity.ERROR)) {
      all.addAll(unparsable(spec()));
    }
    this.findings = List.copyOf(all);
    Field subject = document.at("spec", "subject");
    this.subjectValid =
        subject.present()
            && refused.stream().noneMatch(f -> f.message().contains(subject.path()))
            && unparsable(Stream.of(subject)).isEmpty();
  }

  List<Finding> findings() {
    return findings;
  }

  /** Whether {@code subject} can be read though something else may be wrong. */
  boolean subjectValid() {
    return subjectValid;
  }

  /** The parts of the policy that hold selectors and ports. */
  private Stream<Field> spec() {
    Field spec = document.at("spec");
    Stream<Field> rules =
        Stream.concat(
            spec.get("ingress").items().stream()
                .flatMap(r -> Stream.concat(r.get("from").items().stream(), ports(r))),
            spec.get("egress").items().stream()
                .flatMap(r -> Stream.concat(r.get("to").items().stream(), ports(r))));
    return Stream.concat(Stream.of(spec.get("subject")), rules);
  }

  private static Stream<Field> ports(Field rule) {
    return rule.get("ports").items().stream();
  }

  /** Schemas ask for a selector's form only, not for what its words mean. */
  private static List<Finding> unparsable(Stream<Field> parts) {
    Unparsable unparsable = new Unparsable();
    parts.forEach(part -> {
      unparsable.selector(part.get("namespaces"));
      unparsable.selector(part.get("nodes"));
      unparsable.selector(part.get("pods").get("namespaceSelector"));
      unparsable.selector(part.get("pods").get("podSelector"));
      unparsable.protocol(part.get("portNumber").get("protocol"));
      unparsable.protocol(part.get("portRange").get("protocol"));
    });
    return unparsable.findings();
  }
}
