package io.bitting.server.audit;

import io.bitting.client.protocol.Page;
import io.bitting.client.protocol.SigningKeyAnswer;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;
import io.bitting.store.Reader;
import io.bitting.store.SigningKeyRow;
import java.util.List;

/**
 * Lists the public halves of the keys that sign checkpoints, the one that signs now first. One that
 * was altered behind the product's back is left out: whoever trusted it would trust forgeries.
 */
public final class ListSigningKeys implements Endpoint {
  private static final Route ROUTE =
      Route.get("listSigningKeys", "/v1/audit/signing-keys", Requirement.allOf("audit:read"));

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   */
  public ListSigningKeys(Acting acting) {
    this.acting = acting;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return acting.look(
        call,
        (reader, own) -> Answer.json(200, new Page<>(keys(reader), null)).asOf(reader.position()));
  }

  private static List<SigningKeyAnswer> keys(Reader reader) {
    return reader.signingKeys().stream()
        .flatMap(row -> row.intact().stream())
        .map(ListSigningKeys::answer)
        .toList();
  }

  private static SigningKeyAnswer answer(SigningKeyRow row) {
    return new SigningKeyAnswer(row.key().id(), "Ed25519", row.key().pem(), row.createdAt());
  }
}
