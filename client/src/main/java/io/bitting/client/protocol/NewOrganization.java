package io.bitting.client.protocol;

/**
 * Asks for an organization.
 *
 * @param slug its short name, for ever
 * @param name its name
 */
public record NewOrganization(String slug, String name) {}
