package io.github.polverdict.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** How big things may become before they are cut. Tests count as well: they are read as often. */
final class Caps {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 50;
  private static final int PARAMETERS = 5;
  private static final int COLUMNS = 120;

  private Caps() {}

  static Stream<Rule> rules() {
    return Stream.of(
        over("file-length", "A file has at most " + FILE_LINES + " lines", Caps::longFile),
        over(
            "method-length",
            "A method has at most " + METHOD_LINES + " lines",
            source -> methods(source, Caps::longMethod)),
        over(
            "parameters",
            "A method has at most "
                + PARAMETERS
                + " parameters (components of a record may be more)",
            source -> methods(source, (_, method) -> manyParameters(method))),
        over("line-length", "A line has at most " + COLUMNS + " columns", Caps::longLines));
  }

  private static Rule over(String id, String sentence, Function<Source, Stream<String>> search) {
    return new Rule(
        id,
        sentence,
        house -> house.sources().stream().flatMap(s -> search.apply(s).map(s::violation)));
  }

  private static Stream<String> longFile(Source source) {
    long lines = source.text().lines().count();
    return lines > FILE_LINES ? Stream.of("has " + lines + " lines") : Stream.empty();
  }

  private static Stream<String> longLines(Source source) {
    List<String> lines = source.text().lines().toList();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS)
        .mapToObj(i -> "line " + (i + 1) + " has " + lines.get(i).length() + " columns");
  }

  private static Stream<String> longMethod(Source source, MethodTree method) {
    long lines = source.lines(method);
    return lines > METHOD_LINES
        ? Stream.of(method.getName() + " has " + lines + " lines")
        : Stream.empty();
  }

  private static Stream<String> manyParameters(MethodTree method) {
    int count = method.getParameters().size();
    return count > PARAMETERS
        ? Stream.of(method.getName() + " has " + count + " parameters")
        : Stream.empty();
  }

  /**
   * What a search finds in the methods of a file; a record's canonical constructor is not asked.
   */
  private static Stream<String> methods(
      Source source, BiFunction<Source, MethodTree, Stream<String>> search) {
    List<String> found = new ArrayList<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        boolean canonical =
            getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner
                && owner.getKind() == Tree.Kind.RECORD
                && method.getReturnType() == null
                && method.getParameters().size() == components(owner);
        if (!canonical) {
          search.apply(source, method).forEach(found::add);
        }
        return super.visitMethod(method, nothing);
      }
    }.scan(source.unit(), null);
    return found.stream();
  }

  private static long components(ClassTree owner) {
    return owner.getMembers().stream()
        .filter(member -> member instanceof VariableTree field && !isStatic(field))
        .count();
  }

  private static boolean isStatic(VariableTree field) {
    return field.getModifiers().getFlags().contains(Modifier.STATIC);
  }
}
