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
      Field root =
          new Document(
                  new ResourceId("", "", "", ""),
                  ApiJson.read(Files.readAllBytes(file)),
                  file.toString(),
                  false)
              .field();
      if (!root.get("question").text("").equals(question)) {
        throw new Complaint(
            ExitCode.UNREADABLE,
            "%s is no answer of %s; write it with: polverdict %s … -o json=FILE"
                .formatted(file, question, question));
      }
      return root;
    } catch (IOException e) {
      throw new Complaint(ExitCode.UNREADABLE, "cannot read " + file + ": " + e.getMessage());
    } catch (ApiJson.Malformed e) {
      throw new Complaint(ExitCode.UNREADABLE, file + " is not JSON: " + e.getMessage());
    }
  }
}
