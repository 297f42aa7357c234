package io.github.polverdict.cli;

import io.github.polverdict.core.model.Endpoint;
import io.github.polverdict.core.model.Universe;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which parties a listing is about: those of a namespace, with certain labels.
 *
 * @param namespace empty for all
 * @param labels all of which a party's pods must have
 */
record Focus(String namespace, Map<String, String> labels) {

  /** Reads {@code -l}: {@code app=web,tier=front}. */
  static Focus of(String namespace, String selector) {
    Map<String, String> labels = new TreeMap<>();
    for (String part : selector.isBlank() ? new String[0] : selector.split(",", -1)) {
      String[] pair = part.split("==?", 2);
      if (pair.length < 2 || pair[0].isBlank()) {
        throw new Complaint(
            ExitCode.USAGE, "-l takes key=value[,key=value...], not '" + selector + "'");
      }
      labels.put(pair[0].strip(), pair[1].strip());
    }
    return new Focus(namespace, labels);
  }

  /** The answer with the rows in which one side is in focus. */
  ConnectivityAnswer on(ConnectivityAnswer answer, Universe universe) {
    if (namespace.isEmpty() && labels.isEmpty()) {
      return answer;
    }
    Set<String> names = new HashSet<>();
    for (Endpoint endpoint : universe.endpoints()) {
      boolean there = namespace.isEmpty() || endpoint.namespace().equals(namespace);
      if (there && endpoint.facts().labels().known().entrySet().containsAll(labels.entrySet())) {
        names.add(endpoint.shownAs());
        names.add(endpoint.id());
      }
    }
    return new ConnectivityAnswer(
        answer.source(),
        answer.rows().stream().filter(r -> in(names, r.src()) || in(names, r.dst())).toList(),
        answer.parties().stream().filter(p -> in(names, p)).toList(),
        answer.doubts(),
        answer.doubtsComplete(),
        answer.pins(),
        answer.missing(),
        answer.findings());
  }

  private static boolean in(Set<String> names, Party party) {
    return !party.external() && names.contains(party.name());
  }
}
