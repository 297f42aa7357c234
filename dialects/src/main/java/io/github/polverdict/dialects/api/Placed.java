package io.github.polverdict.dialects.api;

import io.github.polverdict.core.model.Block;

/** A block and the name of the tier that it belongs to. */
public record Placed(String tier, Block block) {}
