package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.Reference;
import io.bitting.client.protocol.RevocationAnswer;
import io.bitting.client.protocol.SecretAnswer;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
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
import io.bitting.store.StoreException;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys as callers see them. One use, one transaction. */
public final class KeyAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(KeyAnswers.class);

  private final Reader reader;
  private final Instant now;
  private final Map<ApiId, String> prefixes = new HashMap<>();

  /**
   * Prepares to answer about keys that nobody can have used yet.
   *
   * @param reader finds the prefixes of APIs
   * @param now the time by which keys count as expired
   */
  public KeyAnswers(Reader reader, Instant now) {
    this(reader, Optional.empty(), now);
  }

  /**
   * Prepares to answer.
   *
   * @param reader finds the prefixes of APIs
   * @param usage tells when keys were last used
   * @param now the time by which keys count as expired
   */
  public KeyAnswers(Reader reader, UsageReader usage, Instant now) {
    this(reader, Optional.of(usage), now);
  }

  private KeyAnswers(Reader reader, Optional<UsageReader> usage, Instant now) {
    this.reader = reader;
    this.now = now;
  }

  /**
   * Shows a key.
   *
   * @param row the key as read
   */
  public KeyAnswer of(Sealed<KeyRow> row) {
    return all(List.of(row)).get(0);
  }

  /**
   * Shows keys.
   *
   * @param rows the keys as read
   */
  public List<KeyAnswer> all(List<Sealed<KeyRow>> rows) {
    Map<KeyId, LastUse> lastUses =
        lastUses(rows.stream().map(row -> row.unchecked().key().id()).toList());
    return rows.stream().map(row -> of(row, lastUses)).toList();
  }

  /** A ledger that does not answer keeps nobody from looking at a key, or from revoking it. */
  private Map<KeyId, LastUse> lastUses(List<KeyId> keys) {
    try {
      return usage.map(ledger -> ledger.lastUses(keys)).orElse(Map.of());
    } catch (StoreException e) {
      LOG.warn("keys are shown without their last use: {}", e.getMessage());
      return Map.of();
    }
  }

  private KeyAnswer of(Sealed<KeyRow> row, Map<KeyId, LastUse> lastUses) {
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
        secrets(shown, lastUses),
        Optional.ofNullable(lastUses.get(key.id())).map(LastUse::at).orElse(null));
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

  private List<SecretAnswer> secrets(KeyRow row, Map<KeyId, LastUse> lastUses) {
    List<KeySecret> shown = new ArrayList<>();
    row.secrets().stream().limit(1).forEach(newest -> shown.add(newest.unchecked()));
    row.overlapping(now).ifPresent(shown::add);
    Map<Integer, LastUse> uses = usesBySecret(row, shown, lastUses);
    return shown.stream()
        .map(secret -> answer(secret, Optional.ofNullable(uses.get(secret.number()))))
        .toList();
  }

  /** A key that was never rotated has one secret, whose use is that of the key. */
  private Map<Integer, LastUse> usesBySecret(
      KeyRow row, List<KeySecret> shown, Map<KeyId, LastUse> lastUses) {
    KeyId key = row.key().id();
    LastUse last = lastUses.get(key);
    if (last == null) {
      return Map.of();
    }
    if (shown.size() == 1 && shown.get(0).number() == 1) {
      return Map.of(1, last);
    }
    try {
      return usage.map(ledger -> ledger.lastUsesBySecret(key)).orElse(Map.of());
    } catch (StoreException e) {
      LOG.warn("key {} is shown without the last use of its secrets: {}", key, e.getMessage());
      return Map.of();
    }
  }

  private static SecretAnswer answer(KeySecret secret, Optional<LastUse> last) {
    return new SecretAnswer(
        secret.number(),
        secret.createdAt(),
        secret.expiresAt(),
        secret.quietFor() == null ? null : secret.quietFor().toHours(),
        last.map(LastUse::at).orElse(null),
        last.flatMap(LastUse::source).orElse(null));
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
