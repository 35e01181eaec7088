package io.bitting.server.keys;

import io.bitting.grant.Grant;
import io.bitting.issue.Issuing;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.store.Reader;

/** What a caller is told for whom nothing was issued. */
final class IssuingAnswers {
  private IssuingAnswers() {}

  /**
   * Says why nothing was issued.
   *
   * @param no what the issuing said
   * @param caller for whom
   * @param reader the transaction
   */
  static Answer of(Issuing.No no, ActingCaller caller, Reader reader) {
    return switch (no) {
      case Issuing.Faulty faulty -> Answer.problem(Problem.faults(faulty.faults()));
      case Issuing.Impossible impossible ->
          Answer.problem(ProblemCode.STATE_CONFLICT, impossible.why());
      case Issuing.NameTaken taken ->
          Answer.problem(
              ProblemCode.NAME_TAKEN,
              "Key "
                  + taken.holder()
                  + " has the name \""
                  + taken.name()
                  + "\"; choose another, or revoke that key.");
      case Issuing.BeyondCeiling(Grant grant) when caller.mayGrant(grant, reader) ->
          caller.refusalUnlessFresh().orElseThrow();
      case Issuing.BeyondCeiling beyond ->
          Answer.problem(
              ProblemCode.BEYOND_CEILING,
              "The key that asks may not grant all of this: "
                  + beyond.grant().scopes()
                  + " of "
                  + beyond.grant().api()
                  + (beyond.grant().reach().isNone()
                      ? ""
                      : ", and to reach " + beyond.grant().reach())
                  + ". GET /v1/whoami shows its reach, which is the most that it may grant.");
    };
  }
}
