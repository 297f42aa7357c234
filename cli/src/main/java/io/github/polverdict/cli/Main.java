package io.github.polverdict.cli;

import io.github.polverdict.lab.LabFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code polverdict}. */
@Command(
    name = "polverdict",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "What a NetworkPolicy really does in a cluster, and why.",
    subcommands = {
      InspectCommand.class,
      LintCommand.class,
      AssertCommand.class,
      BaselineCommand.class,
      ExplainCommand.class,
      ProbeCommand.class,
      ConnectivityCommand.class,
      ParityCommand.class,
      DiffCommand.class,
      TightenCommand.class,
      VerifyCommand.class,
      CanaryCommand.class,
      AuthCommand.class,
      SnapshotCommand.class,
      EvidenceCommand.class,
      WatchCommand.class,
      LabCommand.class,
      ConfigCommand.class,
      DemoCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 as asked; 1 denied, differences or findings; 2 usage;",
      "  3 something could not be read; 4 unknown, with --fail-on-unknown.",
      "",
      "Try:  polverdict demo"
    })
public final class Main implements Runnable {
  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "show the stack trace of an error")
  private boolean debug;

  @Mixin private ConfigOptions config = new ConfigOptions();

  /** The version of this build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"polverdict " + version()};
    }
  }

  /** {@code 0.1.0}. */
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-SNAPSHOT" : version;
  }

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(Outlet.standard(), false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code;
    try {
      code = run(out, err, args);
      out.flush();
    } catch (Outlet.ReaderLeft e) {
      code = Outlet.CODE;
    }
    System.exit(code);
  }

  /** Runs one command line; never throws for what a user can cause. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine line = new CommandLine(main).setOut(out).setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    OutputOptions.describe(line);
    line.setParameterExceptionHandler(Main::usage);
    line.setExecutionExceptionHandler((e, command, _) -> main.failed(e, command));
    try {
      return written(out, err, line.execute(main.config.completed(line, args)));
    } catch (Complaint complaint) { // about polverdict.yaml
      return main.failed(complaint, line);
    } catch (VirtualMachineError e) {
      err.println(
          e instanceof OutOfMemoryError
              ? "polverdict: there is not enough memory for this; read less, or give more, as"
                  + " JAVA_TOOL_OPTIONS=-Xmx4g"
              : "polverdict: an error of polverdict itself: " + e + "; please report it");
      return ExitCode.UNREADABLE.number();
    }
  }

  /** The exit code, unless the answer got lost on its way out. */
  private static int written(PrintWriter out, PrintWriter err, int code) {
    out.flush();
    if (!out.checkError()) {
      return code;
    }
    err.println("polverdict: the output could not be written: is the disk full?");
    return ExitCode.UNREADABLE.number();
  }

  /** Which {@code polverdict.yaml} counts. */
  ConfigOptions config() {
    return config;
  }

  private static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("polverdict: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE.number();
  }

  private int failed(Exception e, CommandLine command) {
    if (e instanceof Outlet.ReaderLeft) {
      return Outlet.CODE;
    }
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof Complaint complaint) {
      command.getErr().println("polverdict: " + complaint.getMessage());
      return complaint.code().number();
    }
    if (e instanceof InvalidPathException bad) {
      command
          .getErr()
          .printf(
              "polverdict: '%s' is no path here; letters beyond ASCII need a UTF-8 locale, as"
                  + " LC_ALL=C.UTF-8%n",
              bad.getInput());
      return ExitCode.USAGE.number();
    }
    if (e instanceof LabFailure failure) {
      command.getErr().println("polverdict: " + failure.getMessage());
      return ExitCode.UNREADABLE.number();
    }
    if (!debug) {
      command
          .getErr()
          .println(
              "polverdict: an error of polverdict itself: %s; please report it with the output of --debug"
                  .formatted(e));
    }
    return ExitCode.UNREADABLE.number();
  }

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(),
        "say what to do, for example 'polverdict demo'");
  }
}
