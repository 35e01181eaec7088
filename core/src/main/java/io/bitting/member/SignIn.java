package io.bitting.member;

import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person in a browser, from signing in until it ends. Kept as the digest of its cookie.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id only.
 *
 * @param id names it
 * @param digest SHA-256 of the cookie's value
 * @param person who
 * @param createdAt when it began
 * @param lastSeenAt when it was last used, as far as that was noted
 * @param proved when each factor was last proved in it
 * @param source the address that it began from
 * @param userAgent what the browser called itself then
 * @param endedAt when somebody ended it; null if nobody did
 */
public record SignIn(
    SignInId id,
    Bytes digest,
    PersonId person,
    Instant createdAt,
    Instant lastSeenAt,
    Map<Factor, Instant> proved,
    String source,
    String userAgent,
    @Nullable Instant endedAt) {

  /** How long one may be idle. */
  public static final Duration IDLE_MAX = Duration.ofMinutes(30);

  /** How old one may be. */
  public static final Duration AGE_MAX = Duration.ofHours(12);

  /** How old a proof may be where a fresh one is asked for. */
  public static final Duration FRESH = Duration.ofMinutes(10);

  /** Copies the map. */
  public SignIn {
    Map<Factor, Instant> copy = new EnumMap<>(Factor.class);
    copy.putAll(proved);
    proved = Collections.unmodifiableMap(copy);
  }

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    Canonical form =
        Canonical.of("sign-in")
            .text(id.text())
            .bytes(digest)
            .text(person.text())
            .time(createdAt)
            .time(lastSeenAt);
    for (Factor factor : Factor.values()) {
      form.time(proved.get(factor));
    }
    return form.text(source).text(userAgent).time(endedAt).toBytes();
  }

  /**
   * Tells whether it can be used: nobody ended it, it is neither idle for longer than {@link
   * #IDLE_MAX} nor older than {@link #AGE_MAX}.
   *
   * @param now what the clock says
   */
  public boolean isLive(Instant now) {
    return endedAt == null
        && now.isBefore(lastSeenAt.plus(IDLE_MAX))
        && now.isBefore(createdAt.plus(AGE_MAX));
  }

  /**
   * Tells whether all was proved in it that its person has to prove: a second factor, if there is
   * one.
   *
   * @param owner the person whose it is
   */
  public boolean isComplete(Person owner) {
    return owner.id().equals(person)
        && (owner.hasMfa() ? secondProvedAt().isPresent() : !proved.isEmpty());
  }

  /**
   * Tells whether its person has just proved who it is: by a second factor, or by the password if
   * there is none.
   *
   * @param owner the person whose it is
   * @param now what the clock says
   */
  public boolean isFresh(Person owner, Instant now) {
    Optional<Instant> last =
        owner.hasMfa() ? secondProvedAt() : proved.values().stream().max(Instant::compareTo);
    return owner.id().equals(person) && last.filter(at -> now.isBefore(at.plus(FRESH))).isPresent();
  }

  /** Returns when a second factor was last proved in it, if ever. */
  public Optional<Instant> secondProvedAt() {
    return proved.entrySet().stream()
        .filter(entry -> entry.getKey().isSecond())
        .map(Map.Entry::getValue)
        .max(Instant::compareTo);
  }

  /**
   * Returns it after a factor was proved in it.
   *
   * @param factor which
   * @param at when
   */
  public SignIn proving(Factor factor, Instant at) {
    Map<Factor, Instant> more = new EnumMap<>(Factor.class);
    more.putAll(proved);
    more.put(factor, at);
    return new SignIn(id, digest, person, createdAt, at, more, source, userAgent, endedAt);
  }

  /**
   * Returns it under another cookie, as after a factor was proved in it.
   *
   * @param newDigest SHA-256 of the cookie's value
   */
  public SignIn renewed(Bytes newDigest) {
    return new SignIn(
        id, newDigest, person, createdAt, lastSeenAt, proved, source, userAgent, endedAt);
  }

  /**
   * Returns it after it was used.
   *
   * @param at when
   */
  public SignIn seen(Instant at) {
    return new SignIn(id, digest, person, createdAt, at, proved, source, userAgent, endedAt);
  }

  /**
   * Returns it ended.
   *
   * @param at when
   */
  public SignIn ended(Instant at) {
    return new SignIn(id, digest, person, createdAt, lastSeenAt, proved, source, userAgent, at);
  }

  @Override
  public String toString() {
    return "sign-in " + id;
  }
}
