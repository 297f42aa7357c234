package io.github.polverdict.workbench.files;

import io.github.polverdict.questions.Exemption;
import java.time.LocalDate;

/** Reads {@code owner}, {@code reason}, {@code expires} and perhaps {@code ticket} of a mapping. */
public final class Exemptions {
  private Exemptions() {}

  public static Exemption of(Form form) {
    String owner = form.required("owner");
    String reason = form.required("reason");
    form.required("expires");
    LocalDate expires = form.day("expires").orElse(LocalDate.MAX); // not taken when it is missing
    return new Exemption(owner, reason, form.text("ticket").orElse(""), expires, form.origin());
  }
}
