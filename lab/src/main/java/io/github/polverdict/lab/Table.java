package io.github.polverdict.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Tables among the resources: lines cut at bars; those that begin with # are comments. */
public final class Table {
  private Table() {}

  /** The rows of the table beside a class. */
  public static List<List<String>> of(Class<?> beside, String resource) {
    return text(beside, resource)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .toList();
  }

  /** The text of the resource beside a class. */
  public static String text(Class<?> beside, String resource) {
    try (InputStream in = open(beside, resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The resource beside a class. */
  public static InputStream open(Class<?> beside, String resource) {
    InputStream in = beside.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is not in the program");
    }
    return in;
  }
}
