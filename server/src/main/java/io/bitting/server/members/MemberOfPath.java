package io.bitting.server.members;

import io.bitting.id.MemberId;
import io.bitting.organization.Organization;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Call;
import io.bitting.store.MemberRow;
import io.bitting.store.Reader;
import java.util.Optional;

/** Finds the member that a path names, if it is one that the caller may see. Stateless. */
final class MemberOfPath {
  private MemberOfPath() {}

  /** Finds it for looking; altered or not. */
  static Optional<Sealed<MemberRow>> find(Reader reader, Organization own, Call call) {
    if (!Acting.isNamed(own, call.path("org"))) {
      return Optional.empty();
    }
    return MemberId.parse(call.path("member"))
        .flatMap(reader.people()::member)
        .filter(row -> row.unchecked().member().organization().equals(own.id()));
  }

  /**
   * Finds it for changing it, under the lock of its organization. What was altered behind the
   * product's back is not changed.
   */
  static Optional<MemberRow> intact(Reader reader, Organization own, Call call) {
    return find(reader, own, call).flatMap(Sealed::intact);
  }
}
