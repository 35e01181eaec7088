/**
 * The check: may this token do that? {@link io.bitting.access.Authorizer} is the one port; {@link
 * io.bitting.access.LocalAuthorizer} answers from a {@link io.bitting.access.KeyIndex} in memory,
 * which a {@link io.bitting.access.Follower} keeps up with storage. {@link io.bitting.access.Guard}
 * turns a decision into what an HTTP caller is told.
 *
 * <p>The check touches no disk, no network and no lock. A failure never allows.
 */
@NullMarked
package io.bitting.access;

import org.jspecify.annotations.NullMarked;
