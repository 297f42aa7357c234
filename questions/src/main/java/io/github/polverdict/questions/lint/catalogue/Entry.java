package io.github.polverdict.questions.lint.catalogue;

/**
 * A row of the table: one finding. Its page docs/findings/CODE.md holds the same words.
 *
 * @param code {@code PV203}; the first digit is its class; never used for anything else
 * @param slug its name in lower case
 * @param level how bad it is at most
 * @param title what is wrong, in half a sentence
 * @param when what is decided before it is reported
 * @param not when it is not reported, although one might expect it
 * @param why what comes of it
 * @param help what to do
 */
public record Entry(
    String code,
    String slug,
    Level level,
    String title,
    String when,
    String not,
    String why,
    String help) {

  /** Its page, as Markdown. */
  public String page() {
    return """
    # %s: %s

    `%s`, severity **%s**.

    **Why it matters.** %s

    **Reported when** %s

    **Not reported** %s

    **What to do.** %s
    """
        .formatted(code, title, slug, level, why, when, not, help);
  }
}
