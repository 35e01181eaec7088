package io.bitting.samples.personnel;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import io.bitting.samples.Endpoint;
import io.bitting.samples.OperationRouter.Served;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The five operations that are about no things. */
final class Apart {
  static final Map<String, Served<Workspace>> SERVED =
      Map.of(
          "GET /me", served(Apart::me),
          "GET /settings", served(Apart::settings),
          "POST /cache", served(Apart::clearCache));

  private Apart() {}

  /** Returns what is answered without a key. */
  static Map<String, Answer> open(Document document) {
    return Map.of(
        "GET /health", Answer.found(Map.of("status", "up")),
        "GET /spec.json", Answer.found(document.json()));
  }

  private static Served<Workspace> served(Endpoint.Action<Workspace> action) {
    return new Served<>(Page.NO_QUERY, action);
  }

  /** Tells a caller which key it has, and nothing of the organization's data. */
  private static Answer me(Workspace workspace, Call call) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("key", call.key().id().text());
    shown.put("organization", call.key().organization().text());
    shown.put("expires_at", call.key().expiresAt().orElse(null));
    return Answer.found(shown);
  }

  private static Answer settings(Workspace workspace, Call call) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("language", "en");
    shown.put("time_zone", "UTC");
    shown.put("cache_cleared_at", workspace.cacheClearedAt().orElse(null));
    return Answer.found(shown);
  }

  private static Answer clearCache(Workspace workspace, Call call) {
    return call.fields()
        .then(() -> {
          workspace.clearCache();
          return new Answer.Nothing();
        });
  }
}
