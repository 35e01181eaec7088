package io.bitting.client.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organization.
 *
 * @param id 12 base62 characters
 * @param slug its short name
 * @param name its name
 * @param operator whether it runs the installation
 * @param state {@code active} or {@code suspended}
 * @param allScopesAllowed whether new keys may have all scopes
 * @param policy what it demands of its keys, and how long it keeps what is past
 * @param mfaRequiredFrom from when on its members need a second factor; null for never
 * @param createdAt when it was made
 */
public record OrganizationAnswer(
    String id,
    String slug,
    String name,
    boolean operator,
    String state,
    boolean allScopesAllowed,
    PolicyAnswer policy,
    @Nullable Instant mfaRequiredFrom,
    Instant createdAt) {}
