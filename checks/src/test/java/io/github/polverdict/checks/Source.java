package io.github.polverdict.checks;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * One Java file, parsed but not compiled.
 *
 * @param path from the root of the checkout
 */
record Source(Path path, String text, CompilationUnitTree unit, SourcePositions positions) {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  /** Every Java file of a checkout, in the order of their paths. */
  static List<Source> below(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean ours = !NOT_OURS.contains(String.valueOf(dir.getFileName()));
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files.isEmpty() ? List.of() : parse(root, files);
  }

  private static List<Source> parse(Path root, List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      JavacTask task =
          (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<Source> sources = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        Path path = root.relativize(Path.of(unit.getSourceFile().toUri()));
        String text = unit.getSourceFile().getCharContent(true).toString();
        sources.add(new Source(path, text, unit, positions));
      }
      return sources;
    }
  }

  /** Whether the file is in a module's {@code src/main/java}. */
  boolean isMain() {
    return path.toString().contains("src/main/java/");
  }

  /** The first folder of the path. */
  String module() {
    return path.getName(0).toString();
  }

  String name() {
    return path.getFileName().toString();
  }

  /** Lines from the first to the last of a tree, both counted; without what documents it. */
  long lines(Tree tree) {
    return line(positions.getEndPosition(unit, tree))
        - line(positions.getStartPosition(unit, tree))
        + 1;
  }

  private long line(long position) {
    return unit.getLineMap().getLineNumber(position);
  }

  Violation violation(String what) {
    return new Violation(path.toString(), what);
  }
}
