package io.github.polverdict.lab.context;

import io.github.polverdict.lab.Cluster;
import io.github.polverdict.lab.Command;
import io.github.polverdict.lab.Driver;
import io.github.polverdict.lab.Lab;
import io.github.polverdict.lab.LabFailure;
import io.github.polverdict.lab.LabRequest;
import io.github.polverdict.lab.LabState;
import io.github.polverdict.lab.Programs;
import io.github.polverdict.lab.Reached;
import io.github.polverdict.lab.Shelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Labs in a cluster that the user has: namespaces of the lab's own beside what is there. Whatever
 * enforces there enforces in the lab. Needs kubectl.
 */
public final class ContextDriver implements Driver {
  /** The label of the lab's namespaces; its value is the lab's name. */
  public static final String LABEL = "polverdict.io/lab";

  private static final String CLUSTER = "LAB_CLUSTER";
  private static final String ENGINE = "the cluster's";

  private final Shelf shelf;
  private final Programs programs;

  public ContextDriver(Shelf shelf, Programs programs) {
    this.shelf = shelf;
    this.programs = programs;
  }

  @Override
  public String name() {
    return "context";
  }

  /**
   * Notes which namespaces are to be the lab's, and in which cluster, whatever the current context
   * is later. Nothing is written to the cluster yet; it is asked whether they are free.
   */
  @Override
  public Lab up(LabRequest request, Consumer<String> progress) {
    shelf.mustBeFree(request.name());
    Lab.Access access = pinned(request.name(), request.access());
    Lab lab = lab(request.name(), access, LabState.STARTING);
    Command.Ended nodes = asked(lab, "get", "nodes", "-o", "name");
    for (String namespace : access.namespaces()) {
      Command.Ended there =
          asked(lab, "get", "namespace", namespace, "--ignore-not-found", "-o", "name");
      if (!there.output().isBlank()) {
        throw new LabFailure(
            "there is a namespace %s in the cluster already; take another --name"
                .formatted(namespace));
      }
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put(Shelf.DRIVER, name());
    facts.put("LAB_CONTEXT", access.context());
    facts.put("LAB_KUBECONFIG", access.kubeconfig().map(Path::toString).orElse(""));
    facts.put(CLUSTER, uid(lab));
    facts.put("LAB_NAMESPACES", String.join(" ", access.namespaces()));
    facts.put("LAB_NODES", String.valueOf(nodes.output().lines().count()));
    shelf.write(request.name(), facts);
    return lab(request.name());
  }

  /** The same by the name of its context, which may be another one the next time. */
  private Lab.Access pinned(String name, Lab.Access access) {
    if (!access.context().isEmpty()) {
      return access;
    }
    Command.Ended current =
        cluster(lab(name, access, LabState.STARTING)).kubectl("", "config", "current-context");
    if (current.code() != 0) {
      throw new LabFailure("say --context: there is no current one: " + current.output().strip());
    }
    return new Lab.Access(access.kubeconfig(), current.output().strip(), access.namespaces());
  }

  /** What tells the lab's cluster from every other: that namespace is as old as the cluster. */
  private String uid(Lab lab) {
    return asked(lab, "get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}")
        .output()
        .strip();
  }

  /** What kubectl says; a failure when it could not ask. */
  private Command.Ended asked(Lab lab, String... words) {
    Command.Ended ended = cluster(lab).kubectl("", words);
    if (ended.code() != 0) {
      throw new LabFailure("the cluster does not answer: " + ended.output().strip());
    }
    return ended;
  }

  @Override
  public Cluster cluster(Lab lab) {
    return new Reached(lab, programs.kubectl());
  }

  /** Removes the namespaces that were to be the lab's and carry its label, and no other. */
  @Override
  public void down(Lab lab) {
    if (!uid(lab).equals(shelf.read(lab.name()).get(CLUSTER))) {
      throw new LabFailure(
          ("context %s is another cluster than the one that lab %s was made in: nothing is removed;"
                  + " if that cluster is gone, remove %s")
              .formatted(lab.access().context(), lab.name(), shelf.of(lab.name())));
    }
    List<String> own =
        asked(lab, "get", "namespaces", "-l", LABEL + "=" + lab.name(), "-o", "name")
            .output()
            .lines()
            .filter(n -> lab.access().namespaces().contains(n.replaceFirst(".*/", "")))
            .toList();
    if (!own.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("delete", "--wait=true", "--timeout=120s"));
      words.addAll(own);
      asked(lab, words.toArray(String[]::new));
    }
    shelf.forget(lab.name());
  }

  @Override
  public List<Lab> list() {
    return shelf.names(name()).stream().map(this::lab).toList();
  }

  private Lab lab(String name) {
    Map<String, String> facts = shelf.read(name);
    return lab(
        name,
        new Lab.Access(
            Optional.of(facts.getOrDefault("LAB_KUBECONFIG", ""))
                .filter(k -> !k.isEmpty())
                .map(Path::of),
            facts.getOrDefault("LAB_CONTEXT", ""),
            Stream.of(facts.getOrDefault("LAB_NAMESPACES", "").split(" "))
                .filter(n -> !n.isEmpty())
                .toList()),
        LabState.READY);
  }

  private Lab lab(String name, Lab.Access access, LabState state) {
    String nodes = shelf.read(name).getOrDefault("LAB_NODES", "0");
    return new Lab(name, name(), ENGINE, Integer.parseInt(nodes), state, access);
  }
}
