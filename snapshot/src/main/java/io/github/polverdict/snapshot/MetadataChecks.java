package io.github.polverdict.snapshot;

import io.github.polverdict.snapshot.Reading.Draft;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.Value.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The API server's rules for the metadata of every object (k8s.io/apimachinery 0.34 {@code
 * pkg/api/validation/objectmeta.go} and the types of {@code ObjectMeta}).
 */
final class MetadataChecks {
  /** What the API server would refuse. */
  record Problem(String code, String sentence, String help, String pointer, Mark mark) {}

  private static final Set<String> NAMED_BY_LABEL = Set.of("Namespace", "Service");
  private static final Set<String> NAMED_BY_SUBDOMAIN =
      Set.of(
          "Pod",
          "Node",
          "ConfigMap",
          "Secret",
          "ServiceAccount",
          "Endpoints",
          "EndpointSlice",
          "Deployment",
          "ReplicaSet",
          "StatefulSet",
          "DaemonSet",
          "Job",
          "CronJob",
          "ReplicationController",
          "NetworkPolicy",
          "Ingress");
  private static final int ANNOTATIONS = 256 * 1024;

  private final Draft draft;
  private final List<Problem> problems = new ArrayList<>();

  MetadataChecks(Draft draft) {
    this.draft = draft;
  }

  List<Problem> problems() {
    Value found = draft.root().entries().get("metadata");
    if (found instanceof Mapping metadata) {
      name(metadata);
      namespace(metadata);
      strings(metadata, "labels", Syntax::qualifiedName);
      labelValues(metadata);
      strings(metadata, "annotations", key -> Syntax.qualifiedName(key.toLowerCase(Locale.ROOT)));
      annotationSize(metadata);
    } else if (found == null || found instanceof Scalar s && s.type() == Type.NULL) {
      problem(
          "PV010",
          "it has no metadata, so that it has no name",
          "",
          "/metadata",
          draft.root().mark());
    } else {
      wrongType("metadata", "/metadata", found, "an object");
    }
    return problems;
  }

  private void name(Mapping metadata) {
    Value found = metadata.entries().get("name");
    if (found == null || isEmpty(found)) {
      boolean generated = metadata.entries().containsKey("generateName");
      String help = generated ? "generateName works with kubectl create only; give it a name" : "";
      problem(
          "PV010",
          "metadata.name: Required value: name is required",
          help,
          "/metadata/name",
          metadata.mark());
    } else if (isString("metadata.name", "/metadata/name", found)) {
      syntax("metadata.name", "/metadata/name", found, nameRule());
    }
  }

  /** The rule of the kind's own validation where it is known; else that of every name. */
  private Function<String, List<String>> nameRule() {
    if (!Scopes.isOfKubernetes(draft.group())) {
      return Syntax::pathSegment;
    }
    if (NAMED_BY_LABEL.contains(draft.kind())) {
      return Syntax::dnsLabel;
    }
    return NAMED_BY_SUBDOMAIN.contains(draft.kind()) ? Syntax::dnsSubdomain : Syntax::pathSegment;
  }

  private void namespace(Mapping metadata) {
    Value found = metadata.entries().get("namespace");
    if (found != null
        && !isEmpty(found)
        && isString("metadata.namespace", "/metadata/namespace", found)) {
      syntax("metadata.namespace", "/metadata/namespace", found, Syntax::dnsLabel);
    }
  }

  private static boolean isEmpty(Value found) {
    return found instanceof Scalar s && (s.type() == Type.NULL || s.text().isEmpty());
  }

  private boolean isString(String path, String pointer, Value found) {
    if (found instanceof Scalar s && s.type() == Type.STRING) {
      return true;
    }
    wrongType(path, pointer, found, "a string");
    return false;
  }

  private void syntax(
      String path, String pointer, Value found, Function<String, List<String>> rule) {
    String text = found instanceof Scalar s ? s.text() : "";
    if (ObjectReader.isTemplate(text)) {
      BadText template = Template.unrendered(found.mark());
      problem(template.code(), "it " + template.sentence(), template.help(), pointer, found.mark());
      return;
    }
    for (String message : rule.apply(text)) {
      String sentence = path + ": Invalid value: \"" + FieldType.brief(text) + "\": " + message;
      problem("PV029", sentence, "", pointer, found.mark());
    }
  }

  private void strings(Mapping metadata, String field, Function<String, List<String>> keys) {
    String path = "metadata." + field;
    Value found = metadata.entries().get(field);
    if (!(found instanceof Mapping members)) {
      if (found != null && !(found instanceof Scalar s && s.type() == Type.NULL)) {
        wrongType(path, "/metadata/" + field, found, "an object of strings");
      }
      return;
    }
    members
        .entries()
        .forEach((key, value) -> {
          String pointer = "/metadata/" + field + "/" + key.replace("~", "~0").replace("/", "~1");
          for (String message : keys.apply(key)) {
            problem(
                "PV030",
                path + ": Invalid value: \"" + key + "\": " + message,
                "",
                pointer,
                value.mark());
          }
          if (!(value instanceof Scalar s && (s.type() == Type.STRING || s.type() == Type.NULL))) {
            wrongType(path + "[" + key + "]", pointer, value, "a string");
          }
        });
  }

  private void labelValues(Mapping metadata) {
    if (!(metadata.entries().get("labels") instanceof Mapping labels)) {
      return;
    }
    for (Map.Entry<String, Value> label : labels.entries().entrySet()) {
      if (label.getValue() instanceof Scalar s && s.type() == Type.STRING) {
        String pointer = "/metadata/labels/" + label.getKey().replace("~", "~0").replace("/", "~1");
        for (String message : Syntax.labelValue(s.text())) {
          String sentence =
              "metadata.labels: Invalid value: \"" + FieldType.brief(s.text()) + "\": " + message;
          problem("PV030", sentence, "", pointer, s.mark());
        }
      }
    }
  }

  private void annotationSize(Mapping metadata) {
    if (!(metadata.entries().get("annotations") instanceof Mapping annotations)) {
      return;
    }
    long size = 0;
    for (Map.Entry<String, Value> entry : annotations.entries().entrySet()) {
      size +=
          entry.getKey().length() + (entry.getValue() instanceof Scalar s ? s.text().length() : 0);
    }
    if (size > ANNOTATIONS) {
      String sentence =
          "metadata.annotations: Too long: may not be more than " + ANNOTATIONS + " bytes";
      problem("PV030", sentence, "", "/metadata/annotations", annotations.mark());
    }
  }

  private void wrongType(String path, String pointer, Value found, String expected) {
    String sentence =
        path + " is " + FieldType.describe(found) + " where " + expected + " was expected";
    boolean quote = expected.equals("a string") && found instanceof Scalar;
    problem("PV011", sentence, quote ? "put it in quotes" : "", pointer, found.mark());
  }

  private void problem(
      String code, String sentence, String help, String pointer, @Nullable Mark mark) {
    problems.add(new Problem(code, sentence, help, pointer, mark == null ? Mark.NONE : mark));
  }
}
