package io.github.polverdict.workbench.expectations;

import io.github.polverdict.core.model.Selector;
import io.github.polverdict.core.model.Selector.Scope;
import io.github.polverdict.workbench.files.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A label selector as the Kubernetes API has it: matchLabels and matchExpressions.
 *
 * @param words {@code app=web, tier in (a, b)}; {@code any labels} when it asks for none
 */
record Labelled(Selector selector, String words) {

  /** Reads it; what is wrong with it is said to the form. */
  static Labelled read(Form form, Scope scope) {
    List<Selector> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    form.strings("matchLabels")
        .forEach((key, value) -> {
          all.add(new Selector.LabelIn(scope, key, Set.of(value)));
          words.add(key + "=" + value);
        });
    for (Form expression : form.forms("matchExpressions")) {
      String key = expression.required("key");
      String operator = expression.required("operator");
      Set<String> values = new TreeSet<>(expression.texts("values"));
      check(expression, operator, values);
      Selector in = new Selector.LabelIn(scope, key, values);
      Selector has = new Selector.HasLabel(scope, key);
      String list = " (" + String.join(", ", values) + ")";
      switch (operator) {
        case "In" -> add(in, key + " in" + list, all, words);
        case "NotIn" -> add(new Selector.Not(in), key + " not in" + list, all, words);
        case "Exists" -> add(has, key, all, words);
        case String _ -> add(new Selector.Not(has), "!" + key, all, words);
      }
    }
    return all.isEmpty()
        ? new Labelled(Selector.ALL, "any labels")
        : new Labelled(new Selector.And(all), String.join(", ", words));
  }

  private static void add(Selector selector, String said, List<Selector> all, List<String> words) {
    all.add(selector);
    words.add(said);
  }

  private static void check(Form form, String operator, Set<String> values) {
    boolean wants = operator.equals("In") || operator.equals("NotIn");
    if (!wants && !operator.equals("Exists") && !operator.equals("DoesNotExist")) {
      form.refuse("operator", "must be In, NotIn, Exists or DoesNotExist", "");
    } else if (wants == values.isEmpty()) {
      form.refuse("values", wants ? "must not be empty" : "must be empty", "");
    }
  }
}
