package io.github.polverdict.cli;

import io.github.polverdict.snapshot.Snapshot;
import io.github.polverdict.snapshot.pseudonyms.Pseudonymisation;
import io.github.polverdict.snapshot.saved.History;
import io.github.polverdict.snapshot.saved.SavedSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Saves what was read in a file. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = "Save what verdicts need of a cluster in one file, without secrets.",
    footer = {
      "",
      "SOURCE: a path, or context:NAME for a running cluster; the same as -f and --context.",
      "The file is read wherever a path is taken: -f prod.pvs, diff staging.pvs prod.pvs.",
      "A folder of them is a history: diff history:prod@2026-11-28 history:prod.",
      "",
      "Examples:",
      "  polverdict snapshot context:prod -o prod.pvs",
      "  polverdict snapshot context:prod --history prod",
      "  polverdict snapshot --context prod -o prod.pvs --pseudonymise --key-file ours.key"
    })
final class SnapshotCommand extends Answering {
  private static final int KEY = 32; // bytes

  @Mixin private SourceArgument source = new SourceArgument();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "the file, written whole or not at all")
  private @Nullable Path file;

  @Option(
      names = "--history",
      paramLabel = "FOLDER",
      description =
          "instead of -o: a folder that gets a file for each time, 2026-11-29T090500Z.pvs; read"
              + " with history:FOLDER@TIME")
  private @Nullable Path history;

  @Option(
      names = "--pseudonymise",
      description =
          "replace names of namespaces and workloads, values of labels, hosts and addresses; every"
              + " verdict stays what it is")
  private boolean pseudonymise;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "a secret file of at least 16 bytes: the same key gives the same pseudonyms, so that"
              + " snapshots can be compared; without it a key is made and forgotten")
  private @Nullable Path keyFile;

  @Override
  ExitCode answer() {
    if (keyFile != null && !pseudonymise) {
      throw new Complaint(ExitCode.USAGE, "--key-file is for --pseudonymise; say both");
    }
    Path to = target();
    byte[] key = pseudonymise ? key() : new byte[0];
    Snapshot read = desk().read(source.place().withSurroundings());
    desk().tell(read.findings());
    byte[] bytes = SavedSnapshot.bytes(pseudonymise ? renamed(read, key) : read, Main.version());
    OutputOptions.whole(to, bytes);
    out()
        .printf(
            "%s: %,d objects, %,d gaps, %,d bytes%n",
            to, read.documents().size(), read.gaps().size(), bytes.length);
    return desk().reading(read.findings());
  }

  /** Where it is written; the folder of a history is made. */
  private Path target() {
    if ((file == null) == (history == null)) {
      throw new Complaint(ExitCode.USAGE, "say where it is saved: -o FILE or --history FOLDER");
    }
    if (file != null) {
      OutputOptions.checkWritable(file);
      return file;
    }
    Path folder = Objects.requireNonNull(history);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Complaint.of("cannot make the folder " + folder, e);
    }
    return new History(folder).file(Instant.now());
  }

  private static Snapshot renamed(Snapshot read, byte[] key) {
    return Pseudonymisation.of(SavedSnapshot.redacted(read), key).result();
  }

  private byte[] key() {
    if (keyFile == null) {
      byte[] key = new byte[KEY];
      new SecureRandom().nextBytes(key);
      return key;
    }
    try {
      byte[] key = Files.readAllBytes(keyFile);
      if (key.length < 16) {
        throw new Complaint(
            ExitCode.USAGE,
            "%s has less than 16 bytes; make a key with: head -c 32 /dev/urandom > %s"
                .formatted(keyFile, keyFile));
      }
      return key;
    } catch (IOException e) {
      throw Complaint.of("cannot read " + keyFile, e);
    }
  }
}
