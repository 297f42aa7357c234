package io.github.polverdict.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the rules look at: the files of a checkout and the classes that were built from them.
 *
 * @param root the folder of the checkout
 * @param base the package above the modules, with a dot at its end
 */
record House(Path root, String base, JavaClasses classes, List<Source> sources) {

  /** The checkout that this build belongs to. */
  static House here() throws IOException {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("project.root"), "project.root"));
    String base = "io.github.polverdict.";
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> built =
          modules
              .filter(module -> Arrows.knows(module.getFileName().toString()))
              .map(module -> module.resolve("target/classes"))
              .filter(Files::isDirectory)
              .toList();
      return new House(root, base, new ClassFileImporter().importPaths(built), Source.below(root));
    }
  }

  /** A class's name below the base package, of the outermost class. */
  String nameOf(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    int inner = name.indexOf('$');
    return name.substring(base.length(), inner < 0 ? name.length() : inner);
  }

  boolean owns(JavaClass type) {
    return type.getBaseComponentType().getName().startsWith(base);
  }

  /**
   * The files below a folder of the checkout, in the order of their names; none if it is absent.
   */
  List<Path> files(String folder) {
    Path start = root.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(start)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
