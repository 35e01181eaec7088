/**
 * Signing in, and all that a person does before and besides the work on an organization.
 *
 * <p>The mechanisms, without storage: passwords and the rule for new ones ({@link
 * io.bitting.server.signin.Passwords}, {@link io.bitting.server.signin.PasswordRule}), codes by
 * time ({@link io.bitting.server.signin.Totp}), codes for when all else is lost ({@link
 * io.bitting.server.signin.RecoveryCodes}), passkeys ({@link io.bitting.server.signin.Passkeys}),
 * and what slows down guessing without locking anybody out ({@link
 * io.bitting.server.signin.SignInThrottle}, {@link io.bitting.server.signin.KnownDevices}). Each
 * takes what is stored and says what to store; the caller keeps it, encrypts what has to be read
 * again, and sees to it that what counts once counts once.
 *
 * <p>The flows, over a store, which do that: each is a class with one thing that a person wants,
 * done in one transaction with its event in the audit. {@link io.bitting.server.signin.Door} wires
 * them; {@link io.bitting.server.signin.Beginning} is the one place where sign-ins begin, {@link
 * io.bitting.server.signin.PasswordCheck} the one where a password is tried, and {@link
 * io.bitting.server.signin.OwnAccount} the one where it is asked who is signed in. What came of it
 * is an {@link io.bitting.server.signin.Outcome}, and what a sign-in is good for a {@link
 * io.bitting.server.signin.Standing}.
 */
@NullMarked
package io.bitting.server.signin;

import org.jspecify.annotations.NullMarked;
