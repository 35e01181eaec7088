package io.bitting.server.members;

import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.Reference;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.seal.Sealed;
import io.bitting.store.MemberRow;

/** Members as callers see them. */
final class MemberAnswers {
  private MemberAnswers() {}

  /** Shows a member, altered or not. */
  static MemberAnswer of(Sealed<MemberRow> row) {
    boolean intact = row.intact().filter(found -> found.person().intact().isPresent()).isPresent();
    return of(row.unchecked(), intact);
  }

  /** Shows a member as it was just written. */
  static MemberAnswer of(MemberRow row) {
    return of(row, row.person().intact().isPresent());
  }

  private static MemberAnswer of(MemberRow row, boolean intact) {
    Member member = row.member();
    Person person = row.person().unchecked();
    return new MemberAnswer(
        member.id().text(),
        person.mail().text(),
        person.name(),
        member.role().code(),
        !intact ? "tampered" : person.disabled() ? "disabled" : "active",
        person.mfaSince(),
        row.lastSignInAt(),
        member.joinedAt(),
        new Reference(member.addedBy().kind().code(), member.addedBy().id()));
  }
}
