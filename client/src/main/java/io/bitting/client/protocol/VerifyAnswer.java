package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token may do what was asked.
 *
 * @param decision {@code allowed} or {@code denied}
 * @param reason why it was denied; null if it was allowed
 * @param key the key whose whole secret was proved; null if none was
 * @param operation the operation that was found; null if none was, or none was asked about
 * @param requiredScopes the scopes that were needed, of the alternative that is nearest to the
 *     key's
 * @param missingScopes those of them that the key lacks
 * @param asOf the position that the decision rests on
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public record VerifyAnswer(
    String decision,
    @Nullable String reason,
    @Nullable ProvedKey key,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Called operation,
    List<String> requiredScopes,
    List<String> missingScopes,
    String asOf)
    implements BatchAnswer.Result {
  /** Copies the lists. */
  public VerifyAnswer {
    requiredScopes = List.copyOf(requiredScopes);
    missingScopes = List.copyOf(missingScopes);
  }

  /**
   * An operation of an API.
   *
   * @param method its HTTP method
   * @param path the template of its path
   */
  public record Called(String method, String path) {}

  /**
   * A key whose whole secret was proved.
   *
   * @param id its id
   * @param organization the id of its organization
   * @param api its API
   * @param expiresAt when the secret, or the key, comes to its end; null for never
   * @param secret the number of the secret; a rotation adds the next
   * @param supersededAt since when the secret has a newer one beside it, or the key another that
   *     takes its place; null if it has no successor
   */
  public record ProvedKey(
      String id,
      String organization,
      String api,
      @Nullable Instant expiresAt,
      int secret,
      @Nullable Instant supersededAt) {}
}
