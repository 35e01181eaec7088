package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a token may do something. Exactly one of the requirements is given; what is null is
 * left out.
 *
 * @param token what a caller presented
 * @param api the API that was called
 * @param requiredScopes scopes that are needed together
 * @param anyOf alternatives, each a list of scopes that are needed together
 * @param anyValidKey true if any valid key will do
 * @param operation the operation that was called; the server knows what it requires
 * @param source where the caller is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Check(
    SecretText token,
    String api,
    @Nullable List<String> requiredScopes,
    @Nullable List<List<String>> anyOf,
    @Nullable Boolean anyValidKey,
    @Nullable Call operation,
    @Nullable Source source) {

  /**
   * What was called.
   *
   * @param method the HTTP method
   * @param path the request target as it came, with or without its query
   */
  public record Call(String method, String path) {}

  /**
   * Where a caller is.
   *
   * @param ip its address; null if it is not known
   * @param userAgent what it says it is; null if it does not say so
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(@Nullable String ip, @Nullable String userAgent) {
    /**
     * Says where a caller is.
     *
     * @param ip its address
     */
    public Source(String ip) {
      this(ip, null);
    }
  }
}
