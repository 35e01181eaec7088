package io.bitting.architecture.planted.util;

/** Lies in a package that could hold anything. */
public record Drawer() {}
