package io.bitting.server.keys;

import io.bitting.issue.Issuing;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;

/** What a caller is told for whom nothing was issued. */
final class IssuingAnswers {
  private IssuingAnswers() {}

  static Answer of(Issuing.No no) {
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
