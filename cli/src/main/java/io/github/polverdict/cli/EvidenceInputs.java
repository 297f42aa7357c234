package io.github.polverdict.cli;

import io.github.polverdict.questions.evidence.EvidenceAnswer.Input;
import io.github.polverdict.questions.evidence.EvidenceAnswer.Summed;
import io.github.polverdict.snapshot.FileSource;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.git.GitSource;
import io.github.polverdict.snapshot.git.GitSource.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a source with their sums; none of a running cluster. Two of the same place are equal
 * exactly when nothing changed between them.
 */
record EvidenceInputs(Optional<String> commit, List<Input> files) {
  EvidenceInputs {
    files = List.copyOf(files);
  }

  static EvidenceInputs of(Place place) {
    return switch (place) {
      case Place.Files read -> new EvidenceInputs(Optional.empty(), files(read.paths()));
      case Place.Git git -> of(git);
      case Place.Cluster _ -> new EvidenceInputs(Optional.empty(), List.of());
    };
  }

  private static EvidenceInputs of(Place.Git git) {
    try {
      GitSource source = new GitSource(git.revision(), git.path(), git.namespace());
      List<Input> files = new ArrayList<>();
      for (Blob blob : source.blobs()) {
        files.add(new Input(Exhibits.summed(blob.name(), blob.bytes()), Optional.of(blob.id())));
      }
      return new EvidenceInputs(Optional.of(source.commit()), files);
    } catch (UnreadableSource e) {
      throw new Complaint(ExitCode.UNREADABLE, e.sentence());
    }
  }

  private static List<Input> files(List<String> paths) {
    List<Input> out = new ArrayList<>();
    for (Path path : FileSource.of(paths, InputStream.nullInputStream()).files()) {
      if (!Files.isRegularFile(path)) {
        throw stream(path.toString());
      }
      out.add(new Input(summed(path), Optional.empty()));
    }
    if (paths.contains("-")) {
      throw stream("-");
    }
    return out;
  }

  private static Summed summed(Path path) {
    try {
      return Exhibits.summed(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      return new Summed(path.toString(), 0, ""); // reading the source says what is wrong
    }
  }

  private static Complaint stream(String path) {
    return new Complaint(
        ExitCode.USAGE, path + " can't be read twice, to be summed: name files or folders");
  }
}
