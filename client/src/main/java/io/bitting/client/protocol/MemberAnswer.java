package io.bitting.client.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member of an organization.
 *
 * @param id 12 base62 characters
 * @param mail the address by which the person signs in
 * @param name what people call the person
 * @param role {@code owner}, {@code admin}, {@code member} or {@code auditor}
 * @param state {@code active}, {@code disabled} or {@code tampered}
 * @param mfaSince since when the person has a second factor; null if there is none
 * @param lastSignInAt when the person last signed in, to whatever organization; null if never
 * @param joinedAt since when
 * @param addedBy who brought the person in
 */
public record MemberAnswer(
    String id,
    String mail,
    String name,
    String role,
    String state,
    @Nullable Instant mfaSince,
    @Nullable Instant lastSignInAt,
    Instant joinedAt,
    Reference addedBy) {}
