package io.bitting.client.protocol;

/**
 * What was erased.
 *
 * @param erased how many events no longer say where they came from
 */
public record ErasureAnswer(long erased) {}
