package io.github.polverdict.dialects.api;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.core.model.Action;
import io.github.polverdict.core.model.Block;
import io.github.polverdict.core.model.Direction;
import io.github.polverdict.core.model.Doubt;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.core.model.Passage;
import io.github.polverdict.core.model.PeerSpec;
import io.github.polverdict.core.model.Pin;
import io.github.polverdict.core.model.Plane;
import io.github.polverdict.core.model.PolicyModel;
import io.github.polverdict.core.model.PolicyModel.Candidate;
import io.github.polverdict.core.model.PolicyModel.Candidates;
import io.github.polverdict.core.model.Rule;
import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Tier;
import io.github.polverdict.core.model.TrafficSpec;
import io.github.polverdict.dialects.api.PolicyKind.Power;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Gap;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns documents into the neutral model: one plane for each engine that enforces. A gap that may
 * hold policies becomes blocks that may exist and may allow, so that exactly the flows it could
 * change are UNKNOWN.
 */
public final class PolicyCompiler {
  private final Dialects dialects;

  public PolicyCompiler(Dialects dialects) {
    this.dialects = dialects;
  }

  /** A pure function of its arguments. */
  public Compiled<PolicyModel> compile(Snapshot snapshot, List<Sighting> engines) {
    List<Made> all = engines.stream().map(sighting -> made(snapshot, sighting)).toList();
    if (DialectResolver.areCandidates(engines)) {
      return oneOf(all, engines.getFirst().because().getFirst().origin());
    }
    Set<Finding> findings = new LinkedHashSet<>();
    Set<Standing> standings = new LinkedHashSet<>();
    all.forEach(made -> {
      findings.addAll(made.noted().findings());
      standings.addAll(made.noted().standings());
    });
    List<Plane> planes = all.stream().flatMap(made -> made.planes().stream()).toList();
    return new Compiled<>(
        new PolicyModel(planes, all.stream().map(Made::pin).toList()),
        List.copyOf(findings),
        List.copyOf(standings));
  }

  /** What is made of one engine; no plane when it enforces nothing. */
  private record Made(Pin pin, String name, List<Plane> planes, Noted noted) {}

  private Made made(Snapshot snapshot, Sighting sighting) {
    Dialect dialect = dialects.dialect(sighting.dialect());
    Engine engine =
        new Engine(
            dialects.profile(sighting.dialect()),
            sighting,
            new Engine.Objects(snapshot, dialects.definitions()));
    Pin pin = Unread.settings(snapshot, sighting, engine.pin());
    Noted noted = new Noted(new LinkedHashSet<>(), new LinkedHashSet<>());
    Snapshot taken = taken(snapshot, dialect, engine, noted);
    Frame frame = dialect.frame(taken, engine);
    if (frame.enforces()) {
      Plane plane = plane(taken, dialect, engine, frame, noted);
      return new Made(pin, engine.name(), List.of(plane), noted);
    }
    noted.findings().add(unenforced(snapshot, engine, sighting));
    return new Made(pin, engine.name(), List.of(), noted);
  }

  /**
   * The snapshot, in which an object that policies refer to and that the API server refuses is one
   * that could not be read. Dialects see to refused policies, of which they know whom they select.
   */
  private static Snapshot taken(Snapshot snapshot, Dialect dialect, Engine engine, Noted noted) {
    Set<String> supporting =
        dialect.policyKinds(engine).stream()
            .filter(k -> k.power() == Power.SUPPORTS)
            .map(PolicyKind::type)
            .collect(Collectors.toSet());
    List<Document> documents = new ArrayList<>(snapshot.documents());
    List<Gap> gaps = new ArrayList<>();
    for (Document document : snapshot.ofKinds(supporting)) {
      List<Finding> refusals = engine.refusals(document);
      noted.findings().addAll(refusals);
      refusals.stream()
          .filter(f -> f.severity() == Severity.ERROR)
          .findFirst()
          .ifPresent(because -> {
            documents.remove(document);
            gaps.add(refused(document.id(), because));
          });
    }
    return gaps.isEmpty() ? snapshot : snapshot.withDocuments(documents).with(gaps, List.of());
  }

  private static Gap refused(ResourceId id, Finding because) {
    return new Gap(
        Set.of(id.type()), id.namespace(), id.text(), because.message(), because.origin());
  }

  /** Of engines of which one enforces, with what all that enforce find. */
  private static Compiled<PolicyModel> oneOf(List<Made> all, Origin origin) {
    List<Candidate> candidates =
        all.stream().map(made -> new Candidate(made.name(), made.planes())).toList();
    List<Made> enforcing = all.stream().filter(made -> !made.planes().isEmpty()).toList();
    Set<Finding> common = new LinkedHashSet<>(enforcing.getFirst().noted().findings());
    enforcing.forEach(made -> common.retainAll(made.noted().findings()));
    PolicyModel model =
        PolicyModel.oneOf(new Candidates(candidates, origin), all.stream().map(Made::pin).toList());
    return new Compiled<>(model, List.copyOf(common));
  }

  /** What is said of documents on the way. */
  private record Noted(Set<Finding> findings, Set<Standing> standings) {}

  private static Plane plane(
      Snapshot snapshot, Dialect dialect, Engine engine, Frame frame, Noted noted) {
    Map<String, List<Block>> byTier = new LinkedHashMap<>();
    frame.tiers().forEach(t -> byTier.put(t.name(), new ArrayList<>(t.own())));
    Set<String> read =
        dialect.policyKinds(engine).stream()
            .filter(k -> k.power() != Power.SUPPORTS)
            .map(PolicyKind::type)
            .collect(Collectors.toSet());
    Policies policies = dialect.policies(snapshot, engine);
    for (Document document : snapshot.documents()) {
      if (read.contains(document.id().type())) {
        Compiled<List<Placed>> compiled = policies.compile(document);
        noted.findings().addAll(compiled.findings());
        noted.standings().addAll(compiled.standings());
        compiled.value().forEach(p -> tier(byTier, p.tier()).add(p.block()));
      }
    }
    for (Document document : snapshot.documents()) {
      if (engine.enforcesUnmodelled(document.id().type())) {
        noted.findings().add(unmodelled(document, engine));
        tier(byTier, frame.first()).addAll(unmodelledBlocks(document, engine));
      }
    }
    for (Gap gap : snapshot.gaps()) {
      List<Block> allowing = Unread.allowing(gap, dialect, engine);
      tier(byTier, frame.standard().tier()).addAll(allowing);
      if (!frame.standard().closesWhereItAsks()) {
        tier(byTier, frame.standard().closing()).addAll(withoutRules(allowing));
      }
      tier(byTier, frame.first()).addAll(Unread.deciding(gap, dialect, engine));
    }
    List<Tier> tiers =
        frame.tiers().stream()
            .map(t -> new Tier(t.name(), tier(byTier, t.name()), t.unmatched()))
            .toList();
    return new Plane(
        engine.name(),
        engine.sighting().nodes(),
        frame.view(),
        tiers,
        passages(snapshot, engine, frame),
        frame.traits(),
        frame.otherwise(),
        frame.redirects());
  }

  /** What becomes of packets before the tiers: that of meshes first, which no engine knows of. */
  private static List<Passage> passages(Snapshot snapshot, Engine engine, Frame frame) {
    List<Passage> out = new ArrayList<>(AmbientMesh.passages(snapshot, frame.view()));
    out.addAll(frame.passages());
    out.addAll(Unread.engine(snapshot, engine.sighting()));
    engine
        .activeRows()
        .forEach(row -> row.touches().ifPresent(t -> out.addAll(uncertain(row, t, engine))));
    return out;
  }

  private static List<Block> withoutRules(List<Block> blocks) {
    return blocks.stream().map(b -> b.withRules(List.of())).toList();
  }

  private static List<Block> tier(Map<String, List<Block>> byTier, String name) {
    List<Block> blocks = byTier.get(name);
    if (blocks == null) {
      throw new IllegalStateException(
          "a block is placed in tier '" + name + "', which the frame lacks");
    }
    return blocks;
  }

  private static Finding unenforced(Snapshot snapshot, Engine engine, Sighting sighting) {
    int policies = snapshot.ofKind("NetworkPolicy").size();
    String says =
        policies == 0
            ? "%s enforces nothing: a NetworkPolicy would have no effect"
            : "%s enforces nothing: the %d NetworkPolicies have no effect";
    return new Finding(
        "PV101",
        Severity.WARNING,
        says.formatted(engine.name(), policies),
        "install or switch on an engine that enforces policies",
        sighting.because().getLast().origin());
  }

  private static Finding unmodelled(Document document, Engine engine) {
    String kind = document.id().type();
    return new Finding(
        "PV081",
        Severity.ERROR,
        "%s enforces %s, which is not judged yet: what it may touch is UNKNOWN"
            .formatted(engine.name(), kind),
        "leave the object out to see the verdicts without it",
        document.origin());
  }

  /** A policy of a kind that is not judged: it may isolate, allow and deny. */
  private static List<Block> unmodelledBlocks(Document document, Engine engine) {
    Doubt doubt = new Doubt.Unsupported(document.id().text(), engine.dialect(), document.origin());
    Selector subject = subject(document.id().namespace());
    return Unread.anything(document.id().text(), subject, doubt, document.origin());
  }

  /** The pods of a namespace; of all when it is empty. */
  static Selector subject(String namespace) {
    return namespace.isEmpty()
        ? Selector.pods()
        : Selector.and(Selector.pods(), new Selector.InNamespace(namespace));
  }

  /**
   * Blocks for policies that may or may not exist and of which nothing else is known.
   *
   * @param name what a reader calls them
   * @param subject the endpoints that they may select
   */
  public static List<Block> unsure(String name, Selector subject, Doubt doubt) {
    List<Block> out = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Rule rule =
          new Rule(
              0,
              List.of(PeerSpec.ANYONE),
              List.of(TrafficSpec.ALL),
              Action.ALLOW,
              List.of(doubt),
              placeOf(doubt));
      out.add(
          new Block(name, subject, direction, true, List.of(rule), List.of(doubt), placeOf(doubt)));
    }
    return out;
  }

  /** Blocks of a policy that may deny or allow anything to whom it selects; for the first tier. */
  public static List<Block> anything(String name, Selector subject, Doubt doubt) {
    return Unread.anything(name, subject, doubt, placeOf(doubt));
  }

  static Origin placeOf(Doubt doubt) {
    return switch (doubt) {
      case Doubt.NotReadable d -> d.origin();
      case Doubt.KnownAtRuntime d -> d.origin();
      case Doubt.Unsupported d -> d.origin();
      case Doubt.UndefinedOrder d -> d.contenders().getFirst();
      case Doubt.Unverified d -> new Origin.BuiltIn("", d.quirk(), d.says());
    };
  }

  private static List<Passage> uncertain(Quirk row, Touches touches, Engine engine) {
    Doubt doubt = new Doubt.Unverified(row.id(), row.says());
    return touches.gates().stream()
        .map(gate ->
            new Passage(
                ends(touches.from()),
                ends(touches.to()),
                touches.traffic(),
                touches.via(),
                touches.where(),
                new Passage.Effect.Uncertain(gate),
                List.of(doubt),
                engine.origin(row.id())))
        .toList();
  }

  private static PeerSpec ends(Set<Kind> kinds) {
    return kinds.isEmpty() ? PeerSpec.ANYONE : new PeerSpec.Selected(new Selector.OfKind(kinds));
  }
}
