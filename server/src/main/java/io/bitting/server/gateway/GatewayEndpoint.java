package io.bitting.server.gateway;

import io.bitting.access.Refusal;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import java.util.List;
import java.util.Optional;

/** An operation that gateways call, each in its dialect. */
sealed interface GatewayEndpoint extends Endpoint
    permits AuthorizeForwarded, AuthorizeForNginx, AuthorizeForEnvoy {

  @Override
  default Answer refused(Refusal refusal) {
    return GatewayCheck.refused(refusal);
  }

  /** Checks the request that a gateway describes by two headers. */
  static Answer checkDescribed(
      GatewayCheck check, Call call, CharSequence methodHeader, CharSequence targetHeader) {
    Optional<String> method = one(call, methodHeader);
    Optional<String> target = one(call, targetHeader);
    return method.isEmpty() || target.isEmpty()
        ? GatewayCheck.misconfigured(
            "The gateway does not describe the request; it is to send "
                + methodHeader
                + " and "
                + targetHeader
                + ", each once.")
        : check(check, call, method.get(), target.get());
  }

  /** Checks a request. */
  static Answer check(GatewayCheck check, Call call, String method, String target) {
    return check.check(
        call.key(),
        call.path("api"),
        new ClientRequest(
            call::requestId,
            method,
            target,
            call.headers(),
            () -> ClientAddress.of(call.headers())));
  }

  private static Optional<String> one(Call call, CharSequence header) {
    List<String> values = call.headers().all(header);
    return values.size() == 1 && !values.get(0).isBlank()
        ? Optional.of(values.get(0))
        : Optional.empty();
  }
}
