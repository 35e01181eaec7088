package io.bitting.server.gateway;

import io.bitting.access.LocalAuthorizer;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import io.bitting.server.http.Header;
import io.bitting.server.http.HeaderName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, for whoever stands behind the gateway. Every header is always there: where one is
 * missing, gateways let the client's own through.
 */
final class Identity {
  static final CharSequence KEY = HeaderName.of("X-Bitting-Key");
  static final CharSequence ORGANIZATION = HeaderName.of("X-Bitting-Organization");
  static final CharSequence SCOPES = HeaderName.of("X-Bitting-Scopes");
  static final CharSequence SCOPES_OMITTED = HeaderName.of("X-Bitting-Scopes-Omitted");

  /** What stands where there is nothing to say; no id and no scope looks like this. */
  private static final String NOTHING = "-";

  /** As much as fits into the buffers of a gateway, beside everything else. */
  private static final int SCOPES_LENGTH_MAX = 3 * 1024;

  private static final Header ALL_SAID = new Header(SCOPES_OMITTED, "false");
  private static final List<Header> ANONYMOUS =
      List.of(
          new Header(KEY, NOTHING),
          new Header(ORGANIZATION, NOTHING),
          new Header(SCOPES, NOTHING),
          ALL_SAID);

  private Identity() {}

  /** Returns the headers for a key; for no key if the operation is anonymous. */
  static List<Header> of(@Nullable VerifiedKey key, ApiId api, LocalAuthorizer authorizer) {
    if (key == null) {
      return ANONYMOUS;
    }
    String scopes = authorizer.scopesOf(key, api);
    boolean omitted = scopes.length() > SCOPES_LENGTH_MAX;
    return List.of(
        new Header(KEY, key.id().text()),
        new Header(ORGANIZATION, key.organization().text()),
        new Header(SCOPES, omitted || scopes.isEmpty() ? NOTHING : scopes),
        omitted ? new Header(SCOPES_OMITTED, "true") : ALL_SAID);
  }
}
