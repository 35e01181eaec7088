package io.bitting.architecture.planted.circle.one;

import io.bitting.architecture.planted.circle.two.Egg;

/** Comes out of an egg of another package. */
public record Hen(Egg from) {}
