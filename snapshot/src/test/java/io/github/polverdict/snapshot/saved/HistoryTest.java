package io.github.polverdict.snapshot.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @BeforeEach
  void twoDays() throws IOException {
    for (String time : new String[] {"2026-11-27T23:00:00Z", "2026-11-28T09:05:07Z"}) {
      Files.createFile(new History(folder).file(Instant.parse(time)));
    }
    Files.createFile(folder.resolve("notes.txt"));
    Files.createFile(folder.resolve("prod.pvs"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27, 2026-11-27T230000Z.pvs",
    "2026-11-28, 2026-11-28T090507Z.pvs",
    "2030-01-01, 2026-11-28T090507Z.pvs",
    "2026-11-28T09:05, 2026-11-27T230000Z.pvs",
    "2026-11-28T09:05:07, 2026-11-28T090507Z.pvs",
    "2026-11-28T09:06Z, 2026-11-28T090507Z.pvs",
    "2026-11-28T10:05+01:00, 2026-11-27T230000Z.pvs",
    "2026-11-28T10:06+01:00, 2026-11-28T090507Z.pvs"
  })
  void theNewestThatIsNotYoungerIsMeant(String time, String file) throws UnreadableSource {
    assertThat(new History(folder).at(time)).isEqualTo(folder.resolve(file));
  }

  @Test
  void withoutATimeTheNewestIsMeant() throws UnreadableSource {
    assertThat(new History(folder).newest()).hasFileName("2026-11-28T090507Z.pvs");
  }

  @Test
  void whatIsBeforeTheOldestIsNotThere() {
    assertThatThrownBy(() -> new History(folder).at("2026-11-26"))
        .isInstanceOf(UnreadableSource.class)
        .hasMessageContaining("as old as 2026-11-26; the oldest is 2026-11-27T230000Z.pvs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "", "2026-13-01", "2026-11-28T", "12:00"})
  void otherWordsAreNoTime(String text) {
    assertThatThrownBy(() -> new History(folder).at(text)).hasMessageContaining("is no time");
  }

  @Test
  void aFolderWithoutSnapshotsSaysHowToAddOne() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> new History(empty).newest())
        .hasMessageContaining("snapshot SOURCE --history " + empty);
    assertThatThrownBy(() -> new History(folder.resolve("notes.txt")).newest())
        .hasMessageContaining("is no folder of snapshots");
    assertThatThrownBy(() -> new History(folder.resolve("gone")).newest())
        .hasMessageContaining("gone is no folder of snapshots");
  }
}
