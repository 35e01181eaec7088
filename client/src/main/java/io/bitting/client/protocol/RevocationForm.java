package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key to be revoked. What is null is left out.
 *
 * @param reason {@code leaked}, {@code unused}, {@code replaced}, {@code member_left} or {@code
 *     other}
 * @param note what else there is to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RevocationForm(@Nullable String reason, @Nullable String note) {
  /** Says nothing. */
  public static final RevocationForm UNSAID = new RevocationForm(null, null);
}
