package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks for every key that a filter leaves to be revoked. What is null is left out.
 *
 * @param filter the parameters of a list of keys, texts and truth values; at least one
 * @param reason as in {@link RevocationForm}
 * @param note what else there is to say
 * @param plan true to look only
 * @param confirmCount how many keys that are, as a plan said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MatchingRevocation(
    Map<String, Object> filter,
    @Nullable String reason,
    @Nullable String note,
    @Nullable Boolean plan,
    @Nullable Integer confirmCount) {
  /** Copies the map. */
  public MatchingRevocation {
    filter = Map.copyOf(filter);
  }
}
