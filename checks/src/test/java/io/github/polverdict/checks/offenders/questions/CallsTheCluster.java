package io.github.polverdict.checks.offenders.questions;

import io.fabric8.kubernetes.client.KubernetesClient;

/** Holds the Kubernetes client. */
record CallsTheCluster(KubernetesClient library) {}
