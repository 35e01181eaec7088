/**
 * The mechanisms of signing in, without storage: passwords and the rule for new ones ({@link
 * io.bitting.server.signin.Passwords}, {@link io.bitting.server.signin.PasswordRule}), codes by
 * time ({@link io.bitting.server.signin.Totp}), codes for when all else is lost ({@link
 * io.bitting.server.signin.RecoveryCodes}), passkeys ({@link io.bitting.server.signin.Passkeys}),
 * and what slows down guessing without locking anybody out ({@link
 * io.bitting.server.signin.SignInThrottle}, {@link io.bitting.server.signin.KnownDevices}). Each
 * takes what is stored and says what to store; the caller keeps it, encrypts what has to be read
 * again, and sees to it that what counts once counts once.
 */
@NullMarked
package io.bitting.server.signin;

import org.jspecify.annotations.NullMarked;
