package io.github.polverdict.dialects.antrea.policy;

import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.dialects.antrea.policy.Groups.Members;
import io.github.polverdict.dialects.api.LabelQuery;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who a policy or a rule is for: {@code appliedTo}
 * (pkg/controller/networkpolicy/antreaclusternetworkpolicy.go, processClusterAppliedTo;
 * antreanetworkpolicy.go, processAppliedTo).
 */
final class Subjects {
  private final Groups groups;
  private final String namespace;
  private final boolean nodes;

  /**
   * Endpoints.
   *
   * @param onlyIf facts without which it is not known whether they are meant
   */
  record Subject(Selector who, List<Doubt> onlyIf) {
    Subject {
      onlyIf = List.copyOf(onlyIf);
    }
  }

  /**
   * An entry as rules see it whose peers depend on the subject's namespace.
   *
   * @param namespaces that it is about
   * @param account whether it is about a service account
   */
  record Entry(Selector namespaces, Selector pods, boolean account) {}

  /**
   * @param namespace the policy's own; empty for one of the cluster
   * @param nodes whether policies may be for nodes (NodeNetworkPolicy)
   */
  Subjects(Groups groups, String namespace, boolean nodes) {
    this.groups = groups;
    this.namespace = namespace;
    this.nodes = nodes;
  }

  /** The sure ones as one subject, then those of which something is not known. */
  List<Subject> of(List<Field> appliedTo) {
    List<Selector> sure = new ArrayList<>();
    List<Subject> out = new ArrayList<>();
    for (Field entry : appliedTo) {
      for (Subject subject : entry(entry)) {
        if (subject.onlyIf().isEmpty()) {
          sure.add(subject.who());
        } else {
          out.add(subject);
        }
      }
    }
    if (!sure.isEmpty()) {
      out.addFirst(new Subject(any(sure), List.of()));
    }
    return out;
  }

  private List<Subject> entry(Field entry) {
    if (entry.get("nodeSelector").present()) {
      Selector who = nodes(entry.get("nodeSelector"));
      return nodes ? List.of(new Subject(who, List.of())) : List.of();
    }
    if (entry.get("group").present()) {
      return group(entry.get("group"));
    }
    if (entry.get("serviceAccount").present()) {
      return List.of(new Subject(account(entry.get("serviceAccount")), List.of()));
    }
    boolean elsewhere =
        entry.get("service").present() || entry.get("externalEntitySelector").present();
    return elsewhere
        ? List.of()
        : Groups.pods(entry, namespace).stream().map(p -> new Subject(p, List.of())).toList();
  }

  /** Groups of address ranges are for nobody; a Group may not reach into other namespaces. */
  private List<Subject> group(Field field) {
    Members members = groups.of(namespace, field.text(""));
    List<Subject> out = new ArrayList<>();
    boolean wide =
        !namespace.isEmpty()
            && groups
                .find(namespace, field.text(""))
                .filter(g -> g.at("spec", "namespaceSelector").present())
                .isPresent();
    Doubt unsupported =
        new Doubt.KnownAtRuntime(
            "whether the Group has pods of other namespaces, which keeps the policy from being"
                + " realized",
            field.origin());
    if (!members.pods().isEmpty()) {
      Selector all = any(members.pods());
      Selector who = nodes ? all : Selector.and(Selector.pods(), all);
      out.add(new Subject(who, wide ? List.of(unsupported) : List.of()));
    }
    if (!members.open().isEmpty()) {
      out.add(new Subject(everybody(), members.open()));
    }
    return out;
  }

  private Selector everybody() {
    return namespace.isEmpty()
        ? Selector.pods()
        : Selector.and(Selector.pods(), new Selector.InNamespace(namespace));
  }

  static Selector nodes(Field selector) {
    return Selector.and(
        new Selector.OfKind(Set.of(Kind.NODE, Kind.HOST_POD)),
        LabelQuery.read(selector).selector(Scope.NODE));
  }

  static Selector account(Field account) {
    return Selector.and(
        Selector.pods(),
        new Selector.InNamespace(account.get("namespace").text("")),
        new Selector.OfServiceAccount(Set.of(account.get("name").text(""))));
  }

  static Selector any(List<Selector> some) {
    return some.size() == 1 ? some.getFirst() : new Selector.Or(some);
  }

  /** The entries as rules by namespace take them: of a ClusterGroup, all pods of its namespaces. */
  List<Entry> entries(List<Field> appliedTo) {
    List<Entry> out = new ArrayList<>();
    for (Field entry : appliedTo) {
      Field account = entry.get("serviceAccount");
      Optional<Document> group = groups.find("", entry.get("group").text(""));
      if (account.present()) {
        Selector home = new Selector.InNamespace(account.get("namespace").text(""));
        out.add(new Entry(home, account(account), true));
      } else if (!entry.get("group").present() || group.isPresent()) {
        Field namespaces =
            group
                .map(g -> g.at("spec", "namespaceSelector"))
                .orElseGet(() -> entry.get("namespaceSelector"));
        Selector pods = LabelQuery.read(entry.get("podSelector")).selector(Scope.ENDPOINT);
        out.add(
            new Entry(
                LabelQuery.read(namespaces).selector(Scope.NAMESPACE),
                Selector.and(Selector.pods(), pods),
                false));
      }
    }
    return out;
  }

  /** Of entries about one namespace, the last one counts. */
  static List<Selector> lastOf(List<Entry> entries) {
    List<Selector> out = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      List<Selector> all =
          new ArrayList<>(List.of(entries.get(i).namespaces(), entries.get(i).pods()));
      entries
          .subList(i + 1, entries.size())
          .forEach(later -> all.add(new Selector.Not(later.namespaces())));
      out.add(new Selector.And(all));
    }
    return out;
  }

  /** Those from the last entry on that is not about a service account. */
  static List<Entry> tail(List<Entry> entries) {
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      from = entries.get(i).account() ? from : i;
    }
    return entries.subList(from, entries.size());
  }
}
