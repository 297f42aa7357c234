package io.github.polverdict.snapshot.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private static void runs(String... command) throws IOException, InterruptedException {
    int code = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    assumeTrue(code == 0, () -> "this machine does not let us do: " + String.join(" ", command));
  }

  @Test
  void aFileIsReplacedAsAWholeAndNothingElseIsLeft() throws IOException {
    Path file = Files.write(folder.resolve("a.pvs"), OLD);
    WholeFile.write(file, new byte[100_000]);
    assertThat(Files.size(file)).isEqualTo(100_000);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aFullDiskLeavesTheOldFileAndNoHalfOne() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    runs("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
    try {
      Path file = Files.write(disk.resolve("a.pvs"), OLD);
      assertThatThrownBy(() -> WholeFile.write(file, new byte[1_000_000]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
      assertThat(file).hasBinaryContent(OLD);
      try (Stream<Path> all = Files.list(disk)) {
        assertThat(all).containsExactly(file);
      }
    } finally {
      runs("umount", disk.toString());
    }
  }

  @Test
  void aPipeOrDeviceIsWrittenToAndNotReplaced() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    runs("mkfifo", pipe.toString());
    Process reader = new ProcessBuilder("cat", pipe.toString()).start();
    WholeFile.write(pipe, OLD);
    assertThat(reader.getInputStream().readAllBytes()).isEqualTo(OLD);
    assertThat(WholeFile.isStream(pipe)).isTrue();
  }

  @Test
  void aLinkStaysAndTheFileThatItLeadsToIsReplaced() throws IOException {
    Path file = Files.write(folder.resolve("a.pvs"), new byte[1]);
    Path link = Files.createSymbolicLink(folder.resolve("latest.pvs"), file);
    WholeFile.write(link, OLD);
    assertThat(link).isSymbolicLink();
    assertThat(file).hasBinaryContent(OLD);
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> WholeFile.write(folder.resolve("no/a.pvs"), OLD))
        .hasMessageContaining("there is no folder " + folder.resolve("no"));
  }
}
