package io.bitting.store;

import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.seal.Sealed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member with the person, as read.
 *
 * @param member the member
 * @param person the person, with its own seal's verdict
 * @param lastSignInAt when the person's newest sign-in began, whatever organization was looked at
 *     in it; null if none is known. No seal covers it: it is for people to read, and proves nothing
 */
public record MemberRow(Member member, Sealed<Person> person, @Nullable Instant lastSignInAt) {}
