package io.bitting.member;

import io.bitting.grant.Ceiling;
import io.bitting.organization.Role;
import java.util.Optional;

/**
 * Somebody who gives roles or takes them away, with {@code org.memberships:manage}.
 *
 * <p><b>Security guarantees.</b> The roles of owner and admin are in the hands of owners: a key
 * neither gives nor takes them, whatever it holds, and an admin does not either. Every other role
 * is given by those only whose own ceiling covers what its members may grant. Not given: that the
 * giver holds the scope, which the endpoint asks for.
 *
 * @param ceiling the most that the giver may grant
 * @param role the giver's own role; empty if the giver is a key
 */
public record Giver(Ceiling ceiling, Optional<Role> role) {

  /**
   * A key.
   *
   * @param ceiling the most that it may grant
   */
  public static Giver key(Ceiling ceiling) {
    return new Giver(ceiling, Optional.empty());
  }

  /**
   * A member.
   *
   * @param role the member's role
   */
  public static Giver member(Role role) {
    return new Giver(Ceiling.of(role), Optional.of(role));
  }

  /**
   * Tells whether a role may be given, or taken from somebody.
   *
   * @param given the role
   */
  public boolean mayGive(Role given) {
    return switch (given) {
      case OWNER, ADMIN -> role.equals(Optional.of(Role.OWNER));
      case MEMBER, AUDITOR -> ceiling.covers(given);
    };
  }
}
