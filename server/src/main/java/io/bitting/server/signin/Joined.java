package io.bitting.server.signin;

import io.bitting.organization.Organization;

/**
 * Somebody who became a member, and is signed in.
 *
 * @param begun the sign-in
 * @param organization the organization that was joined
 */
public record Joined(Begun begun, Organization organization) {}
