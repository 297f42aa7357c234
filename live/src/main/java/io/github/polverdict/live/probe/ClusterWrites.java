package io.github.polverdict.live.probe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.polverdict.live.ClusterAccess;
import io.github.polverdict.live.Connection;
import io.github.polverdict.snapshot.UnreadableSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The one way by which anything is written to a cluster, or run in it. Does what its {@link
 * Permissions} allow and nothing else, notes every step, labels what it creates with its run, and
 * takes it away again when it is closed, also when the process is told to end. A dry run notes the
 * steps and does nothing.
 */
public final class ClusterWrites implements AutoCloseable {
  private final Connection connection;
  private final Permissions permissions;
  private final boolean dryRun;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Set<Step> steps = new LinkedHashSet<>();
  private final Creations creations;
  private final Map<String, ConfigMap> owners = new HashMap<>(); // of clones, by namespace
  private final LongAdder execBytes = new LongAdder();

  private ClusterWrites(
      Connection connection, Permissions permissions, boolean dryRun, Consumer<String> notices) {
    this.connection = connection;
    this.creations = new Creations(connection.client(), notices);
    this.permissions = permissions;
    this.dryRun = dryRun;
  }

  /**
   * Finds the cluster, and does nothing to it yet.
   *
   * @param dryRun whether steps are only noted
   * @param notices hears of what could not be taken away at the end
   * @throws UnreadableSource when no such cluster is configured
   */
  public static ClusterWrites open(
      ClusterAccess access, Permissions permissions, boolean dryRun, Consumer<String> notices)
      throws UnreadableSource {
    return new ClusterWrites(Connection.open(access), permissions, dryRun, notices);
  }

  /** What tells the objects of this run from those of others. */
  public String run() {
    return run;
  }

  /** Whether steps are only noted. */
  public boolean dryRun() {
    return dryRun;
  }

  public Permissions permissions() {
    return permissions;
  }

  /** What was done so far, or would have been; no step twice. */
  public synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The client, for reading. */
  public KubernetesClient reader() {
    return connection.client();
  }

  /** Requests sent to the API server so far; every exec is one. */
  public long requests() {
    return connection.requests();
  }

  /** Bytes of lines sent to and received from programs that were run, without any framing. */
  public long execBytes() {
    return execBytes.sum();
  }

  /** Runs a program in a container of the user's. */
  ExecStream exec(ContainerRef container, List<String> command, Consumer<String> lines)
      throws Fault.Thrown {
    if (!isOwn(container.pod().namespace())) {
      allowed(permissions.exec(), "--allow-exec", container.pod().namespace());
    }
    return start(container, command, lines);
  }

  /** Runs a program in a container of ours, which was allowed when it was made. */
  ExecStream execInOwn(ContainerRef container, List<String> command, Consumer<String> lines)
      throws Fault.Thrown {
    return start(container, command, lines);
  }

  private ExecStream start(ContainerRef container, List<String> command, Consumer<String> lines)
      throws Fault.Thrown {
    note(
        "run %s in %s".formatted(command.getFirst(), container),
        container.pod().namespace(),
        "get pods/exec",
        "create pods/exec");
    if (dryRun) {
      throw new Fault.Thrown(Fault.last("nothing is sent in a dry run"));
    }
    return new ExecStream(connection.client(), container, command, lines, execBytes);
  }

  /**
   * An unprivileged container of ours in a pod: the one that is there already, else a new one.
   *
   * @return it, once it runs
   */
  ContainerRef ephemeral(PodRef pod, String image) throws Fault.Thrown {
    allowed(permissions.ephemeral(), "--allow-ephemeral", pod.namespace());
    note(
        "add an ephemeral container of image %s to pod %s, which stays in its spec"
            .formatted(image, pod),
        pod.namespace(),
        "get pods",
        "patch pods/ephemeralcontainers");
    if (dryRun) {
      throw new Fault.Thrown(Fault.last("nothing is written in a dry run"));
    }
    Pods pods = new Pods(connection.client());
    Pod read = pods.get(pod);
    Optional<String> there = pods.runningOfOurs(read).or(() -> Pods.startingOf(read, run));
    ContainerRef ours =
        there.isPresent()
            ? creations.uses(new ContainerRef(pod, there.get()))
            : creations.add(pod, Containers.ephemeral(Pods.nextName(read, run), image));
    pods.awaitRunning(pod, ours.name());
    return ours;
  }

  /** A pod of ours that policies take for the given one; runs when this returns. */
  ContainerRef clone(PodRef pod, String image) throws Fault.Thrown {
    allowed(permissions.clones(), "--allow-clone", pod.namespace());
    note(
        "start a clone of pod %s of image %s that is never ready, and take it away afterwards"
            .formatted(pod, image),
        pod.namespace(),
        "get pods",
        "list services",
        "create configmaps",
        "delete configmaps",
        "create pods",
        "delete pods");
    if (dryRun) {
      throw new Fault.Thrown(Fault.last("nothing is written in a dry run"));
    }
    Pods pods = new Pods(connection.client());
    Pod of = pods.get(pod);
    pods.refuseIfServed(of);
    return started(pods, Containers.clone(of, owner(pod.namespace()), run, image));
  }

  /** A pod of ours on a node's own network, in a namespace of ours; runs when this returns. */
  ContainerRef onNode(String node, String image) throws Fault.Thrown {
    if (!permissions.clones() || !permissions.namespace()) {
      throw new Fault.Thrown(
          Fault.last(
              "nothing may be run on node %s: allow a pod on its network with --allow-clone and"
                      .formatted(node)
                  + " --allow-namespace"));
    }
    note(
        "start a pod of image %s on the network of node %s".formatted(image, node),
        Labels.named(run),
        "create pods",
        "delete pods");
    namespace(Labels.named(run), Map.of("pod-security.kubernetes.io/enforce", "privileged"));
    if (dryRun) {
      throw new Fault.Thrown(Fault.last("nothing is written in a dry run"));
    }
    return started(
        new Pods(connection.client()), Containers.onNode(node, Labels.named(run), run, image));
  }

  private ContainerRef started(Pods pods, Pod pod) throws Fault.Thrown {
    PodRef ref = new PodRef(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    creations.create(pod);
    pods.awaitRunning(ref, Labels.US);
    return new ContainerRef(ref, Labels.US);
  }

  private synchronized ConfigMap owner(String namespace) throws Fault.Thrown {
    ConfigMap known = owners.get(namespace);
    if (known != null) {
      return known;
    }
    ConfigMap wanted =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(Labels.named(run))
            .withNamespace(namespace)
            .withLabels(Labels.of(run))
            .endMetadata()
            .build();
    ConfigMap made = creations.create(wanted);
    owners.put(namespace, made);
    return made;
  }

  /** A namespace of ours; there may be one of this run already. */
  public synchronized void namespace(String name, Map<String, String> labels) throws Fault.Thrown {
    if (!permissions.namespace()) {
      throw new Fault.Thrown(
          Fault.last("namespace " + name + " is needed: allow it with --allow-namespace"));
    }
    note(
        "create namespace " + name + ", and delete it afterwards",
        "",
        "create namespaces",
        "delete namespaces");
    if (dryRun || isOwn(name)) {
      return;
    }
    Map<String, String> all = new HashMap<>(labels);
    all.putAll(Labels.of(run));
    creations.namespace(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(all)
            .endMetadata()
            .build());
  }

  /** Creates an object, labelled with this run, in a namespace of ours, and returns what became. */
  public <T extends HasMetadata> T create(T object) throws Fault.Thrown {
    String namespace = object.getMetadata().getNamespace();
    String what = object.getKind() + " " + namespace + "/" + object.getMetadata().getName();
    note("create " + what, namespace, "create " + plural(object), "delete " + plural(object));
    if (dryRun) {
      return object;
    }
    own(namespace);
    Map<String, String> labels = new HashMap<>(Labels.of(run));
    if (object.getMetadata().getLabels() != null) {
      labels.putAll(object.getMetadata().getLabels());
    }
    object.getMetadata().setLabels(labels);
    return creations.create(object);
  }

  /** Deletes an object in a namespace of ours. */
  public void delete(HasMetadata object) throws Fault.Thrown {
    if (!dryRun) {
      own(object.getMetadata().getNamespace());
      creations.delete(object);
    }
  }

  /** Waits until a pod of ours runs. */
  public void awaitRunning(PodRef pod) throws Fault.Thrown {
    if (!dryRun) {
      new Pods(connection.client()).awaitRunning(pod, "");
    }
  }

  boolean isOwn(String namespace) {
    return creations.owns(namespace);
  }

  private void own(String namespace) {
    if (!isOwn(namespace)) {
      throw new IllegalArgumentException("namespace " + namespace + " is not one of ours");
    }
  }

  private static String plural(HasMetadata object) {
    String kind = object.getKind().toLowerCase(Locale.ROOT);
    return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
  }

  /** Takes away what earlier runs have left in namespaces that may be touched; says what it was. */
  public List<String> cleanUp() {
    return new Leftovers(connection.client(), permissions, dryRun).takeAway();
  }

  private void allowed(boolean permission, String option, String namespace) throws Fault.Thrown {
    if (!permissions.in(namespace)) {
      throw new Fault.Thrown(
          Fault.last("namespace " + namespace + " was not asked for: nothing is done in it"));
    }
    if (!permission) {
      throw new Fault.Thrown(Fault.last("it is not allowed: " + option + " allows it"));
    }
  }

  private synchronized void note(String does, String namespace, String... rights) {
    steps.add(new Step(does, namespace, List.of(rights)));
  }

  /** Leaves what was created so far where it is; {@link #cleanUp} finds it by its labels. */
  public void keep() {
    creations.keep();
  }

  /** Takes away what this run has created. */
  @Override
  public void close() {
    creations.close();
    connection.close();
  }
}
