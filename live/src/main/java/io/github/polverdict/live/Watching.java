package io.github.polverdict.live;

import io.github.polverdict.snapshot.ApiJson;
import io.github.polverdict.snapshot.Document;
import io.github.polverdict.snapshot.Field;
import io.github.polverdict.snapshot.UnreadableSource;
import io.github.polverdict.snapshot.Value;
import io.github.polverdict.snapshot.Value.Mapping;
import io.github.polverdict.snapshot.kept.Kept;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The watches of one resource, one after the other, each from the version where the last ended. */
final class Watching {
  private static final String JSON = "application/json";
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1," + JSON;
  private static final Duration GRACE = Duration.ofSeconds(10); // beyond the watch's own end

  private final Feed feed;
  private final Feed.Shared shared;
  private final Resource resource;
  private final String apiVersion;
  private String from = "";

  /** How one watch came to its end. */
  private enum End {
    /** The next goes on from where it ended. */
    GO_ON,
    /** A gap that only a list closes. */
    LIST_AGAIN
  }

  Watching(Feed feed, String apiVersion) {
    this.feed = feed;
    this.shared = feed.shared();
    this.resource = feed.resource();
    this.apiVersion = apiVersion;
  }

  /** Watches from a version on; comes back when the resource must be listed again. */
  void from(String version) throws InterruptedException {
    from = version;
    End end = End.GO_ON;
    while (end == End.GO_ON) {
      ApiServer server = shared.connection().server();
      try (WatchStream stream = server.watch(path(), accept())) {
        end = stream.code() == 200 ? read(stream, server) : refused(stream, server);
      } catch (IOException e) {
        failed(e);
      } catch (IllegalStateException e) { // another feed has just replaced the client
        feed.failed(Failures.of(e).why());
        feed.pause(Optional.empty());
      }
    }
    feed.pause(Optional.empty());
  }

  private void failed(IOException e) throws InterruptedException {
    feed.failed(e.getCause() == null ? String.valueOf(e.getMessage()) : Failures.of(e).why());
    feed.pause(Optional.empty());
  }

  private String path() {
    return "%s?watch=1&allowWatchBookmarks=true&resourceVersion=%s&timeoutSeconds=%d"
        .formatted(
            resource.path(apiVersion, ""), from, Math.max(1, shared.rhythm().watch().toSeconds()));
  }

  private String accept() {
    return resource.metadataOnly() ? METADATA_ONLY : JSON;
  }

  private End refused(WatchStream stream, ApiServer server) throws InterruptedException {
    int code = stream.code();
    if (code == 410) {
      return End.LIST_AGAIN;
    }
    if (code == 401) {
      var why = new UnreadableSource("it does not accept the credentials (401)");
      feed.failed(feed.refused(server, why).why);
    } else if (code == 403) { // listing may be allowed all the same
      Thread.sleep(shared.rhythm().poll());
      return End.LIST_AGAIN;
    } else {
      feed.failed("the server answered " + code);
    }
    feed.pause(stream.retryAfter());
    return code == 404 ? End.LIST_AGAIN : End.GO_ON;
  }

  private End read(WatchStream stream, ApiServer server) throws IOException, InterruptedException {
    feed.good(Instant.now());
    Duration silence = shared.rhythm().watch().plus(GRACE);
    for (var line = next(stream, silence); line.isPresent(); line = next(stream, silence)) {
      feed.alive();
      try {
        if (!take(Listing.field(ApiJson.read(line.get())), server)) {
          return End.LIST_AGAIN;
        }
      } catch (ApiJson.Malformed e) {
        throw new IOException("an event is not JSON: " + e.getMessage());
      }
    }
    feed.alive();
    return End.GO_ON;
  }

  private Optional<byte[]> next(WatchStream stream, Duration silence)
      throws IOException, InterruptedException {
    try {
      return stream.line(silence);
    } catch (IOException e) {
      if (e.getCause() != null) {
        feed.alive(); // up to the moment when the connection broke
      }
      throw e;
    }
  }

  /** Takes one event; false when nothing can follow it. */
  private boolean take(Field event, ApiServer server) throws IOException {
    String type = event.get("type").text("");
    Field object = event.get("object");
    if (type.equals("ERROR")) {
      String said = object.get("message").text("no reason given");
      if (object.get("code").integer().orElse(0) == 410) {
        return false;
      }
      throw new IOException("the server ended the watch: " + said);
    }
    String version = object.get("metadata").get("resourceVersion").text("");
    String name = object.get("metadata").get("name").text("");
    if (type.equals("BOOKMARK") || (!name.isEmpty() && !resource.wants(name))) {
      from = version.isEmpty() ? from : version;
      return true;
    }
    Value value = object.value();
    if (name.isEmpty() || !(value instanceof Mapping root)) {
      throw new IOException("an event has no object");
    }
    Document document = new Listing(server, resource, apiVersion).document(root, name);
    switch (type) {
      case "ADDED", "MODIFIED" -> {
        if (resource.defines() && Kept.definitions().contains(name)) {
          feed.told();
          return false; // the schema does not come with the event
        }
        shared.holdings().put(resource, document);
      }
      case "DELETED" -> shared.holdings().remove(resource, document);
      case String other -> throw new IOException("an event is of the type " + other);
    }
    feed.told();
    from = newer(version) ? version : from;
    return true;
  }

  /** Events may come twice or late: the watch goes on from the newest. */
  private boolean newer(String version) {
    return !version.matches("[0-9]{1,18}")
        ? !version.isEmpty()
        : !from.matches("[0-9]{1,18}") || Long.parseLong(version) > Long.parseLong(from);
  }
}
