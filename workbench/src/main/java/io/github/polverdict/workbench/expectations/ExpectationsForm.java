package io.github.polverdict.workbench.expectations;

import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.model.Outcome;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.questions.expectation.Expectation;
import io.github.polverdict.questions.expectation.Traffic;
import io.github.polverdict.questions.expectation.Whom;
import io.github.polverdict.workbench.files.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one document of kind {@value #KIND}. */
public final class ExpectationsForm {
  public static final String KIND = "Expectations";

  private final String namespace;

  /** What an expectation may say of a flow. */
  private enum Wanted {
    ALLOWED,
    DENIED
  }

  private ExpectationsForm(String namespace) {
    this.namespace = namespace;
  }

  /**
   * The expectations of a document.
   *
   * @param namespace of names that say none, when the document does not say; may be empty
   */
  public static List<Expectation> read(Form form, String namespace) {
    ExpectationsForm own = new ExpectationsForm(form.text("namespace").orElse(namespace));
    List<Form> items = form.forms("expect");
    List<Expectation> out = new ArrayList<>();
    items.forEach(each -> own.expectation(each).ifPresent(out::add));
    if (items.isEmpty()) {
      form.refuse("expect", "nothing is expected", "add an item with verdict, from and to");
    }
    return out;
  }

  private Optional<Expectation> expectation(Form form) {
    String name = form.text("name").orElse("");
    form.required("verdict");
    Optional<Wanted> wanted = form.choice("verdict", Wanted.class);
    Optional<Selector> each =
        form.form("forEach").map(f -> Labelled.read(f, Scope.NAMESPACE).selector());
    List<Whom> from = whom(form, "from", each.isPresent());
    List<Whom> to = whom(form, "to", each.isPresent());
    List<Whom> notFrom = whom(form, "exceptFrom", each.isPresent());
    List<Whom> notTo = whom(form, "exceptTo", each.isPresent());
    List<Traffic> ports = ports(form);
    boolean callers = present(form, "from", from);
    boolean called = present(form, "to", to);
    if (wanted.isEmpty() || !callers || !called) {
      return Optional.empty();
    }
    boolean allowed = wanted.get() == Wanted.ALLOWED;
    Expectation unnamed =
        new Expectation(
            name,
            allowed ? Outcome.ALLOWED : Outcome.DENIED,
            from,
            to,
            notFrom,
            notTo,
            ports,
            each,
            namespace,
            form.origin());
    return Optional.of(name.isEmpty() ? unnamed.named(unnamed.words()) : unnamed);
  }

  private static boolean present(Form form, String key, List<Whom> ends) {
    if (!form.has(key)) {
      form.refuse(key, "is missing", "say who: shop/web, anything, an address, labels");
    } else if (ends.isEmpty()) {
      form.refuse(key, "names nobody", "say who: shop/web, anything, an address, labels");
    }
    return !ends.isEmpty();
  }

  private static List<Traffic> ports(Form form) {
    List<Traffic> out = new ArrayList<>();
    for (String text : form.texts("ports")) {
      Traffic traffic = Traffic.parse(text);
      if (traffic instanceof Traffic.Wrong(String why)) {
        form.refuse("ports", why, "for example 80, 53/udp, 8000-8999/tcp, http, udp, icmp");
      } else {
        out.add(traffic);
      }
    }
    return out.isEmpty() ? List.of(Traffic.PORTS) : out;
  }

  private static List<Whom> whom(Form form, String key, boolean each) {
    List<Whom> out = new ArrayList<>();
    for (Form.Item item : form.mixed(key)) {
      out.add(
          switch (item) {
            case Form.Item.Text(String text) -> words(text);
            case Form.Item.Mapping(Form mapping) ->
                mapping.has("ipBlock") ? block(mapping) : selected(mapping, each);
          });
    }
    return out;
  }

  private static Whom words(String text) {
    for (Whom.Sort sort : Whom.Sort.values()) {
      Whom every = new Whom.Every(sort);
      if (every.words().equals(text)) {
        return every;
      }
    }
    return new Whom.Called(text);
  }

  /** As a peer of a NetworkPolicy: outside addresses. */
  private static Whom block(Form form) {
    IpSet out = IpSet.NONE;
    String words = "";
    Optional<Form> block = form.form("ipBlock");
    if (block.isPresent()) {
      words = block.get().required("cidr");
      out = cidr(block.get(), "cidr", words);
      for (String except : block.get().texts("except")) {
        out = out.minus(cidr(block.get(), "except", except));
        words += " except " + except;
      }
    }
    return new Whom.Block(out, words);
  }

  private static IpSet cidr(Form form, String key, String text) {
    Optional<IpSet> block = IpSet.cidr(text);
    if (block.isEmpty() && !text.isEmpty()) {
      form.refuse(key, "'" + text + "' is no block of addresses", "for example 10.0.0.0/8");
    }
    return block.orElse(IpSet.NONE);
  }

  /** As a peer of a NetworkPolicy, with {@code namespace} for one by its name. */
  private static Whom selected(Form form, boolean each) {
    List<Selector> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    Whom.Where where = Whom.Where.ANYWHERE;
    String named = form.text("namespace").orElse("");
    switch (named) {
      case "" -> {}
      case "this" -> where = Whom.Where.THIS;
      case "others" -> where = Whom.Where.OTHERS;
      default -> all.add(new Selector.InNamespace(named));
    }
    if (where != Whom.Where.ANYWHERE && !each) {
      form.refuse(
          "namespace",
          named + " is for an expectation of each namespace",
          "add forEach: {} beside from and to, or name the namespace");
    }
    if (!named.isEmpty()) {
      words.add(where == Whom.Where.OTHERS ? "other namespaces" : "namespace " + named);
    }
    for (Scope scope : List.of(Scope.NAMESPACE, Scope.ENDPOINT)) {
      boolean pods = scope == Scope.ENDPOINT;
      Optional<Form> labels = form.form(pods ? "podSelector" : "namespaceSelector");
      if (labels.isPresent()) {
        Labelled read = Labelled.read(labels.get(), scope);
        all.add(read.selector());
        words.add((pods ? "pods with " : "namespaces with ") + read.words());
      }
    }
    if (words.isEmpty()) {
      form.refuse(
          "podSelector", "selects nobody", "say namespace, namespaceSelector or podSelector");
    }
    return new Whom.Selected(where, new Selector.And(all), String.join(", ", words));
  }
}
