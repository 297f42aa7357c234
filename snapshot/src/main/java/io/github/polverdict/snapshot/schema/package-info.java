/**
 * What the API server takes of custom resources, by the schemas of their definitions
 * (apiextensions.k8s.io/v1). Knows no kind of resource.
 */
@NullMarked
package io.github.polverdict.snapshot.schema;

import org.jspecify.annotations.NullMarked;
