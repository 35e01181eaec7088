package io.bitting.client.protocol;

/**
 * What a replacement would come to; nothing was changed.
 *
 * @param replaces the key that would be replaced, as it is
 * @param difference how the new one would differ
 */
public record ReplacementPlan(KeyAnswer replaces, ReplacementDifference difference) {}
