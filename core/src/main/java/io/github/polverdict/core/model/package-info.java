/**
 * The neutral policy language: endpoints, selectors, rules, tiers, planes, passages, flows and
 * verdicts. Every engine's behaviour is written in it. Knows the kernel only; knows no Kubernetes
 * document and no network plug-in.
 */
@NullMarked
package io.github.polverdict.core.model;

import org.jspecify.annotations.NullMarked;
