import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The formatter over every Java file of the tree: {@code Format check ROOT} or {@code Format fix
 * ROOT}.
 */
final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  private Format() {}

  public static void main(String... args) throws IOException {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]).toRealPath();
    List<Path> sources = sources(root);
    List<Path> off =
        sources.parallelStream().filter(source -> !formatted(source, fix)).sorted().toList();
    off.forEach(source ->
        System.err.println((fix ? "rewrote " : "not formatted: ") + root.relativize(source)));
    if (!fix && !off.isEmpty()) {
      System.err.println("Run: ./mvnw -q -pl checks/format -Dformat=fix validate");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean ours = !NOT_OURS.contains(dir.getFileName().toString());
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static boolean formatted(Path source, boolean fix) {
    try {
      String before = Files.readString(source);
      String imports = RemoveUnusedImports.removeUnusedImports(before);
      String after =
          new Formatter().formatSource(ImportOrderer.reorderImports(imports, Style.GOOGLE));
      if (fix && !after.equals(before)) {
        Files.writeString(source, after);
      }
      return after.equals(before);
    } catch (FormatterException | IOException e) {
      throw new IllegalStateException(source + ": " + e.getMessage(), e);
    }
  }
}
