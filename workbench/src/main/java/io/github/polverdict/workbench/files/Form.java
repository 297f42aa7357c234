package io.github.polverdict.workbench.files;

import io.github.polverdict.core.kernel.Finding;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.core.kernel.Severity;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Documents;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.Likeness;
import io.github.polverdict.snapshot.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One mapping of a file that polverdict defines, read strictly: a wrong type and a key that nobody
 * asks for are errors, the latter with the key that is most like it. A file is read to its end, so
 * that all errors are told at once.
 *
 * <p>Every document of such a file begins with {@code apiVersion: polverdict.io/v1} and its {@code
 * kind}.
 */
public final class Form {
  public static final String API_VERSION = "polverdict.io/v1";
  private static final String CODE = "PV033";
  private static final long MOST_BYTES = 16 * 1024 * 1024;

  private final Field field;
  private final Problems problems;
  private final TreeSet<String> asked = new TreeSet<>();

  private Form(Field field, Problems problems) {
    this.field = field;
    this.problems = problems;
    problems.forms.add(this);
  }

  /** What is wrong, and all mappings that were read, to look for keys nobody asked for. */
  private static final class Problems {
    final List<Finding> findings = new ArrayList<>();
    final List<Form> forms = new ArrayList<>();

    void add(Field at, String message, String help) {
      String path = at.path();
      String said = path.isEmpty() ? message : path + ": " + message;
      findings.add(new Finding(CODE, Severity.ERROR, said, help, at.origin()));
    }
  }

  /**
   * Reads each document of a file.
   *
   * @param kind what its documents must be
   * @param reader asks for all keys that there may be; what it returns for a document with an error
   *     is thrown away
   * @throws BadForm when anything is wrong with the file, or it has no document
   */
  public static <T> List<T> read(Path file, String kind, Function<Form, T> reader) throws BadForm {
    Documents.Parsed parsed = Documents.read(bytes(file), file.toString());
    Problems problems = new Problems();
    problems.findings.addAll(parsed.findings());
    List<T> out = new ArrayList<>();
    for (Document document : parsed.documents()) {
      Form form = new Form(document.field(), problems);
      form.header(kind);
      out.add(reader.apply(form));
    }
    problems.forms.forEach(Form::refuseUnasked);
    if (out.isEmpty() && problems.findings.isEmpty()) {
      String help = "it begins with apiVersion: " + API_VERSION + " and kind: " + kind;
      problems.findings.add(unreadable(file, "The file is empty", help));
    }
    if (!problems.findings.isEmpty()) {
      problems.findings.sort(Comparator.comparing(Form::line));
      throw new BadForm(problems.findings);
    }
    return out;
  }

  private static byte[] bytes(Path file) throws BadForm {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        String message = "The file has more than " + MOST_BYTES + " bytes";
        throw new BadForm(List.of(unreadable(file, message, "is it the right one?")));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      String message = "There is no file " + file;
      throw new BadForm(List.of(unreadable(file, message, "check the path")));
    } catch (IOException e) {
      String message = "The file cannot be read: " + e.getMessage();
      String next = Files.isDirectory(file) ? "name the file in it" : "check its permissions";
      throw new BadForm(List.of(unreadable(file, message, next)));
    }
  }

  private static Finding unreadable(Path file, String message, String help) {
    Origin at = new Origin.InFile("", file.toString(), "", 1, 1);
    return new Finding(CODE, Severity.ERROR, message, help, at);
  }

  private static int line(Finding finding) {
    return finding.origin() instanceof Origin.InFile f ? f.line() : 0;
  }

  private void header(String kind) {
    must("apiVersion", API_VERSION);
    must("kind", kind);
  }

  private void must(String key, String value) {
    String found = required(key);
    if (!found.isEmpty() && !found.equals(value)) {
      refuse(key, "'" + found + "' is not " + value, "this version reads " + value);
    }
  }

  private void refuseUnasked() {
    field
        .members()
        .forEach((key, member) -> {
          if (!asked.contains(key)) {
            String help =
                Likeness.closest(key, asked)
                    .map(k -> "did you mean " + k + "?")
                    .orElse("there may be: " + String.join(", ", asked));
            problems.add(member, "there is no such key", help);
          }
        });
  }

  /** The place of the mapping. */
  public Origin origin() {
    return field.origin();
  }

  /** The place of a member; that of the mapping when it is absent. */
  public Origin origin(String key) {
    return field.get(key).origin();
  }

  /** The keys that there are, asked for or not, in the order of the text. */
  public Set<String> keys() {
    return field.members().keySet();
  }

  public boolean has(String key) {
    return ask(key).present();
  }

  private Field ask(String key) {
    asked.add(key);
    return field.get(key);
  }

  /** Says that a member is wrong; the file will not be taken. */
  public void refuse(String key, String message, String help) {
    problems.add(ask(key), message, help);
  }

  /** A member that is a mapping. */
  public Optional<Form> form(String key) {
    Field member = ask(key);
    return member.present() ? form(member) : Optional.empty();
  }

  private Optional<Form> form(Field member) {
    if (member.value() instanceof Value.Mapping) {
      return Optional.of(new Form(member, problems));
    }
    problems.add(member, "must be a mapping", "");
    return Optional.empty();
  }

  /** The mappings of a list; none when it is absent. */
  public List<Form> forms(String key) {
    return items(key).stream().flatMap(i -> form(i).stream()).toList();
  }

  /** The members of a mapping with free keys, each a mapping itself. */
  public Map<String, Form> named(String key) {
    Map<String, Form> out = new LinkedHashMap<>();
    mapping(key).forEach((name, f) -> form(f).ifPresent(form -> out.put(name, form)));
    return out;
  }

  /** A mapping of strings with free keys, labels for example. */
  public Map<String, String> strings(String key) {
    Map<String, String> out = new LinkedHashMap<>();
    mapping(key).forEach((name, f) -> scalar(f).ifPresent(text -> out.put(name, text)));
    return out;
  }

  private Map<String, Field> mapping(String key) {
    Field member = ask(key);
    if (member.present() && !(member.value() instanceof Value.Mapping)) {
      problems.add(member, "must be a mapping", "");
    }
    return member.members();
  }

  private List<Field> items(String key) {
    Field member = ask(key);
    if (member.present() && !(member.value() instanceof Value.Sequence)) {
      problems.add(member, "must be a list", "begin each item with a dash");
    }
    return member.items();
  }

  /** A member's text; numbers and booleans are taken as they are written. */
  public Optional<String> text(String key) {
    Field member = ask(key);
    return member.present() ? scalar(member) : Optional.empty();
  }

  /** A member's text; its absence is an error, and then it is the empty string. */
  public String required(String key) {
    Optional<String> text = text(key);
    if (!field.get(key).present()) {
      problems.add(field, "the key " + key + " is missing", "");
    } else if (text.isPresent() && text.get().isBlank()) {
      refuse(key, "must not be empty", "");
    }
    return text.orElse("");
  }

  /** The texts of a list; a single text counts as a list of one. */
  public List<String> texts(String key) {
    Field member = ask(key);
    if (member.value() instanceof Value.Scalar) {
      return scalar(member).stream().toList();
    }
    return items(key).stream().flatMap(i -> scalar(i).stream()).toList();
  }

  /** An item of a list that may hold both. */
  public sealed interface Item {
    /** A text; numbers and booleans are taken as they are written. */
    record Text(String text) implements Item {}

    /** A mapping. */
    record Mapping(Form form) implements Item {}
  }

  /** The items of a list of texts and mappings; a single one counts as a list of one. */
  public List<Item> mixed(String key) {
    Field member = ask(key);
    boolean single = member.present() && !(member.value() instanceof Value.Sequence);
    List<Field> all = single ? List.of(member) : member.items();
    return all.stream().flatMap(i -> item(i).stream()).toList();
  }

  private Optional<Item> item(Field member) {
    return member.value() instanceof Value.Mapping
        ? Optional.of(new Item.Mapping(new Form(member, problems)))
        : scalar(member).map(Item.Text::new);
  }

  private Optional<String> scalar(Field member) {
    if (member.text().isEmpty()) {
      problems.add(member, "must be a text", "");
    }
    return member.text();
  }

  public Optional<Integer> integer(String key) {
    return typed(key, "must be a whole number", Field::integer);
  }

  public Optional<Boolean> bool(String key) {
    return typed(key, "must be true or false", Field::bool);
  }

  /** A day, written {@code YYYY-MM-DD}. */
  public Optional<LocalDate> day(String key) {
    return typed(key, "must be a day of the form YYYY-MM-DD", f -> f.text().flatMap(Form::parsed));
  }

  private static Optional<LocalDate> parsed(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /** One of the constants, written in lower case with dashes. */
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    Map<String, E> known =
        Arrays.stream(type.getEnumConstants())
            .collect(
                Collectors.toMap(Form::word, Function.identity(), (a, _) -> a, LinkedHashMap::new));
    String message = "must be one of " + String.join(", ", known.keySet());
    return typed(key, message, f -> f.text().flatMap(t -> Optional.ofNullable(known.get(t))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private <T> Optional<T> typed(String key, String message, Function<Field, Optional<T>> read) {
    Field member = ask(key);
    Optional<T> value = member.present() ? read.apply(member) : Optional.empty();
    if (member.present() && value.isEmpty()) {
      problems.add(member, message, "");
    }
    return value;
  }
}
