package io.github.polverdict.live;

import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.ResourceId;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.Value.Mark;
import io.github.polverdict.snapshot.Value.Scalar;
import io.github.polverdict.snapshot.kept.Kept;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** One list of one resource: asked for page by page, reduced to what is kept as it comes. */
final class Listing {
  private static final int PAGE = 500;
  private static final String JSON = "application/json";
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1," + JSON;

  private final ApiServer server;
  private final Resource resource;
  private final String version;
  private final Kept kept;

  Listing(ApiServer server, Resource resource, String version) {
    this.server = server;
    this.resource = resource;
    this.version = version;
    this.kept = Kept.of(resource.type());
  }

  /**
   * What came of a list.
   *
   * @param documents all that came; not everything unless {@code outcome} is COMPLETE
   * @param why it is not complete; empty when it is
   * @param version the collection's resourceVersion as of which it was listed; empty when the
   *     server said none
   */
  record Result(List<Document> documents, Outcome outcome, String why, String version) {
    Result {
      documents = List.copyOf(documents);
    }

    Result(List<Document> documents, Outcome outcome, String why) {
      this(documents, outcome, why, "");
    }
  }

  enum Outcome {
    COMPLETE,
    /** Who asks may not list. */
    FORBIDDEN,
    /** There is no such resource. */
    ABSENT,
    /** It took too long to read. */
    EXPIRED,
    /** It broke off; some documents may have come. */
    BROKEN
  }

  /** A page's object as a field, to read it. */
  static Field field(Mapping body) {
    return new Document(new ResourceId("", "", "", ""), body, "", true).field();
  }

  /**
   * Reads the list of a namespace; of the whole cluster when it is empty.
   *
   * @param page hears how many objects each page brought
   */
  Result read(String namespace, IntConsumer page) throws UnreadableSource {
    return read(resource.path(version, namespace), "", page);
  }

  /** Reads the object of one name, all that is kept of it, in a namespace; in all when empty. */
  Result readNamed(String namespace, String name, IntConsumer page) throws UnreadableSource {
    return read(resource.path(version, namespace), "&fieldSelector=metadata.name%3D" + name, page);
  }

  /** Reads one cluster-scoped object. */
  Result readOne(String name) throws UnreadableSource {
    Reply reply = server.get(resource.path(version, "") + "/" + name);
    return ended(
        reply, reply instanceof Reply.Good(var body) ? List.of(document(body, name)) : List.of());
  }

  private Result read(String path, String selector, IntConsumer page) throws UnreadableSource {
    Result first = pages(path, selector, page);
    if (first.outcome() != Outcome.EXPIRED) {
      return first;
    }
    page.accept(-first.documents().size());
    Result second = pages(path, selector, page);
    return second.outcome() == Outcome.EXPIRED
        ? new Result(
            second.documents(), Outcome.BROKEN, "the list expired twice before its end (410)")
        : second;
  }

  private Result pages(String path, String selector, IntConsumer page) throws UnreadableSource {
    String accept = resource.metadataOnly() && selector.isEmpty() ? METADATA_ONLY : JSON;
    List<Document> out = new ArrayList<>();
    String next = "";
    String version = "";
    while (true) {
      String from =
          next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
      Reply reply = server.get(path + "?limit=" + PAGE + selector + from, accept);
      if (!(reply instanceof Reply.Good(var body))) {
        return ended(reply, out);
      }
      String problem = take(body, out, page);
      Field metadata = field(body).get("metadata");
      String token = metadata.get("continue").text("");
      version = version.isEmpty() ? metadata.get("resourceVersion").text("") : version;
      if (problem.isEmpty() && token.equals(next) && !token.isEmpty()) {
        problem = "the server repeats its continue token";
      }
      if (!problem.isEmpty() || token.isEmpty()) {
        return problem.isEmpty()
            ? new Result(out, Outcome.COMPLETE, "", version)
            : new Result(out, Outcome.BROKEN, problem);
      }
      next = token;
    }
  }

  /** The result of a list that ends with a reply other than a page. */
  private static Result ended(Reply reply, List<Document> soFar) {
    return switch (reply) {
      case Reply.Good _ -> new Result(soFar, Outcome.COMPLETE, "");
      case Reply.Forbidden(String why) -> new Result(soFar, Outcome.FORBIDDEN, why);
      case Reply.Absent _ ->
          soFar.isEmpty()
              ? new Result(soFar, Outcome.ABSENT, "")
              : new Result(soFar, Outcome.BROKEN, "it was removed while it was read");
      case Reply.Expired _ -> new Result(soFar, Outcome.EXPIRED, "the list expired (410)");
      case Reply.Failed(String why, String _) -> new Result(soFar, Outcome.BROKEN, why);
    };
  }

  /** Adds a page's objects; what is wrong with the page, empty when nothing is. */
  private String take(Mapping body, List<Document> out, IntConsumer page) {
    Field list = field(body);
    if (!list.get("kind").text("").endsWith("List")) {
      return "the server's answer is not a list";
    }
    int before = out.size();
    for (Field item : list.get("items").items()) {
      String name = item.get("metadata").get("name").text("");
      if (name.isEmpty() || !(item.value() instanceof Mapping object)) {
        return "the server sent an object without a name";
      }
      if (resource.wants(name)) {
        out.add(document(object, name));
      }
    }
    page.accept(out.size() - before);
    return "";
  }

  /** One object as a document; the objects of a list carry no kind and version of their own. */
  Document document(Mapping object, String name) {
    Map<String, Value> typed = new LinkedHashMap<>();
    typed.put("apiVersion", new Scalar(resource.apiVersion(version), Value.Type.STRING, Mark.NONE));
    typed.put("kind", new Scalar(resource.kind(), Value.Type.STRING, Mark.NONE));
    object.entries().forEach(typed::putIfAbsent); // one asked for as metadata only calls itself so
    Mapping root = kept.of(new Mapping(typed, Mark.NONE));
    String namespace = field(root).get("metadata").get("namespace").text("");
    return new Document(
        new ResourceId(resource.apiVersion(version), resource.kind(), namespace, name),
        root,
        server.name(),
        true);
  }
}
