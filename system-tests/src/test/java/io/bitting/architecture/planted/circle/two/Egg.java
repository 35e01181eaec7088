package io.bitting.architecture.planted.circle.two;

import io.bitting.architecture.planted.circle.one.Hen;

/** Comes out of a hen of another package. */
public record Egg(Hen from) {}
