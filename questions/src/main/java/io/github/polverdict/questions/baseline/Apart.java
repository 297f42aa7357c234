package io.github.polverdict.questions.baseline;

import io.github.polverdict.core.model.provision.Provision;
import io.github.polverdict.core.model.provision.Provision.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Provisions of single namespaces: one for each, with the namespace in its name, so that it never
 * takes the place of one that is for more or for another.
 */
final class Apart {
  /** Between a name and its namespace. No other name has it. */
  private static final String MARK = "--";

  private Apart() {}

  /** A name that is of no single namespace. */
  static String name(String name) {
    return name.replaceAll("-+", "-");
  }

  /** The same for each namespace alone. */
  static List<Provision> of(List<Provision> provisions) {
    List<Provision> out = new ArrayList<>();
    for (Provision provision : provisions) {
      for (String namespace : provision.scope().today()) {
        out.add(
            provision
                .only(new Scope.Named(List.of(namespace)), provision.allows())
                .named(provision.name() + MARK + namespace));
      }
    }
    return out;
  }

  /** The namespace in a name; empty when it is of no single one. */
  static Optional<String> namespace(String name) {
    int at = name.indexOf(MARK);
    return at < 0 ? Optional.empty() : Optional.of(name.substring(at + MARK.length()));
  }
}
