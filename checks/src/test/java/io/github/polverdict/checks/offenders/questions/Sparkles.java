package io.github.polverdict.checks.offenders.questions;

import org.apache.spark.SparkContext;

/** Holds a Spark context. */
record Sparkles(SparkContext library) {}
