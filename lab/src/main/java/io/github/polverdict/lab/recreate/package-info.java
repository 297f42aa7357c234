/**
 * Makes manifests of a snapshot for another cluster: the same namespaces, labels, policies and
 * Services, and small pods in place of what runs. What cannot be recreated is said.
 */
@NullMarked
package io.github.polverdict.lab.recreate;

import org.jspecify.annotations.NullMarked;
