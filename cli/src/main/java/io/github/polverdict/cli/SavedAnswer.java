package io.github.polverdict.cli;

import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON answer that polverdict wrote to a file. */
final class SavedAnswer {
  private SavedAnswer() {}

  /**
   * The answer's root.
   *
   * @param question which question it must answer, as {@code verify}
   * @throws Complaint when it cannot be read, is no JSON, or answers another question
   */
  static Field read(Path file, String question) {
    try {
      return read(Files.readAllBytes(file), file.toString(), question);
    } catch (IOException e) {
      throw Complaint.of("cannot read " + file, e);
    }
  }

  /** The same of what was read already. */
  static Field read(byte[] bytes, String file, String question) {
    try {
      Field root =
          new Document(new ResourceId("", "", "", ""), ApiJson.read(bytes), file, false).field();
      if (!root.get("question").text("").equals(question)) {
        throw new Complaint(
            ExitCode.UNREADABLE,
            "%s is no answer of %s; write it with: polverdict %s … -o json=FILE"
                .formatted(file, question, question));
      }
      return root;
    } catch (ApiJson.Malformed e) {
      throw new Complaint(ExitCode.UNREADABLE, file + " is not JSON: " + e.getMessage());
    }
  }
}
