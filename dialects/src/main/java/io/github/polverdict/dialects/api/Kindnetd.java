package io.github.polverdict.dialects.api;

import io.github.polverdict.snapshot.Field;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images of kindnetd that kind and minikube run: tagged with their date, also in minikube's
 * other repositories (pkg/minikube/bootstrapper/images/images.go), and with 0.1.0 to 0.5.4 before.
 */
public final class Kindnetd {
  private static final Pattern DATED =
      Pattern.compile("(?:.*/)?kindnetd:v?([0-9]{8})(?:[^0-9].*)?");
  private static final Pattern BEFORE = Pattern.compile("(?:.*/)?kindest/kindnetd:0\\..*");

  private Kindnetd() {}

  /** The date as a number, {@code 20240813}; 0 for images from before dates; none otherwise. */
  public static OptionalInt date(Field container) {
    String image = container.get("image").text("");
    Matcher dated = DATED.matcher(image);
    if (dated.matches()) {
      return OptionalInt.of(Integer.parseInt(dated.group(1)));
    }
    return BEFORE.matcher(image).matches() ? OptionalInt.of(0) : OptionalInt.empty();
  }
}
