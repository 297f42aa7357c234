package io.github.polverdict.snapshot.saved;

import io.github.polverdict.snapshot.UnreadableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Saved snapshots of one cluster, a file for each time that it was read. Their names are the times
 * in UTC, {@code 2026-11-29T090500Z.pvs}; other files of the folder do not matter.
 */
public record History(Path folder) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmssX").withZone(ZoneOffset.UTC);
  private static final String EXTENSION = ".pvs";

  /** The file for what is read at a time. */
  public Path file(Instant time) {
    return folder.resolve(NAME.format(time) + EXTENSION);
  }

  /**
   * The newest snapshot.
   *
   * @throws UnreadableSource with a sentence for the user when there is none
   */
  public Path newest() throws UnreadableSource {
    return all().lastEntry().getValue();
  }

  /**
   * The newest snapshot that was read at a time or before.
   *
   * @param text a day, {@code 2026-11-28}, which stands for its end; or a time, {@code
   *     2026-11-28T10:00}, in UTC unless it says otherwise, {@code 2026-11-28T10:00+01:00}
   * @throws UnreadableSource with a sentence for the user when there is none, or the text is no
   *     time
   */
  public Path at(String text) throws UnreadableSource {
    Instant time =
        time(text)
            .orElseThrow(() ->
                new UnreadableSource(
                    "'%s' is no time; say a day like 2026-11-28, or 2026-11-28T10:00 in UTC"
                        .formatted(text)));
    NavigableMap<Instant, Path> all = all();
    var found = all.floorEntry(time);
    if (found == null) {
      throw new UnreadableSource(
          "no snapshot of %s is as old as %s; the oldest is %s"
              .formatted(folder, text, all.firstEntry().getValue().getFileName()));
    }
    return found.getValue();
  }

  private static Optional<Instant> time(String text) {
    try {
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.contains("T") ? text : text + "T23:59:59.999999999",
              OffsetDateTime::from,
              LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private NavigableMap<Instant, Path> all() throws UnreadableSource {
    NavigableMap<Instant, Path> out = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> timeOf(file).ifPresent(time -> out.put(time, file)));
    } catch (NotDirectoryException | NoSuchFileException _) {
      throw new UnreadableSource(folder + " is no folder of snapshots");
    } catch (IOException e) {
      throw new UnreadableSource("cannot read the history in " + e.getMessage());
    }
    if (out.isEmpty()) {
      throw new UnreadableSource(
          "no snapshot is in %s; polverdict snapshot SOURCE --history %s adds one"
              .formatted(folder, folder));
    }
    return out;
  }

  private static Optional<Instant> timeOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(EXTENSION)) {
      return Optional.empty();
    }
    try {
      String time = name.substring(0, name.length() - EXTENSION.length());
      return Optional.of(NAME.parse(time, Instant::from));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
