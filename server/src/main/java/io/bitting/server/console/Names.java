package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.Reference;
import io.bitting.server.http.Call;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of those who did something, for one page: each is asked for once. Used by one thread. */
final class Names {
  private final Desk desk;
  private final Visitor visitor;
  private final Call call;
  private final Map<Reference, String> known = new HashMap<>();

  /**
   * Begins with none.
   *
   * @param desk asks
   * @param visitor who looks
   * @param call the request for the page
   */
  Names(Desk desk, Visitor visitor, Call call) {
    this.desk = desk;
    this.visitor = visitor;
    this.call = call;
  }

  /** Lists those who are members now, as far as one page of them goes. */
  List<MemberAnswer> members() {
    List<MemberAnswer> members =
        desk.ask(visitor, call, "listMembers")
            .query("limit", "200")
            .send()
            .page(MemberAnswer.class)
            .items();
    members.forEach(member -> known.put(new Reference("member", member.id()), member.name()));
    return members;
  }

  /**
   * Returns the name of whoever did something: that of a member or key if it can be seen, else what
   * the reference says.
   *
   * @param actor who
   */
  String of(Reference actor) {
    return known.computeIfAbsent(actor, this::asked);
  }

  private String asked(Reference actor) {
    return switch (actor.kind()) {
      case "member" -> {
        Reply reply = desk.ask(visitor, call, "showMember").path("member", actor.id()).send();
        yield reply.ok() ? reply.read(MemberAnswer.class).name() : "a former member";
      }
      case "key" -> {
        Reply reply = desk.ask(visitor, call, "showKey").path("key", actor.id()).send();
        yield reply.ok() ? "key " + reply.read(KeyAnswer.class).name() : "key " + actor.id();
      }
      case "setup" -> "setup";
      case "chore" -> "Bitting";
      case "operator" -> "operator, " + actor.id();
      default -> actor.kind() + " " + actor.id();
    };
  }
}
