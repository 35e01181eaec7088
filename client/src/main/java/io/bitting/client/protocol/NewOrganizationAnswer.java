package io.bitting.client.protocol;

import java.time.Instant;

/**
 * An organization that was just made.
 *
 * @param organization the organization
 * @param setupCode makes its first key, once
 * @param setupCodeExpiresAt until when
 */
public record NewOrganizationAnswer(
    OrganizationAnswer organization, SecretText setupCode, Instant setupCodeExpiresAt) {}
