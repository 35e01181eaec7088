/**
 * People. A {@link io.bitting.member.Person} is somebody who signs in, and owns what that takes: a
 * {@link io.bitting.member.Password}, a {@link io.bitting.member.TotpSeed}, {@link
 * io.bitting.member.Passkey passkeys}, {@link io.bitting.member.RecoveryCode recovery codes} and
 * {@link io.bitting.member.SignIn sign-ins}. A {@link io.bitting.member.Member} is a person in an
 * organization with a role, and an {@link io.bitting.member.Invitation} asks somebody to become
 * one. {@link io.bitting.member.Giver} says who may give which role.
 */
@NullMarked
package io.bitting.member;

import org.jspecify.annotations.NullMarked;
