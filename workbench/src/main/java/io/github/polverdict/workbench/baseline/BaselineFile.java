package io.github.polverdict.workbench.baseline;

import io.github.polverdict.core.kernel.IpAddress;
import io.github.polverdict.core.kernel.IpSet;
import io.github.polverdict.core.kernel.Origin;
import io.github.polverdict.questions.baseline.Baseline;
import io.github.polverdict.questions.baseline.Baseline.Group;
import io.github.polverdict.questions.baseline.Baseline.Known;
import io.github.polverdict.questions.baseline.Baseline.Listener;
import io.github.polverdict.questions.baseline.Baseline.Pods;
import io.github.polverdict.questions.baseline.Baseline.Waived;
import io.github.polverdict.questions.baseline.Chosen;
import io.github.polverdict.questions.baseline.Chosen.Operator;
import io.github.polverdict.questions.baseline.Chosen.Requirement;
import io.github.polverdict.questions.baseline.Control;
import io.github.polverdict.questions.baseline.Demand;
import io.github.polverdict.questions.baseline.Item;
import io.github.polverdict.questions.baseline.Preset;
import io.github.polverdict.workbench.files.Exemptions;
import io.github.polverdict.workbench.files.Form;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a baseline; its schema is docs/schema/baseline-v1.schema.json. */
public final class BaselineFile {
  /** What its documents are. */
  public static final String KIND = "Baseline";

  private BaselineFile() {}

  /** Reads one; contradictions within it are refused. */
  public static Baseline of(Form form) {
    String name = form.origin() instanceof Origin.InFile f ? f.path() : "baseline";
    return baseline(form, name);
  }

  private static Baseline baseline(Form form, String name) {
    Optional<Preset> preset = preset(form);
    Map<Item, Demand> defaults = new EnumMap<>(Item.class);
    preset.ifPresent(p -> defaults.putAll(p.demands()));
    form.form("defaults")
        .ifPresent(f -> {
          defaults.putAll(demands(f));
          contradictions(f, defaults);
        });
    List<Control> controls = preset.map(Preset::controls).orElse(List.of());
    Chosen system = form.form("systemNamespaces").map(BaselineFile::chosen).orElse(Preset.SYSTEM);
    List<Group> groups = groups(form, defaults);
    List<Waived> exceptions = new ArrayList<>();
    for (Form one : form.forms("exceptions")) {
      exceptions.add(new Waived(namespaces(one), items(one), Exemptions.of(one)));
    }
    if (defaults.isEmpty() && groups.isEmpty()) {
      form.refuse("defaults", "nothing is demanded", "say a preset, defaults or groups");
    }
    return new Baseline(name, controls, defaults, groups, system, exceptions, known(form));
  }

  private static Optional<Preset> preset(Form form) {
    Optional<String> word = form.text("preset");
    Optional<Preset> preset = word.flatMap(Preset::of);
    if (word.isPresent() && preset.isEmpty()) {
      form.refuse("preset", "there is no preset '" + word.get() + "'", "there are: " + presets());
    }
    return preset;
  }

  /** The ids of all presets, as a user reads them. */
  public static String presets() {
    return Preset.ALL.stream().map(Preset::id).collect(Collectors.joining(", "));
  }

  private static Map<Item, Demand> demands(Form form) {
    Map<Item, Demand> out = new EnumMap<>(Item.class);
    for (Item item : Item.OF_NAMESPACES) {
      form.choice(item.key(), Demand.class)
          .ifPresent(demand -> {
            if (item.demands().contains(demand)) {
              out.put(item, demand);
            } else {
              form.refuse(item.key(), "cannot be " + word(demand), "it may be " + words(item));
            }
          });
    }
    return out;
  }

  private static String words(Item item) {
    return item.demands().stream()
        .sorted()
        .map(BaselineFile::word)
        .collect(Collectors.joining(" or "));
  }

  private static String word(Demand demand) {
    return demand.name().toLowerCase(Locale.ROOT);
  }

  /** What one mapping cannot demand together. */
  private static void contradictions(Form form, Map<Item, Demand> demands) {
    if (!form.has(Item.SAME_NAMESPACE.key())) {
      return;
    }
    boolean closed = demands.get(Item.SAME_NAMESPACE) == Demand.DENY;
    for (Item open : List.of(Item.INGRESS, Item.EGRESS)) {
      if (closed && demands.get(open) == Demand.ALLOW) {
        form.refuse(
            "sameNamespace",
            "deny contradicts " + open.key() + ": allow, which lets pods of the namespace in, too",
            "take one of the two out");
      }
    }
  }

  private static List<Group> groups(Form form, Map<Item, Demand> defaults) {
    List<Group> out = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Form one : form.forms("groups")) {
      String name = one.required("name");
      if (!name.matches("(?=.{1,32}$)[a-z0-9](-?[a-z0-9])*")) {
        one.refuse("name", "is no name like tenants-a", "lower case letters, digits and dashes");
      }
      if (!names.add(name)) {
        one.refuse("name", "there is a group " + name + " already", "name each group once");
      }
      Optional<Form> own = one.form("defaults");
      Map<Item, Demand> demands = own.map(BaselineFile::demands).orElse(Map.of());
      if (demands.isEmpty()) {
        one.refuse("defaults", "the group demands nothing of its own", "say what differs");
      }
      Map<Item, Demand> whole = new EnumMap<>(Item.class);
      whole.putAll(defaults);
      whole.putAll(demands);
      own.ifPresent(f -> contradictions(f, whole));
      out.add(new Group(name, namespaces(one), demands, one.origin()));
    }
    return out;
  }

  private static Chosen namespaces(Form form) {
    Chosen chosen =
        form.form("namespaces").map(BaselineFile::chosen).orElse(Chosen.named(List.of()));
    if (chosen.isEmpty()) {
      form.refuse("namespaces", "no namespace is chosen", "say names, matchLabels or both");
    }
    return chosen;
  }

  private static Chosen chosen(Form form) {
    List<Requirement> requirements = new ArrayList<>();
    for (Form one : form.forms("matchExpressions")) {
      String word = one.required("operator");
      Optional<Operator> operator = Operator.of(word);
      List<String> values = one.texts("values");
      String key = one.required("key");
      if (operator.isEmpty()) {
        one.refuse("operator", "'" + word + "' is no operator", "In, NotIn, Exists, DoesNotExist");
      } else if (operator.get().hasValues() == values.isEmpty()) {
        one.refuse("values", "do not fit the operator " + word, "In and NotIn have values");
      }
      operator.ifPresent(o -> requirements.add(new Requirement(key, o, values)));
    }
    return new Chosen(form.texts("names"), form.strings("matchLabels"), requirements);
  }

  private static Set<Item> items(Form form) {
    Set<Item> out = EnumSet.noneOf(Item.class);
    List<String> words = form.texts("items");
    for (String word : words) {
      Optional<Item> item = Item.of(word);
      if (item.isEmpty()) {
        String all = Item.OF_NAMESPACES.stream().map(Item::key).collect(Collectors.joining(", "));
        form.refuse("items", "there is no item '" + word + "'", "there are: " + all);
      }
      item.ifPresent(out::add);
    }
    if (words.isEmpty()) {
      form.refuse("items", "the exception is for no item", "say which, as [egress]");
    }
    return out;
  }

  private static Known known(Form form) {
    List<IpAddress> resolvers = new ArrayList<>();
    for (String word : form.texts("resolvers")) {
      IpAddress.parse(word)
          .ifPresentOrElse(
              resolvers::add,
              () -> form.refuse("resolvers", "'" + word + "' is no address", "as 169.254.20.10"));
    }
    List<String> controlPlane = form.texts("controlPlane");
    for (String word : controlPlane) {
      if (IpSet.cidr(word).isEmpty()) {
        form.refuse("controlPlane", "'" + word + "' is no CIDR", "as 10.0.0.0/28");
      }
    }
    List<Pods> controllers = new ArrayList<>();
    for (Form one : form.forms("ingressControllers")) {
      controllers.add(new Pods(one.required("namespace"), one.strings("matchLabels")));
    }
    return new Known(resolvers, controllers, controlPlane, listeners(form));
  }

  private static List<Listener> listeners(Form form) {
    List<Listener> out = new ArrayList<>();
    for (String word : form.texts("apiServers")) {
      int colon = word.lastIndexOf(':');
      String host = word.substring(0, Math.max(0, colon)).replaceAll("^\\[|]$", "");
      Optional<IpAddress> address = IpAddress.parse(host);
      String port = word.substring(colon + 1);
      boolean number = port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= 65535;
      if (address.isPresent() && number) {
        out.add(new Listener(address.get(), Integer.parseInt(port)));
      } else {
        form.refuse("apiServers", "'" + word + "' is no ADDRESS:PORT", "as 10.20.0.2:443");
      }
    }
    return out;
  }
}
