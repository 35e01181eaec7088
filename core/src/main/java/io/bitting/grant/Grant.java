package io.bitting.grant;

import io.bitting.id.ApiId;
import io.bitting.seal.Canonical;
import java.util.Map;

/**
 * What a key may do: scopes of one API, and the reach of a key that issues or verifies. Fixed for
 * the life of a key.
 *
 * <p>Immutable and thread-safe.
 *
 * @param api the API whose scopes are granted
 * @param scopes all of them or specific ones
 * @param reach for which APIs the key issues or verifies
 */
public record Grant(ApiId api, GrantedScopes scopes, Reach reach) {

  /**
   * Grants scopes without a reach.
   *
   * @param api the API
   * @param scopes its scopes
   */
  public static Grant of(ApiId api, GrantedScopes scopes) {
    return new Grant(api, scopes, Reach.none());
  }

  /** Computes the id: one SHA-256. To be computed once for equal grants. */
  public GrantId id() {
    Canonical form = Canonical.of("grant").text(api.text());
    append(form, scopes);
    form.flag(reach instanceof Reach.Everything);
    if (reach instanceof Reach.Limited limited) {
      form.number(limited.issue().size());
      for (Map.Entry<ApiId, GrantedScopes> entry : limited.issue().entrySet()) {
        form.text(entry.getKey().text());
        append(form, entry.getValue());
      }
      form.texts(limited.verify());
    }
    return new GrantId(form.sha256().hex());
  }

  private static void append(Canonical form, GrantedScopes scopes) {
    form.flag(scopes.isAll()).texts(scopes.named());
  }
}
