package io.github.polverdict.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One page with everything in it. Its policy forbids the browser every connection, and every script
 * and style but those that stand in it, by their hashes.
 *
 * @param title of the window
 * @param body between the tags of {@code main}
 * @param data JSON for the scripts, which find it in the element {@code data}; empty for none
 * @param scripts resources of this package, in the order in which they run
 */
public record Page(String title, Html body, String data, List<String> scripts) {
  private static final String STYLE = "page.css";

  public void write(Writer out) {
    String style = resource(STYLE);
    String script = scripts.stream().map(Page::resource).collect(Collectors.joining("\n"));
    String policy =
        "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'"
            .formatted(hash(style), script.isEmpty() ? "'none'" : hash(script));
    StringBuilder page =
        new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n")
            .append("<title>" + Html.escaped(title) + "</title>\n")
            .append("<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
            .append(body)
            .append("</main>\n");
    if (!data.isEmpty()) {
      page.append("<script type=\"application/json\" id=\"data\">")
          .append(data.replace("<", "\\u003c"))
          .append("</script>\n");
    }
    if (!script.isEmpty()) {
      page.append("<script>").append(script).append("</script>\n");
    }
    write(page.append("</body>\n</html>\n"), out);
  }

  private static void write(CharSequence text, Writer out) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text of this package that is part of the program. */
  public static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Content Security Policy Level 3 (W3C) names what may stand in a page. */
  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(sum) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
