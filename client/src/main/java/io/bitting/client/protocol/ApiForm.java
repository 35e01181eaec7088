package io.bitting.client.protocol;

/**
 * Asks for an API, or for another name of one.
 *
 * @param name its name
 * @param prefix how its tokens start; cannot change once the API exists
 */
public record ApiForm(String name, String prefix) {}
