package io.github.polverdict.live;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an exception of the HTTP client means, in words for its user. */
final class Failures {
  private static final String REACH =
      "check the server's address and that it can be reached from here";

  private Failures() {}

  static Reply.Failed of(Throwable thrown) {
    if (cause(thrown, UnresolvedAddressException.class) != null
        || cause(thrown, UnknownHostException.class) != null) {
      return new Reply.Failed("its name cannot be resolved", REACH);
    }
    Throwable tls = cause(thrown, SSLException.class);
    if (tls == null) {
      tls = cause(thrown, GeneralSecurityException.class);
    }
    if (tls != null) {
      return new Reply.Failed(
          "TLS failed: " + sentence(tls),
          "check certificate-authority, client-certificate and client-key of the kubeconfig");
    }
    if (timedOut(thrown)) {
      return new Reply.Failed("no answer in time", REACH);
    }
    Throwable refused = cause(thrown, ConnectException.class);
    if (refused != null) {
      return new Reply.Failed("connection refused", REACH);
    }
    Throwable io = cause(thrown, IOException.class);
    return new Reply.Failed(
        "the connection broke: " + sentence(io == null ? last(thrown) : io), "");
  }

  /** Whether trying again may help: not when the name, the port or the certificate is wrong. */
  static boolean mayPass(Throwable thrown) {
    return cause(thrown, SSLException.class) == null
        && cause(thrown, ConnectException.class) == null
        && cause(thrown, UnresolvedAddressException.class) == null;
  }

  /** Whether the way to the server failed, not what was asked of it. */
  static boolean isOfTransport(Throwable thrown) {
    return timedOut(thrown)
        || (cause(thrown, IOException.class) != null && cause(thrown, SSLException.class) == null);
  }

  private static boolean timedOut(Throwable thrown) {
    return cause(thrown, HttpTimeoutException.class) != null
        || cause(thrown, TimeoutException.class) != null;
  }

  private static String sentence(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? thrown.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static Throwable last(Throwable thrown) {
    Throwable t = thrown;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
