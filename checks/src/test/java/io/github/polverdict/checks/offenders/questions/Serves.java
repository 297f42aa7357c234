package io.github.polverdict.checks.offenders.questions;

import com.sun.net.httpserver.HttpServer;

/** Holds an HTTP server. */
record Serves(HttpServer library) {}
