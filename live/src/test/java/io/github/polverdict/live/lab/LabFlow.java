package io.github.polverdict.live.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One flow as it is written in flows.csv, {@code shop/client} to {@code svc/shop/open:8080/udp}.
 */
record LabFlow(String from, String to) {

  static List<LabFlow> read(Path csv) {
    return rows(text(csv)).stream().skip(1).map(r -> new LabFlow(r.get(0), r.get(1))).toList();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a CSV text (RFC 4180), without empty ones. */
  static List<List<String>> rows(String csv) {
    List<List<String>> out = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          cell.append(csv.charAt(++i));
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          out.add(row);
          row = new ArrayList<>();
        }
      } else if (c != '\r' || quoted) {
        cell.append(c);
      }
    }
    if (cell.length() > 0 || !row.isEmpty()) {
      row.add(cell.toString());
      out.add(row);
    }
    return out.stream().filter(r -> r.size() > 1).toList();
  }

  boolean fromNode() {
    return from.startsWith("node/");
  }

  boolean fromOutside() {
    return Character.isDigit(from.charAt(0));
  }

  /** {@code tcp}, {@code udp} or {@code icmp}. */
  String protocol() {
    String last = to.substring(to.lastIndexOf('/') + 1);
    return List.of("tcp", "udp", "icmp").contains(last) ? last : "tcp";
  }

  /** What is called, without port and protocol. */
  String target() {
    return to.substring(0, to.lastIndexOf(':'));
  }

  String port() {
    String rest = to.substring(to.lastIndexOf(':') + 1);
    return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
  }

  @Override
  public String toString() {
    return from + " -> " + to;
  }
}
