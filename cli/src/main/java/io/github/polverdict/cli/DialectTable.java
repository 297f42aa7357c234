package io.github.polverdict.cli;

import io.github.polverdict.dialects.api.Dialects;
import io.github.polverdict.dialects.api.Profile;
import io.github.polverdict.dialects.api.Quirk;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what is known of one engine. */
final class DialectTable {
  private final Dialects dialects;

  DialectTable(Dialects dialects) {
    this.dialects = dialects;
  }

  void print(String name, PrintWriter out) {
    Profile profile =
        dialects.profiles().stream()
            .filter(p -> p.dialect().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new Complaint(
                    ExitCode.USAGE,
                    "no dialect '"
                        + name
                        + "'; there are "
                        + dialects.profiles().stream()
                            .map(Profile::dialect)
                            .collect(Collectors.joining(", "))));
    out.println(
        profile.title()
            + ", profile "
            + profile.version()
            + (profile.newest().isEmpty()
                ? ""
                : ", versions " + profile.oldest() + " to " + profile.newest()));
    out.println();
    profile.settings().forEach(setting -> print(setting, out));
    out.println();
    profile.quirks().forEach(quirk -> print(quirk, out));
    out.flush();
  }

  private static void print(Profile.Setting setting, PrintWriter out) {
    String defaults =
        setting.defaults().stream()
            .map(d ->
                (d.version().isEmpty() ? "" : d.version() + ": ")
                    + (d.value().isEmpty() ? "(empty)" : d.value()))
            .collect(Collectors.joining("; "));
    out.println("  " + setting.name() + "  " + setting.says() + " [" + defaults + "]");
  }

  private static void print(Quirk quirk, PrintWriter out) {
    out.println(
        "  "
            + quirk.id()
            + "  ("
            + low(quirk.status())
            + ", "
            + low(quirk.effect())
            + when(quirk)
            + ")");
    out.println("      " + quirk.says());
    quirk
        .evidence()
        .forEach(e ->
            out.println(
                "      "
                    + e.kind()
                    + " "
                    + e.link()
                    + (e.pin().isEmpty() ? "" : " at " + e.pin())));
  }

  private static String when(Quirk quirk) {
    String config =
        quirk.when().config().entrySet().stream()
            .sorted(java.util.Map.Entry.comparingByKey())
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return (quirk.when().version().isEmpty() ? "" : ", version " + quirk.when().version())
        + (config.isEmpty() ? "" : ", " + config);
  }

  private static String low(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
