package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scopes of a key's API that it might have. Exactly one of the two members is written.
 *
 * @param scopes the scopes; null for all
 * @param allScopes true for all scopes; null for those named
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantForm(@Nullable List<String> scopes, @Nullable Boolean allScopes) {
  /**
   * Names scopes.
   *
   * @param scopes at least one
   */
  public static GrantForm of(List<String> scopes) {
    return new GrantForm(List.copyOf(scopes), null);
  }

  /** Takes all scopes. */
  public static GrantForm all() {
    return new GrantForm(null, true);
  }
}
