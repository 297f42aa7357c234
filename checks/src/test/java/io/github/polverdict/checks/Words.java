package io.github.polverdict.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about what is written in sources: names of engines, codes of findings, notes to self. */
final class Words {
  /** Long names are found anywhere in a word, short ones as words only ("laws" is no cloud). */
  private static final Pattern CNI =
      Pattern.compile(
          "(?i)calico|canal|cilium|weave|kube-?router|flannel|antrea|kindnet|kube-?ovn|istio"
              + "|(?<![a-z])(k3s|ovn|aws|eks|aks|gke|npm)(?![a-z])");

  private static final Pattern CODE = Pattern.compile("\\bPV[0-9]{3}\\b");
  private static final Pattern NOTE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern PLACE =
      Pattern.compile("(?<![\\w.])/(root|work|home/\\w+|Users/\\w+)/");

  private Words() {}

  static Stream<Rule> rules() {
    return Stream.of(
        new Rule(
            "cni-names",
            "No CNI is named outside dialects, except in comments, tests and resources",
            Words::engineNames),
        new Rule(
            "null-marked",
            "Every package has a @NullMarked package-info that says what it knows",
            Words::unmarkedPackages),
        new Rule(
            "finding-pages",
            "Every code PVnnn has a page docs/findings/PVnnn.md, and every page a code",
            Words::findingsAndPages),
        new Rule("no-notes", "A source holds no note of unfinished work", h -> matches(h, NOTE)),
        new Rule(
            "no-machine-paths", "A source names no folder of one machine", h -> matches(h, PLACE)));
  }

  private static Stream<Violation> engineNames(House house) {
    return house.sources().stream()
        .filter(source -> source.isMain() && !source.module().equals("dialects"))
        .flatMap(source ->
            words(source).stream().filter(w -> CNI.matcher(w).find()).map(source::violation));
  }

  /** The names and literals of a source, without its comments. */
  private static Set<String> words(Source source) {
    Set<String> words = new LinkedHashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitLiteral(LiteralTree literal, Void nothing) {
        words.add(String.valueOf(literal.getValue()));
        return super.visitLiteral(literal, nothing);
      }

      @Override
      public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
        words.add(identifier.getName().toString());
        return super.visitIdentifier(identifier, nothing);
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
        words.add(select.getIdentifier().toString());
        return super.visitMemberSelect(select, nothing);
      }

      @Override
      public Void visitClass(ClassTree type, Void nothing) {
        words.add(type.getSimpleName().toString());
        return super.visitClass(type, nothing);
      }

      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        words.add(method.getName().toString());
        return super.visitMethod(method, nothing);
      }

      @Override
      public Void visitVariable(VariableTree variable, Void nothing) {
        words.add(variable.getName().toString());
        return super.visitVariable(variable, nothing);
      }
    }.scan(source.unit(), null);
    return words;
  }

  private static Stream<Violation> unmarkedPackages(House house) {
    var marked = new TreeSet<String>();
    var packages = new TreeMap<String, Source>();
    house.sources().stream()
        .filter(Source::isMain)
        .forEach(source -> {
          String folder = String.valueOf(source.path().getParent());
          packages.putIfAbsent(folder, source);
          String text = source.text();
          if (source.name().equals("package-info.java")
              && text.startsWith("/**")
              && text.contains("@NullMarked")) {
            marked.add(folder);
          }
        });
    return packages.keySet().stream()
        .filter(folder -> !marked.contains(folder))
        .map(folder -> new Violation(folder, "has no documented @NullMarked package-info"));
  }

  private static Stream<Violation> findingsAndPages(House house) {
    var codes = new TreeMap<String, String>();
    house.sources().stream()
        .filter(Source::isMain)
        .forEach(source ->
            words(source).stream()
                .flatMap(word -> CODE.matcher(word).results())
                .forEach(code -> codes.putIfAbsent(code.group(), source.path().toString())));
    var pages = new TreeSet<String>();
    for (var page : house.files("docs/findings")) {
      Matcher name = CODE.matcher(String.valueOf(page.getFileName()));
      if (name.find()) {
        pages.add(name.group());
      }
    }
    return Stream.concat(
        codes.entrySet().stream()
            .filter(code -> !pages.contains(code.getKey()))
            .map(code ->
                new Violation(code.getValue(), "uses " + code.getKey() + ", which has no page")),
        pages.stream()
            .filter(page -> !codes.containsKey(page))
            .map(
                page -> new Violation("docs/findings/" + page + ".md", "no source uses its code")));
  }

  private static Stream<Violation> matches(House house, Pattern pattern) {
    return house.sources().stream()
        .flatMap(source -> {
          List<String> found =
              pattern.matcher(source.text()).results().map(m -> m.group()).distinct().toList();
          return found.stream().map(word -> source.violation("says " + word));
        });
  }
}
