package io.github.polverdict.cli;

import io.github.polverdict.core.kernel.TrafficSet;
import io.github.polverdict.core.model.Kind;
import io.github.polverdict.questions.Party;
import io.github.polverdict.questions.connectivity.ConnectivityAnswer;
import io.github.polverdict.questions.connectivity.ConnectivityQuestion;
import io.github.polverdict.questions.tighten.Declared;
import io.github.polverdict.questions.tighten.TightenAnswer;
import io.github.polverdict.questions.tighten.TightenQuestion;
import io.github.polverdict.report.Connections;
import io.github.polverdict.report.Format;
import io.github.polverdict.report.Layouts;
import io.github.polverdict.workbench.Session;
import io.github.polverdict.workbench.tighten.Tightening;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes policies that allow declared flows and nothing else. */
@Command(
    name = "tighten",
    mixinStandardHelpOptions = true,
    description = "The policies that allow declared flows and nothing else, with the proof.",
    footer = {
      "",
      "SOURCE: a path, or context:NAME for a running cluster; nothing is written to it.",
      "FILE: csv with the header from,to in the words of explain (shop/web,data/db:5432), or",
      "src,dst,conn as connectivity -o csv writes it.",
      "Policies are for the workloads that the flows name, or with -n for all of a namespace.",
      "",
      "Exit codes: 0 proved: the engine lets pass what was declared, and nothing else;",
      "  1 not proved; 3 something could not be read.",
      "",
      "Examples:",
      "  polverdict tighten manifests/ --flows flows.csv > policies.yaml",
      "  polverdict tighten context:prod -n shop --from-connectivity --to policies/"
    })
final class TightenCommand extends Answering {
  @Mixin private SourceArgument source = new SourceArgument();
  @Mixin private OutputOptions output = new OutputOptions(Layouts.TIGHTEN);

  @Option(
      names = "--flows",
      paramLabel = "FILE",
      description = "what must pass; - for standard input")
  private @Nullable Path flows;

  @Option(
      names = "--from-connectivity",
      description = "what must pass is what passes today between pods, and from and to outside")
  private boolean connectivity;

  @Option(
      names = "--no-dns",
      description = "no lookups but declared ones; without it, covered workloads may ask the DNS")
  private boolean noDns;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "a new or empty folder for the policies, as NAMESPACE/NAME.yaml; nothing is written there"
              + " unless they are proved; without it they go to standard output")
  private @Nullable Path folder;

  @Override
  ExitCode answer() {
    output.check();
    if ((flows == null) != connectivity) {
      throw new Complaint(ExitCode.USAGE, "say --flows FILE or --from-connectivity, one of both");
    }
    source.leaveInputTo(flows);
    Optional<NewFolder> target = Optional.ofNullable(folder).map(NewFolder::checked);
    List<Declared> declared = flows == null ? List.of() : DeclaredFile.read(flows);
    Set<String> namespaces = source.listedNamespaces();
    Place read = source.place().withSurroundings();
    Session session = desk().open(read, source.cni());
    TightenQuestion question =
        new TightenQuestion(
            connectivity ? today(session, namespaces) : declared,
            namespaces,
            !noDns,
            source.namespace());
    TightenAnswer answer = desk().answered(Tightening.of(session, question), session);
    write(answer, target);
    return (answer.proved() ? ExitCode.AS_ASKED : ExitCode.FOUND).or(desk().reading(session));
  }

  private void write(TightenAnswer answer, Optional<NewFolder> target) {
    boolean stream = target.isEmpty() && output.format() == Format.TEXT;
    if (target.isPresent() && answer.proved()) {
      Map<String, String> files = new LinkedHashMap<>();
      answer.manifests().forEach(m -> files.put(m.file(), m.yaml()));
      target.get().write(files);
    } else if (target.isPresent()) {
      desk().warn("not proved: nothing was written to " + folder + "; without --to it is printed");
    }
    output.write(answer, stream ? Layouts.MANIFESTS : Layouts.TIGHTEN, out());
  }

  /** What surely passes today, from and to pods of the namespaces. */
  private List<Declared> today(Session session, Set<String> namespaces) {
    ConnectivityAnswer answer = desk().answered(ConnectivityQuestion.all().ask(session));
    List<Declared> out = new ArrayList<>();
    for (ConnectivityAnswer.Row row : answer.rows()) {
      boolean host = row.src().kind() == Kind.HOST_POD || row.dst().kind() == Kind.HOST_POD;
      boolean asked = in(row.src(), namespaces) || in(row.dst(), namespaces);
      TrafficSet traffic = row.reach().allowed();
      boolean something = !Connections.withPorts(traffic).equals("No Connections");
      if (!host && asked && something) {
        out.addAll(Declared.between(row.src().name(), row.dst().name(), traffic));
      }
    }
    return out;
  }

  private static boolean in(Party party, Set<String> namespaces) {
    int slash = party.name().indexOf('/');
    return namespaces.isEmpty()
        || (slash > 0 && namespaces.contains(party.name().substring(0, slash)));
  }
}
