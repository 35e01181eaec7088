package io.bitting.store;

import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.seal.Sealed;

/**
 * A member with the person, as read.
 *
 * @param member the member
 * @param person the person, with its own seal's verdict
 */
public record MemberRow(Member member, Sealed<Person> person) {}
