package io.bitting.server.members;

import io.bitting.id.OrganizationId;
import io.bitting.organization.Role;
import io.bitting.store.MemberFilter;
import io.bitting.store.MemberRow;
import io.bitting.store.PeopleReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The owners and admins of an organization: whoever can let others in again.
 *
 * <p><b>Security guarantees.</b> Those count whose rows are intact and who are not kept from
 * signing in; nobody else could be locked out by anything. Thread-safe: stateless.
 */
public final class Leaders {
  /** As many are looked at of each role. */
  private static final int LOOKED_AT = 200;

  private Leaders() {}

  /**
   * Lists those without a second factor, owners first, the newest first.
   *
   * @param people the transaction
   * @param organization the organization
   */
  public static List<MemberRow> withoutMfa(PeopleReader people, OrganizationId organization) {
    return Stream.of(Role.OWNER, Role.ADMIN)
        .map(role -> new MemberFilter(Optional.of(role), Optional.of(false), Optional.empty()))
        .flatMap(
            filter -> people.members(organization, filter, Optional.empty(), LOOKED_AT).stream())
        .flatMap(row -> row.intact().stream())
        .filter(Leaders::canAct)
        .toList();
  }

  /** Tells whether a member is more than a row. */
  static boolean canAct(MemberRow row) {
    return row.person().intact().filter(person -> !person.disabled()).isPresent();
  }
}
