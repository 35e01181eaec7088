package io.bitting.client.protocol;

/**
 * Names a thing: an actor, or what something was done to.
 *
 * @param kind {@code key}, {@code organization}, {@code api} and so on
 * @param id names it within its kind
 */
public record Reference(String kind, String id) {}
