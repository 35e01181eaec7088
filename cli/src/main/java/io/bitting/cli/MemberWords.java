package io.bitting.cli;

import io.bitting.client.protocol.MemberAnswer;
import java.util.List;

/** Says what a member is, for people. */
final class MemberWords {
  private MemberWords() {}

  /** Names a member. */
  static String named(MemberAnswer member) {
    return member.mail() + " (" + member.id() + ")";
  }

  static void print(Surroundings to, MemberAnswer member) {
    Times times = new Times(to.clock());
    Table.printPairs(
        to,
        List.of(
            new Table.Pair("Mail", member.mail()),
            new Table.Pair("Name", member.name()),
            new Table.Pair("Id", member.id()),
            new Table.Pair("Role", member.role()),
            new Table.Pair("State", member.state()),
            new Table.Pair(
                "Second factor",
                member.mfaSince() == null ? "none" : "since " + times.both(member.mfaSince())),
            new Table.Pair(
                "Last sign-in",
                member.lastSignInAt() == null ? "never" : times.both(member.lastSignInAt())),
            new Table.Pair("Joined", times.both(member.joinedAt())),
            new Table.Pair("Added by", member.addedBy().kind() + " " + member.addedBy().id())));
  }

  static void printAll(Surroundings to, List<MemberAnswer> members) {
    Times times = new Times(to.clock());
    Table table =
        new Table("mail", "name", "id", "role", "second factor", "last sign-in", "joined", "state");
    for (MemberAnswer member : members) {
      table.row(
          member.mail(),
          member.name(),
          member.id(),
          member.role(),
          member.mfaSince() == null ? "none" : "yes",
          member.lastSignInAt() == null ? "never" : times.relative(member.lastSignInAt()),
          times.relative(member.joinedAt()),
          member.state());
    }
    table.print(to);
  }
}
