package io.github.polverdict.live;

import io.github.polverdict.core.model.rights.Feature;
import io.github.polverdict.core.model.rights.Right;
import io.github.polverdict.core.model.rights.Right.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The features and their rights; the table is {@code features.txt}. */
public final class Features {
  private static final List<Feature> ALL =
      Resource.lines("features.txt").map(Features::feature).toList();

  private Features() {}

  /** All, in the order of the table. */
  public static List<Feature> all() {
    return ALL;
  }

  private static Feature feature(String line) {
    List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    if (cells.size() != 6) {
      throw new IllegalStateException("not six cells: " + line);
    }
    return new Feature(
        cells.get(0),
        cells.get(1),
        cells.get(2),
        rights(cells.get(3)),
        cells.get(3).startsWith("@"),
        words(cells.get(4)),
        words(cells.get(5)));
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : List.of(cell.split(" +"));
  }

  private static List<Right> rights(String cell) {
    List<Right> out = new ArrayList<>();
    for (String text : cell.isEmpty() ? new String[0] : cell.split(", +")) {
      switch (text) {
        case "@resources" -> Resource.all().forEach(r -> out.addAll(lists(r)));
        case "@watched" ->
            Resource.all().stream()
                .filter(r -> !r.byName())
                .map(r -> new Right("watch", r.id(), "", reach(r), "it is listed again and again"))
                .forEach(out::add);
        case "@surroundings" -> Resource.surroundings().forEach(r -> out.addAll(lists(r)));
        default -> {
          String[] words = text.replace("*", "").split(" ", 2);
          Reach reach = text.endsWith("*") ? Reach.CLUSTER : Reach.NAMESPACES;
          out.add(new Right(words[0], words[1], "", reach, ""));
        }
      }
    }
    return out;
  }

  private static List<Right> lists(Resource resource) {
    List<String> names = resource.byName() ? resource.names() : List.of("");
    return names.stream()
        .map(n -> new Right("list", resource.id(), n, reach(resource), resource.costs()))
        .toList();
  }

  private static Reach reach(Resource resource) {
    return switch (resource.reach()) {
      case CLUSTER -> Reach.CLUSTER;
      case NAMESPACES -> Reach.NAMESPACES;
      case AGENTS -> Reach.AGENTS;
    };
  }
}
