package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.Reference;
import io.bitting.client.protocol.RevocationAnswer;
import io.bitting.client.protocol.SecretAnswer;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
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
import org.jspecify.annotations.Nullable;

/**
 * Keys as callers see them, but for when they were last used, which {@link LastUses} adds once the
 * transaction is over. One use, one transaction.
 */
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
   * Shows keys.
   *
   * @param rows the keys as read
   */
  public List<KeyAnswer> all(List<Sealed<KeyRow>> rows) {
    return rows.stream().map(this::of).toList();
  }

  /**
   * Shows a key of which a change has made what it is.
   *
   * @param row the key
   */
  KeyAnswer of(KeyRow row) {
    return of(Sealed.of(row, SealVerdict.INTACT));
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
        revokedAt(key),
        revocation(key),
        key.replacement() == null ? null : key.replacement().by().text(),
        key.replacement() == null ? null : key.replacement().endsAt(),
        secrets(shown),
        null);
  }

  /** A key whose overlap is over is as good as revoked, before somebody has written it. */
  private @Nullable Instant revokedAt(Key key) {
    Replacement replacement = key.replacement();
    return key.revokedAt() == null && replacement != null && key.isGone(now)
        ? replacement.endsAt()
        : key.revokedAt();
  }

  private @Nullable RevocationAnswer revocation(Key key) {
    Revocation revocation = key.revocation();
    if (revocation != null) {
      return new RevocationAnswer(revocation.reason().code(), revocation.note());
    }
    return key.replacement() != null && key.isGone(now)
        ? new RevocationAnswer(RevocationReason.REPLACED.code(), "")
        : null;
  }

  private List<SecretAnswer> secrets(KeyRow row) {
    List<KeySecret> shown = new ArrayList<>();
    row.secrets().stream().limit(1).forEach(newest -> shown.add(newest.unchecked()));
    row.overlapping(now).ifPresent(shown::add);
    return shown.stream().map(KeyAnswers::answer).toList();
  }

  private static SecretAnswer answer(KeySecret secret) {
    return new SecretAnswer(
        secret.number(),
        secret.createdAt(),
        secret.expiresAt(),
        secret.quietFor() == null ? null : secret.quietFor().toHours(),
        null,
        null);
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
    if (shown.key().isGone(now)) {
      return KeyState.REVOKED.code();
    }
    boolean expired = shown.expiresAt().filter(at -> !now.isBefore(at)).isPresent();
    return shown.key().state() == KeyState.ACTIVE && expired
        ? "expired"
        : shown.key().state().code();
  }

  static List<String> names(GrantedScopes scopes) {
    return scopes.named().stream().map(Scope::text).toList();
  }

  /**
   * Shows a reach.
   *
   * @param reach the reach
   * @return null if it reaches nothing
   */
  public static @Nullable ReachForm reach(Reach reach) {
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
