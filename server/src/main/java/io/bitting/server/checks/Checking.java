package io.bitting.server.checks;

import io.bitting.access.AccessRequest;
import io.bitting.access.Decision;
import io.bitting.access.LocalAuthorizer;
import io.bitting.access.OperationDecision;
import io.bitting.access.OperationRequest;
import io.bitting.access.VerifiedKey;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.scope.Scope;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Makes a check for a caller, if the caller's key reaches the API. */
final class Checking {
  private final LocalAuthorizer authorizer;
  private final CheckCounter counter;

  Checking(LocalAuthorizer authorizer, CheckCounter counter) {
    this.authorizer = authorizer;
    this.counter = counter;
  }

  /** Says what to answer if the caller's key does not reach an API. */
  Optional<Answer> beyondReach(Call call, ApiId api) {
    Reach reach = authorizer.grantOf(call.key()).reach();
    return reach.verifies(api)
        ? Optional.empty()
        : Optional.of(
            Answer.problem(
                ProblemCode.BEYOND_REACH,
                "The caller's key does not verify tokens of API \""
                    + api
                    + "\"; its reach was fixed when it was made."));
  }

  VerifyAnswer check(CheckForm form) {
    return switch (form.asked()) {
      case CheckForm.Required required ->
          answer(
              authorizer.authorize(
                  new AccessRequest(form.token(), form.api(), required.requirement())),
              null);
      case CheckForm.Called called -> {
        OperationDecision decided =
            authorizer.authorize(
                new OperationRequest(form.token(), form.api(), called.method(), called.target()));
        yield answer(decided.decision(), decided.operation());
      }
    };
  }

  private VerifyAnswer answer(Decision decision, @Nullable Operation operation) {
    counter.counted(decision);
    VerifyAnswer.Called called =
        operation == null
            ? null
            : new VerifyAnswer.Called(operation.method(), operation.path().text());
    return switch (decision) {
      case Decision.Allowed allowed ->
          new VerifyAnswer(
              "allowed",
              null,
              proved(allowed.key()),
              called,
              List.of(),
              List.of(),
              allowed.asOf().text());
      case Decision.Denied denied ->
          new VerifyAnswer(
              "denied",
              denied.reason().code(),
              proved(denied.key()),
              called,
              texts(denied.required()),
              texts(denied.missing()),
              denied.asOf().text());
    };
  }

  private static VerifyAnswer.@Nullable ProvedKey proved(@Nullable VerifiedKey key) {
    return key == null
        ? null
        : new VerifyAnswer.ProvedKey(
            key.id().text(),
            key.organization().text(),
            key.api().text(),
            key.expiresAt().orElse(null),
            key.secret(),
            key.supersededAt().orElse(null));
  }

  private static List<String> texts(SortedSet<Scope> scopes) {
    return scopes.stream().map(Scope::text).toList();
  }
}
