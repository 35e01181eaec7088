package io.bitting.store;

import io.bitting.id.MemberId;
import io.bitting.organization.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * Which members of an organization to list. What is empty does not narrow the list.
 *
 * @param role their role
 * @param mfa whether they have a second factor
 * @param text a part of name, mail address or id, whatever its case
 */
public record MemberFilter(Optional<Role> role, Optional<Boolean> mfa, Optional<String> text) {

  /** Leaves nothing out. */
  public static MemberFilter all() {
    return new MemberFilter(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Leaves out whoever has another role.
   *
   * @param role the role
   */
  public static MemberFilter as(Role role) {
    return new MemberFilter(Optional.of(role), Optional.empty(), Optional.empty());
  }

  /** Leaves out whoever has a second factor. */
  public static MemberFilter withoutMfa() {
    return new MemberFilter(Optional.empty(), Optional.of(false), Optional.empty());
  }

  /**
   * The place in a list of members after which the next page begins. Lists have the newest first.
   *
   * @param joinedAt when the last member of the page before joined
   * @param id that member
   */
  public record After(Instant joinedAt, MemberId id) {}
}
