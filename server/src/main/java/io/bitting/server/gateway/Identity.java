package io.bitting.server.gateway;

import io.bitting.access.LocalAuthorizer;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for whoever stands behind the gateway. Every header is always there: where one is
 * missing, gateways let the client's own through.
 */
final class Identity {
  static final String KEY = "X-Bitting-Key";
  static final String ORGANIZATION = "X-Bitting-Organization";
  static final String SCOPES = "X-Bitting-Scopes";
  static final String SCOPES_OMITTED = "X-Bitting-Scopes-Omitted";

  /** What stands where there is nothing to say; no id and no scope looks like this. */
  private static final String NOTHING = "-";

  /** As much as fits into the buffers of a gateway, beside everything else. */
  private static final int SCOPES_LENGTH_MAX = 3 * 1024;

  private static final Map.Entry<String, String> ALL_SAID = Map.entry(SCOPES_OMITTED, "false");
  private static final List<Map.Entry<String, String>> ANONYMOUS =
      List.of(
          Map.entry(KEY, NOTHING),
          Map.entry(ORGANIZATION, NOTHING),
          Map.entry(SCOPES, NOTHING),
          ALL_SAID);

  private Identity() {}

  /** Returns the headers for a key; for no key if the operation is anonymous. */
  static List<Map.Entry<String, String>> of(
      @Nullable VerifiedKey key, ApiId api, LocalAuthorizer authorizer) {
    if (key == null) {
      return ANONYMOUS;
    }
    String scopes = authorizer.scopesOf(key, api);
    boolean omitted = scopes.length() > SCOPES_LENGTH_MAX;
    return List.of(
        Map.entry(KEY, key.id().text()),
        Map.entry(ORGANIZATION, key.organization().text()),
        Map.entry(SCOPES, omitted || scopes.isEmpty() ? NOTHING : scopes),
        omitted ? Map.entry(SCOPES_OMITTED, "true") : ALL_SAID);
  }
}
