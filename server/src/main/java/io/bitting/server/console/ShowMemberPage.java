package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One person in an organization. */
final class ShowMemberPage extends Screen {
  ShowMemberPage(Desk desk) {
    super(desk, Route.page("showMemberPage", "/members/{member}"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.show(
        call, visitor -> desk.page(call, visitor, page(desk, visitor, call, Faults.NONE)));
  }

  /**
   * Finds the member that a path names.
   *
   * @throws Reply.Refused if there is none
   */
  static MemberAnswer member(Desk desk, Visitor visitor, Call call) {
    return desk.ask(visitor, call, "showMember")
        .path("member", call.path("member"))
        .send()
        .read(MemberAnswer.class);
  }

  /**
   * Makes the page.
   *
   * @param faults what is wrong with what was sent
   */
  static MemberPage page(Desk desk, Visitor visitor, Call call, Faults faults) {
    MemberAnswer member = member(desk, visitor, call);
    Page<KeyAnswer> keys =
        desk.ask(visitor, call, "listKeys")
            .query("created_by", member.id())
            .query("limit", "200")
            .send()
            .page(KeyAnswer.class);
    return new MemberPage(
        ShowMembersPage.member(visitor, member),
        roles(visitor, member),
        keys.items().stream().filter(key -> !key.state().equals("revoked")).toList(),
        keys.nextCursor() != null,
        last(desk, visitor, call, member),
        faults);
  }

  private static List<String> roles(Visitor visitor, MemberAnswer member) {
    List<String> roles = new ArrayList<>(ShowMembersPage.roles(visitor));
    if (!roles.contains(member.role())) {
      roles.addFirst(member.role());
    }
    return roles;
  }

  private static @Nullable String last(Desk desk, Visitor visitor, Call call, MemberAnswer member) {
    if (!member.role().equals("owner")) {
      return null;
    }
    boolean alone =
        desk.ask(visitor, call, "listMembers")
                .query("role", "owner")
                .query("limit", "2")
                .send()
                .page(MemberAnswer.class)
                .items()
                .size()
            == 1;
    return alone
        ? "This is the last owner, who cannot go or have a lesser role: make another one first."
        : null;
  }
}
