package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Labels;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.questions.Bench;
import io.github.polverdict.questions.Exemption;
import io.github.polverdict.questions.Reply;
import io.github.polverdict.questions.baseline.BaselineAnswer.Notice;
import io.github.polverdict.questions.baseline.BaselineAnswer.Proof;
import io.github.polverdict.questions.baseline.BaselineAnswer.Row;
import io.github.polverdict.questions.baseline.BaselineAnswer.Sort;
import io.github.polverdict.questions.baseline.BaselineAnswer.Status;
import io.github.polverdict.questions.baseline.Demands.Wanted;
import io.github.polverdict.questions.inspect.InspectAnswer;
import io.github.polverdict.questions.inspect.InspectAnswer.Enforcement;
import io.github.polverdict.questions.inspect.InspectAnswer.Namespace;
import io.github.polverdict.questions.inspect.InspectQuestion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Are the defaults of every namespace what they must be?
 *
 * @param today the day by which exceptions end
 * @param namespaces those to look at; all when it is empty
 */
public record BaselineQuestion(Baseline baseline, LocalDate today, Set<String> namespaces) {
  public BaselineQuestion {
    namespaces = Set.copyOf(namespaces);
  }

  public Reply<BaselineAnswer> ask(Bench bench) {
    Demands demands = demands(bench);
    if (!demands.refusals().isEmpty()) {
      return new Reply.Refused<>(demands.refusals());
    }
    InspectAnswer inspected = new InspectQuestion().ask(bench);
    List<Judged> judged = Judged.of(bench, Dependencies.of(bench, baseline.known(), demands));
    List<Row> rows = new ArrayList<>();
    rows.add(enforcement(inspected.enforcement()));
    for (Namespace namespace : inspected.namespaces()) {
      demands.of(namespace.name()).ifPresent(w -> rows.addAll(rows(namespace, w, judged)));
    }
    return new Reply.Answered<>(
        new BaselineAnswer(
            bench.name(),
            baseline.name(),
            baseline.controls(),
            rows,
            demands.leftOut(),
            notices(rows, demands, bench),
            bench.model().pins(),
            bench.inventory().missing(),
            bench.findings()));
  }

  /** What every namespace is given, before anything is added that a call needs. */
  public List<Provision> defaults(Bench bench) {
    Demands demands = demands(bench);
    return apart(new DefaultProvisions(this, bench, demands).all());
  }

  /** Where only some namespaces are looked at, what is written is for each of them alone. */
  private List<Provision> apart(List<Provision> provisions) {
    return namespaces.isEmpty() ? provisions : Apart.of(provisions);
  }

  /** Whether a provision of that name is among those that an answer takes the place of. */
  public boolean replaces(String provision) {
    return namespaces.isEmpty()
        || Apart.namespace(provision).filter(namespaces::contains).isPresent();
  }

  /**
   * What becomes closed that was open and that the baseline does not deny; one sentence each,
   * without a full stop.
   *
   * @param with the same cluster with what was given
   */
  public List<String> isolated(Bench before, Bench with) {
    Demands demands = demands(with);
    InspectQuestion inspect = new InspectQuestion();
    List<String> out = new ArrayList<>(Losses.of(before, with, demands));
    out.addAll(
        Isolations.of(inspect.ask(before).namespaces(), inspect.ask(with).namespaces(), demands));
    return out;
  }

  /**
   * What chooses namespaces that do not exist yet, as a reader finds it in the baseline. What is
   * for all namespaces but those of today holds for these, too.
   */
  public List<String> growing() {
    List<String> out = new ArrayList<>();
    if (baseline.system().growing()) {
      out.add("systemNamespaces");
    }
    baseline.groups().stream()
        .filter(g -> g.namespaces().growing())
        .forEach(g -> out.add("group " + g.name()));
    baseline.exceptions().stream()
        .filter(e -> e.namespaces().growing())
        .forEach(e -> out.add("the exception of " + e.why().owner()));
    return out;
  }

  /**
   * What must be allowed beside, by calls that are denied here though the baseline wants them.
   *
   * @param bench the cluster with all that was given so far
   * @param byAddress whether to name addresses besides pods and nodes
   */
  public List<Provision> remedies(Bench bench, boolean byAddress) {
    Demands demands = demands(bench);
    List<Judged> judged = Judged.of(bench, Dependencies.of(bench, baseline.known(), demands));
    return apart(new Remedies(this, bench, demands, byAddress).of(judged));
  }

  private Demands demands(Bench bench) {
    Map<String, Labels> all = new TreeMap<>(bench.inventory().namespaces());
    bench.universe().endpoints().stream()
        .filter(e -> e.kind() == Kind.POD || e.kind() == Kind.HOST_POD)
        .forEach(e -> all.putIfAbsent(e.namespace(), e.facts().namespaceLabels()));
    return new Demands(baseline, all, namespaces);
  }

  private static Row enforcement(Enforcement found) {
    Status status =
        switch (found.extent()) {
          case ENFORCED -> Status.MET;
          case PARTLY, AUDIT_ONLY, NOT_ENFORCED -> Status.UNMET;
          case NOT_KNOWN -> Status.UNKNOWN;
        };
    return new Row(
        "", Item.ENFORCEMENT, Demand.ALLOW, status, found.says(), List.of(), Optional.empty());
  }

  private static List<Row> rows(Namespace namespace, Wanted wanted, List<Judged> judged) {
    List<Row> out = new ArrayList<>();
    StanceRows stances = new StanceRows(namespace);
    for (Item item : Item.OF_NAMESPACES) {
      Demand demand = wanted.of(item);
      if (demand == Demand.ANY) {
        continue;
      }
      Row row =
          switch (item) {
            case INGRESS, EGRESS, SAME_NAMESPACE -> stances.of(item, demand);
            case ENFORCEMENT, DNS, PROBES, API_SERVER, WEBHOOKS, SCRAPE, INGRESS_PATH, METADATA ->
                row(namespace.name(), item, demand, judged);
          };
      Row sure = wanted.unsure().isEmpty() ? row : unsure(row, wanted.unsure());
      Exemption waived = wanted.waived().get(item);
      out.add(waived == null ? sure : sure.waivedBy(waived));
    }
    return out;
  }

  /** A row of which it is not known whether it is demanded. */
  private static Row unsure(Row row, String why) {
    Proof proof =
        new Proof(Outcome.UNKNOWN, row.namespace(), "cannot tell " + why, Optional.empty());
    return new Row(
        row.namespace(),
        row.item(),
        row.demand(),
        Status.UNKNOWN,
        "",
        List.of(proof),
        row.waived());
  }

  private static Row row(String namespace, Item item, Demand demand, List<Judged> judged) {
    List<Judged> own =
        judged.stream()
            .filter(j -> j.dependency().item() == item)
            .filter(j -> j.dependency().namespace().equals(namespace))
            .toList();
    Status status = Status.NOTHING_TO_CHECK;
    for (Judged one : own) {
      status = worse(status, one.status());
    }
    Status told = status;
    List<Proof> proofs =
        own.stream()
            .filter(j -> j.status() == told)
            .flatMap(j -> j.proofs().stream())
            .distinct()
            .limit(4)
            .toList();
    String says = told == Status.NOTHING_TO_CHECK ? nothing(item) : "";
    return new Row(namespace, item, demand, told, says, proofs, Optional.empty());
  }

  private static Status worse(Status a, Status b) {
    for (Status status : List.of(Status.UNMET, Status.UNKNOWN, Status.MET)) {
      if (a == status || b == status) {
        return status;
      }
    }
    return Status.NOTHING_TO_CHECK;
  }

  private static String nothing(Item item) {
    return switch (item) {
      case ENFORCEMENT, INGRESS, EGRESS, SAME_NAMESPACE, DNS -> "";
      case PROBES -> "no pod on a known node is probed";
      case API_SERVER -> "no account of its pods has rights of its own";
      case WEBHOOKS -> "no webhook and no aggregated API is served here";
      case SCRAPE -> "nothing here is annotated for a collector that the input shows";
      case INGRESS_PATH -> "no Ingress and no Route leads here";
      case METADATA -> "the nodes show no cloud with such a service";
    };
  }

  private List<Notice> notices(List<Row> rows, Demands demands, Bench bench) {
    List<Notice> out = new ArrayList<>(Choices.notices(this, demands, bench));
    for (Baseline.Waived waived : baseline.exceptions()) {
      Exemption why = waived.why();
      boolean needed =
          rows.stream()
              .filter(r -> r.waived().filter(why::equals).isPresent())
              .anyMatch(r -> r.status() == Status.UNMET || r.status() == Status.UNKNOWN);
      String what = "the exception of %s (%s)".formatted(why.owner(), why.reason());
      if (why.expired(today)) {
        out.add(
            new Notice(
                Sort.EXPIRED,
                what + " ended on " + why.expires() + ": renew it or meet the demand",
                why.origin()));
      } else if (!needed && namespaces.isEmpty()) {
        out.add(new Notice(Sort.NOT_NEEDED, what + " is not needed: take it out", why.origin()));
      }
    }
    return out;
  }
}
