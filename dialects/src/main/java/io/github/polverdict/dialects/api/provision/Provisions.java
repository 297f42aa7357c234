package io.github.polverdict.dialects.api.provision;

import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.dialects.api.Context;
import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** All forms that are on the class path, for engines as they were seen. */
public final class Provisions {
  private final Dialects dialects;
  private final List<ProvisionForm> forms = new ArrayList<>();

  public Provisions(Dialects dialects) {
    this.dialects = dialects;
    ServiceLoader.load(ProvisionForm.class).forEach(forms::add);
    forms.sort(Comparator.comparing(ProvisionForm::id));
  }

  /** The ids of all forms, sorted. */
  public List<String> ids() {
    return forms.stream().map(ProvisionForm::id).toList();
  }

  public Optional<ProvisionForm> form(String id) {
    return forms.stream().filter(f -> f.id().equals(id)).findFirst();
  }

  /** Whether every one of the engines reads what the form writes. */
  public boolean fits(ProvisionForm form, List<Sighting> engines) {
    return fit(form, engines) > 0;
  }

  /** The form that fits the engines best; empty when none fits all. */
  public Optional<ProvisionForm> best(List<Sighting> engines) {
    return forms.stream()
        .filter(f -> fits(f, engines))
        .max(Comparator.comparingInt(f -> fit(f, engines)));
  }

  private int fit(ProvisionForm form, List<Sighting> engines) {
    return engines.stream().mapToInt(e -> form.fit(e.dialect(), dialects.reads(e))).min().orElse(0);
  }

  /** The objects that provisions are written as for an engine. */
  public List<Manifest> write(ProvisionForm form, List<Provision> provisions, Sighting engine) {
    Context context = dialects.context(engine);
    List<Provision> allowsFirst = new ArrayList<>(provisions);
    allowsFirst.sort(Comparator.comparing(p -> !p.isolates().isEmpty()));
    return form.write(allowsFirst, context);
  }

  /** The kinds of policy that all of the engines read. */
  public Set<String> reads(List<Sighting> engines) {
    Set<String> out = new TreeSet<>();
    engines.forEach(e -> out.addAll(dialects.reads(e)));
    engines.forEach(e -> out.retainAll(dialects.reads(e)));
    return out;
  }
}
