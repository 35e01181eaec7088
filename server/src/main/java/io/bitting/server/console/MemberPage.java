package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One person in an organization: the role, and leaving.
 *
 * @param member the person
 * @param roles the roles that the visitor may give
 * @param keys the live keys that the person made
 * @param more whether there are more of them
 * @param last why the person cannot go, or have a lesser role; null if that is possible
 * @param faults what is wrong with what was sent
 */
record MemberPage(
    MembersPage.Member member,
    List<String> roles,
    List<KeyAnswer> keys,
    boolean more,
    @Nullable String last,
    Faults faults)
    implements ConsolePage {
  MemberPage {
    roles = List.copyOf(roles);
    keys = List.copyOf(keys);
  }

  @Override
  public String title() {
    return member.shown().name();
  }

  @Override
  public Section section() {
    return Section.MEMBERS;
  }
}
