package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.Reference;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeyState;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys as callers see them. One use, one transaction. */
public final class KeyAnswers {
  private final Reader reader;
  private final Instant now;
  private final Map<ApiId, String> prefixes = new HashMap<>();

  /**
   * Prepares to answer.
   *
   * @param reader finds the prefixes of APIs
   * @param now the time by which keys count as expired
   */
  public KeyAnswers(Reader reader, Instant now) {
    this.reader = reader;
    this.now = now;
  }

  /**
   * Shows a key.
   *
   * @param row the key as read
   */
  public KeyAnswer of(Sealed<KeyRow> row) {
    KeyRow shown = row.unchecked();
    Key key = shown.key();
    GrantedScopes scopes = key.grant().scopes();
    return new KeyAnswer(
        key.id().text(),
        display(key),
        key.api().text(),
        key.organization().text(),
        key.name(),
        key.purpose(),
        scopes.isAll(),
        names(scopes),
        reach(key.grant().reach()),
        state(row),
        key.createdAt(),
        new Reference(key.createdBy().kind().code(), key.createdBy().id()),
        shown.expiresAt().orElse(null),
        key.revokedAt());
  }

  /**
   * Shows a key by prefix and id.
   *
   * @param key the key
   */
  public String display(Key key) {
    String prefix =
        prefixes.computeIfAbsent(
            key.api(),
            api -> reader.api(api).map(row -> row.unchecked().prefix().text()).orElse(api.text()));
    return KeyPrefix.parse(prefix)
        .map(p -> p.display(key.id()))
        .orElse(prefix + "_" + key.id() + "…");
  }

  private String state(Sealed<KeyRow> row) {
    KeyRow shown = row.unchecked();
    boolean altered =
        row.verdict() != SealVerdict.INTACT
            || shown.secrets().isEmpty()
            || shown.secrets().stream().anyMatch(secret -> secret.verdict() != SealVerdict.INTACT);
    if (altered) {
      return "tampered";
    }
    boolean expired = shown.expiresAt().filter(at -> !now.isBefore(at)).isPresent();
    return shown.key().state() == KeyState.ACTIVE && expired
        ? "expired"
        : shown.key().state().code();
  }

  private static List<String> names(GrantedScopes scopes) {
    return scopes.named().stream().map(Scope::text).toList();
  }

  /**
   * Shows a reach.
   *
   * @param reach the reach
   * @return null if it reaches nothing
   */
  public static @org.jspecify.annotations.Nullable ReachForm reach(Reach reach) {
    if (reach.isNone()) {
      return null;
    }
    return switch (reach) {
      case Reach.Everything ignored -> new ReachForm.Everything();
      case Reach.Limited limited -> {
        List<ReachForm.Issuable> issue = new ArrayList<>();
        limited
            .issue()
            .forEach((api, most) ->
                issue.add(
                    most.isAll()
                        ? ReachForm.Issuable.all(api.text())
                        : ReachForm.Issuable.of(api.text(), names(most))));
        yield new ReachForm.Limited(issue, limited.verify().stream().map(ApiId::text).toList());
      }
    };
  }
}
