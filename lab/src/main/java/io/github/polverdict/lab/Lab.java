package io.github.polverdict.lab;

import java.nio.file.Path;

/**
 * A cluster that a driver has made.
 *
 * @param engine what enforces in it, as {@code --cni} takes it
 * @param kubeconfig works from this machine while the lab is READY
 */
public record Lab(
    String name, String driver, String engine, int nodes, LabState state, Path kubeconfig) {}
