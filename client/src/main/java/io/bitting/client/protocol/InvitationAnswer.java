package io.bitting.client.protocol;

import java.time.Instant;

/**
 * An invitation that was neither accepted nor withdrawn.
 *
 * @param id 12 base62 characters
 * @param mail who is asked
 * @param role what the person is to be
 * @param state {@code open}, {@code expired} or {@code tampered}
 * @param createdAt when it was made
 * @param createdBy who asks
 * @param expiresAt until when it can be accepted
 */
public record InvitationAnswer(
    String id,
    String mail,
    String role,
    String state,
    Instant createdAt,
    Reference createdBy,
    Instant expiresAt) {}
