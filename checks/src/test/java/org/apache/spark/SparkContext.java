package org.apache.spark;

/** Stands for Spark, which the house does not depend on yet. */
public final class SparkContext {}
