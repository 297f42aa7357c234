package io.github.polverdict.dialects.kubernetes;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.FieldChecks;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The API server's rules for a NetworkPolicy: pkg/apis/networking/validation/validation.go
 * (ValidateNetworkPolicySpec, ValidateNetworkPolicyPort, ValidateNetworkPolicyPeer,
 * ValidateIPBlock) of kubernetes v1.34, and the strict decoding that kubectl asks for.
 */
final class NetworkPolicyChecks {
  private final FieldChecks checks = new FieldChecks(CODE);
  private boolean subjectValid;

  /** Code of every refusal. */
  private static final String CODE = "PV080";

  private static final String OLD = "extensions/v1beta1";

  List<Finding> check(Document document) {
    served(document);
    Field spec = document.at("spec");
    checks.isMap(spec);
    checks.onlyFields(document.field(), Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    checks.onlyFields(spec, Set.of("podSelector", "policyTypes", "ingress", "egress"));
    int before = checks.findings().size();
    checks.labelSelector(spec.get("podSelector"));
    subjectValid = checks.findings().size() == before;
    policyTypes(spec.get("policyTypes"));
    rules(spec.get("ingress"), "from");
    rules(spec.get("egress"), "to");
    return checks.findings();
  }

  /** Servers before 1.16 took the same object of {@code extensions/v1beta1}, too: PV083. */
  private void served(Document document) {
    String version = document.id().apiVersion();
    if (!Set.of("networking.k8s.io/v1", OLD).contains(version)) {
      String says = "no matches for kind \"NetworkPolicy\" in version \"" + version + "\"";
      checks.refuse(document.at("apiVersion"), says, "served is networking.k8s.io/v1");
    }
  }

  /** What the API server takes and a newer one would refuse (CHANGELOG of kubernetes v1.16). */
  static Optional<Finding> old(Document document) {
    return document.id().apiVersion().equals(OLD)
        ? Optional.of(
            new Finding(
                "PV083",
                Severity.WARNING,
                document.id().text()
                    + " is of extensions/v1beta1, which servers from Kubernetes 1.16 on refuse",
                "write apiVersion: networking.k8s.io/v1; the fields are the same",
                document.at("apiVersion").origin()))
        : Optional.empty();
  }

  /** Whether {@code podSelector} can be read though something else may be wrong. */
  boolean subjectValid() {
    return subjectValid;
  }

  private void policyTypes(Field types) {
    checks.isList(types);
    for (Field type : types.items()) {
      checks.oneOf(type, List.of("Ingress", "Egress"));
    }
    if (types.items().size() > 2) {
      checks.refuse(types, "policyTypes may have at most two entries");
    }
  }

  private void rules(Field rules, String peers) {
    checks.isList(rules);
    for (Field rule : rules.items()) {
      checks.isMap(rule);
      checks.onlyFields(rule, Set.of("ports", peers));
      checks.isList(rule.get("ports"));
      checks.isList(rule.get(peers));
      rule.get("ports").items().forEach(this::port);
      rule.get(peers).items().forEach(this::peer);
    }
  }

  private void port(Field field) {
    checks.isMap(field);
    checks.onlyFields(field, Set.of("protocol", "port", "endPort"));
    if (field.get("protocol").present()) {
      checks.oneOf(field.get("protocol"), List.of("TCP", "UDP", "SCTP"));
    }
    Field port = field.get("port");
    if (port.present()) {
      checks.portOrName(port);
    }
    Field end = field.get("endPort");
    if (end.present()) {
      checks.port(end);
      Optional<Integer> first = port.integer();
      if (first.isEmpty()) {
        checks.refuse(end, "endPort may not be given when port is absent or a name");
      } else if (end.integer().orElse(first.get()) < first.get()) {
        checks.refuse(end, "endPort must be at least port, " + first.get());
      }
    }
  }

  private void peer(Field field) {
    checks.isMap(field);
    checks.onlyFields(field, Set.of("podSelector", "namespaceSelector", "ipBlock"));
    Field block = field.get("ipBlock");
    boolean selects =
        field.get("podSelector").present() || field.get("namespaceSelector").present();
    checks.labelSelector(field.get("podSelector"));
    checks.labelSelector(field.get("namespaceSelector"));
    if (!selects && !block.present()) {
      checks.refuse(field, "a peer must have a podSelector, a namespaceSelector or an ipBlock");
    } else if (selects && block.present()) {
      checks.refuse(field, "a peer may not have both an ipBlock and a selector");
    }
    if (block.present()) {
      block(block);
    }
  }

  private void block(Field block) {
    checks.isMap(block);
    checks.onlyFields(block, Set.of("cidr", "except"));
    Optional<IpSet> cidr = cidr(block.get("cidr"));
    checks.isList(block.get("except"));
    for (Field field : block.get("except").items()) {
      Optional<IpSet> except = cidr(field);
      if (cidr.isPresent() && except.isPresent()) {
        boolean within = except.get().subsetOf(cidr.get()) && !except.get().equals(cidr.get());
        if (!within) {
          checks.refuse(
              field,
              "except must lie within cidr " + block.get("cidr").text("") + " and be smaller");
        }
      }
    }
  }

  private Optional<IpSet> cidr(Field field) {
    Optional<IpSet> out = field.string().flatMap(Cidrs::sloppy);
    if (out.isEmpty()) {
      checks.refuse(
          field,
          field.present()
              ? "'" + field.text("") + "' is not a CIDR as 10.0.0.0/8 or fd00::/8"
              : "cidr is required");
    }
    return out;
  }
}
