package io.bitting.issue;

import io.bitting.grant.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key that somebody asks for, as it was asked for: nothing here is known to be right.
 *
 * @param api the API's id
 * @param name the name
 * @param purpose what the key is for, possibly empty
 * @param scopes the scopes that were asked for
 * @param expiry when the key is to expire
 * @param reach the reach that was asked for; empty for the usual one
 */
public record KeyRequest(
    String api,
    String name,
    String purpose,
    Scopes scopes,
    Expiry expiry,
    Optional<Reaching> reach) {

  /** Scopes as asked for. */
  public sealed interface Scopes {}

  /** All scopes. */
  public record AllScopes() implements Scopes {}

  /**
   * Some scopes.
   *
   * @param names their names
   */
  public record SomeScopes(List<String> names) implements Scopes {
    /** Copies the list. */
    public SomeScopes {
      names = List.copyOf(names);
    }
  }

  /** When a key is to expire. */
  public sealed interface Expiry {}

  /** After the usual time. */
  public record UsualExpiry() implements Expiry {}

  /**
   * After as long as something older lived, if the organization still allows as much.
   *
   * @param lifetime how long; empty for ever
   */
  public record LifetimeAgain(Optional<Duration> lifetime) implements Expiry {}

  /** Never, which is a choice that is made in so many words. */
  public record NoExpiry() implements Expiry {}

  /**
   * At a time.
   *
   * @param at the time
   */
  public record ExpiryAt(Instant at) implements Expiry {}

  /** A reach as asked for. */
  public sealed interface Reaching {}

  /** Everything. */
  public record ReachingEverything() implements Reaching {}

  /**
   * What another key reached, as far as the scopes that are asked for have a use for it.
   *
   * @param reach the reach of that key
   */
  public record ReachingAsBefore(Reach reach) implements Reaching {}

  /**
   * Some APIs.
   *
   * @param issue for which APIs, up to which scopes
   * @param verify for which APIs
   */
  public record ReachingSome(List<IssueUpTo> issue, List<String> verify) implements Reaching {
    /** Copies the lists. */
    public ReachingSome {
      issue = List.copyOf(issue);
      verify = List.copyOf(verify);
    }
  }

  /**
   * One API of a reach.
   *
   * @param api the API's id
   * @param scopes the most that a key for it may be granted
   */
  public record IssueUpTo(String api, Scopes scopes) {}
}
