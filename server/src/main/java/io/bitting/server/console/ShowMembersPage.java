package io.bitting.server.console;

import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.member.Giver;
import io.bitting.organization.Role;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The people of an organization. */
final class ShowMembersPage extends Screen {
  ShowMembersPage(Desk desk) {
    super(desk, Route.page("showMembersPage", "/members"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        "cursor",
        (visitor, cursor) ->
            desk.page(
                call,
                visitor,
                page(desk, visitor, call, cursor, null, MembersPage.Form.BLANK, Faults.NONE)));
  }

  /**
   * Makes the page.
   *
   * @param cursor where the list begins; empty for its beginning
   * @param invited who was just invited; null if nobody was
   * @param form what the form holds
   * @param faults what is wrong with it
   */
  static MembersPage page(
      Desk desk,
      Visitor visitor,
      Call call,
      String cursor,
      MembersPage.@Nullable Invitation invited,
      MembersPage.Form form,
      Faults faults) {
    Page<MemberAnswer> members =
        desk.ask(visitor, call, "listMembers")
            .query("cursor", cursor)
            .send()
            .page(MemberAnswer.class);
    Names names = new Names(desk, visitor, call);
    List<MembersPage.Invited> invitations =
        desk
            .ask(visitor, call, "listInvitations")
            .query("limit", "200")
            .send()
            .page(InvitationAnswer.class)
            .items()
            .stream()
            .map(each ->
                new MembersPage.Invited(
                    each.id(),
                    each.mail(),
                    each.role(),
                    names.of(each.createdBy()),
                    each.expiresAt()))
            .toList();
    return new MembersPage(
        members.items().stream().map(member -> member(visitor, member)).toList(),
        members.nextCursor(),
        invitations,
        invited,
        form,
        roles(visitor),
        faults);
  }

  /** Shows a member to a visitor. */
  static MembersPage.Member member(Visitor visitor, MemberAnswer member) {
    return new MembersPage.Member(member, member.id().equals(visitor.member().id().text()));
  }

  /** Lists the roles that a visitor may give, if anything. */
  static List<String> roles(Visitor visitor) {
    Giver giver = Giver.member(visitor.member().role());
    return Stream.of(Role.values()).filter(giver::mayGive).map(Role::code).toList();
  }
}
