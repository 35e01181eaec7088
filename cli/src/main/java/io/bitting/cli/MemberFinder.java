package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.MemberQuery;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.member.MailAddress;
import java.util.List;
import java.util.Optional;

/** Finds the member that somebody names: by id, or by the mail address. */
final class MemberFinder {
  private final BittingClient client;
  private final String organization;

  MemberFinder(BittingClient client, String organization) {
    this.client = client;
    this.organization = organization;
  }

  /**
   * Finds a member.
   *
   * @throws StopException if there is none
   */
  MemberAnswer find(String text) {
    Optional<MailAddress> mail = MailAddress.parse(text);
    if (mail.isEmpty()) {
      return client.member(organization, text).orThrow();
    }
    MemberQuery query = MemberQuery.all().text(mail.get().text());
    List<MemberAnswer> found =
        Pages.all(cursor -> client.members(organization, cursor.map(query::after).orElse(query)));
    return found.stream()
        .filter(member -> member.mail().equals(mail.get().text()))
        .findFirst()
        .orElseThrow(() ->
            new StopException(
                ExitCode.NOT_FOUND,
                "nobody with the address " + mail.get() + " is a member of " + organization,
                "See who there is: bitting members list --organization " + organization));
  }
}
