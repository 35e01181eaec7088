package io.bitting.client.protocol;

/**
 * What a setup code was redeemed for.
 *
 * @param organization the organization
 * @param key its owner's key
 * @param token the key's token, in this answer and never again
 */
public record SetupAnswer(OrganizationAnswer organization, KeyAnswer key, SecretText token) {}
