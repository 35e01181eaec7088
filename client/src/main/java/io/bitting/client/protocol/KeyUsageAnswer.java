package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a key was used for within a window.
 *
 * @param key the key's id
 * @param from the beginning of the window
 * @param until its end
 * @param complete whether no check within the window is known to be lost: what is not there was not
 *     called
 * @param lastUse when and from where the key was last used, whenever that was; null for never
 * @param uses one for each requirement and operation, the most used first
 * @param scopes one for each scope that was required, in order
 * @param periods one for each hour or day in which the key was checked, in order
 */
public record KeyUsageAnswer(
    String key,
    Instant from,
    Instant until,
    boolean complete,
    @Nullable LastUse lastUse,
    List<Use> uses,
    List<ScopeUse> scopes,
    List<Period> periods) {
  /** Copies the lists. */
  public KeyUsageAnswer {
    uses = List.copyOf(uses);
    scopes = List.copyOf(scopes);
    periods = List.copyOf(periods);
  }

  /**
   * When and from where a key was last used.
   *
   * @param at when, to the minute
   * @param source from which address; null if the verifier was not told
   * @param userAgent what the caller said it is; null if the verifier was not told
   */
  public record LastUse(Instant at, @Nullable String source, @Nullable String userAgent) {}

  /**
   * What was asked for, and how often.
   *
   * @param operation the operation, {@code GET /scans/{id}}; null if only a requirement was given
   * @param requirement what was required, as it was evaluated
   * @param first when it was first asked for, to the minute
   * @param last when it was last asked for, to the minute
   * @param allowed how often it was allowed
   * @param denied how often it was denied
   */
  public record Use(
      @Nullable String operation,
      RequirementAnswer requirement,
      Instant first,
      Instant last,
      long allowed,
      long denied) {}

  /**
   * How often a scope was among what was required. A check that required several scopes, or one of
   * several, counts for each of them.
   *
   * @param scope the scope
   * @param first when it was first required, to the minute
   * @param last when it was last required, to the minute
   * @param allowed how often the check was allowed
   * @param denied how often the check was denied
   */
  public record ScopeUse(String scope, Instant first, Instant last, long allowed, long denied) {}

  /**
   * How often the key was checked within an hour or a day.
   *
   * @param from when it begins
   * @param hours how long it is: 1 or 24
   * @param allowed how often the key was allowed
   * @param denied how often the key was denied
   */
  public record Period(Instant from, int hours, long allowed, long denied) {}
}
