package io.bitting.client.protocol;

import java.time.Instant;

/**
 * A new setup code of an organization; the one before it is void.
 *
 * @param setupCode makes the organization's first key, once
 * @param setupCodeExpiresAt until when
 */
public record SetupCodeAnswer(SecretText setupCode, Instant setupCodeExpiresAt) {}
