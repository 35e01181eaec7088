package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.organization.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form that makes a key, or another in the place of one.
 *
 * @param apis the APIs to choose from
 * @param form what the form holds
 * @param picker the scopes of the chosen API; null while none is chosen
 * @param starts what one can start from besides nothing
 * @param replaces the key that is replaced; null if none is
 * @param limits what the organization allows
 * @param faults what is wrong with what was sent
 */
record NewKeyPage(
    List<Api> apis,
    Form form,
    @Nullable Picker picker,
    List<Start> starts,
    @Nullable KeyAnswer replaces,
    Limits limits,
    Faults faults)
    implements ConsolePage {
  NewKeyPage {
    apis = List.copyOf(apis);
    starts = List.copyOf(starts);
  }

  /**
   * An API.
   *
   * @param id its slug
   * @param name its name
   * @param prefix how its tokens start
   */
  record Api(String id, String name, String prefix) {}

  /**
   * What the form holds.
   *
   * @param api the slug of the API, empty if none is chosen
   * @param name the name
   * @param purpose what the key is for
   * @param expires {@code P30D}, {@code P90D}, {@code P180D}, {@code P365D}, {@code date} or {@code
   *     never}
   * @param date the day, for {@code date}
   * @param allScopes whether all scopes are chosen
   * @param start what it was started from
   * @param overlap how long a replaced key is accepted
   */
  record Form(
      String api,
      String name,
      String purpose,
      String expires,
      String date,
      boolean allScopes,
      String start,
      String overlap) {
    /** Nothing is filled in. */
    static final Form BLANK = new Form("", "", "", "P90D", "", false, "", "24h");

    /** Returns it without choices that are not allowed, which a browser would not send. */
    Form within(Limits limits, Instant now) {
      boolean all = allScopes && limits.whyNotAll().isEmpty();
      Lives.Life life = limits.allows(expires) ? new Lives.Life(expires, date) : limits.usual(now);
      return new Form(api, name, purpose, life.expires(), life.date(), all, start, overlap);
    }
  }

  /**
   * Something to start from.
   *
   * @param value what the form sends
   * @param label what is read
   */
  record Start(String value, String label) {}

  /**
   * What the organization allows.
   *
   * @param lifetimeMaxDays the longest life; null for no limit
   * @param neverAllowed whether a key may live for ever
   * @param whyNotAll why this visitor cannot make a key with all scopes; empty if it can
   */
  record Limits(@Nullable Integer lifetimeMaxDays, boolean neverAllowed, String whyNotAll) {
    /** Takes what a policy says. */
    static Limits of(Policy policy, String whyNotAll) {
      return new Limits(
          policy.keyLifetimeMax().map(max -> (int) max.toDays()).orElse(null),
          policy.allowsNever(),
          whyNotAll);
    }

    boolean allows(int days) {
      return lifetimeMaxDays == null || days <= lifetimeMaxDays;
    }

    private boolean allows(String expires) {
      return switch (expires) {
        case Lives.NEVER -> neverAllowed;
        case "P30D" -> allows(30);
        case "P90D" -> allows(90);
        case "P180D" -> allows(180);
        case "P365D" -> allows(365);
        case Lives.DATE -> true;
        default -> false;
      };
    }

    /** Returns the life that a key has if nothing is chosen. */
    private Lives.Life usual(Instant now) {
      // A day that is entered ends with its last second, and the policy's may end before.
      Integer max = lifetimeMaxDays;
      return max == null || allows(30)
          ? Lives.days(allows(90) ? 90 : 30, now)
          : Lives.days(Math.max(1, max - 1), now);
    }
  }

  /** Tells whether it holds all that a link asked for. */
  boolean isAsAsked() {
    return !faults.any() && (picker == null || picker.unknown().isEmpty());
  }

  /** One length of life to choose. */
  record Life(String value, String label, String until, boolean allowed) {}

  /** Returns the lengths of life to choose from. */
  List<Life> lives(Instant now) {
    return List.of(
        life(now, 30, "30 days"),
        life(now, 90, "90 days"),
        life(now, 180, "180 days"),
        life(now, 365, "1 year"));
  }

  private Life life(Instant now, int days, String label) {
    return new Life(
        "P" + days + "D", label, Moments.day(now.plus(days, ChronoUnit.DAYS)), limits.allows(days));
  }

  /** Tells whether all categories fit on a screen unfolded. */
  boolean few() {
    return picker != null && picker.total() <= 24;
  }

  @Override
  public String title() {
    return replaces == null ? "New API key" : "Replace " + replaces.name();
  }

  @Override
  public Section section() {
    return Section.KEYS;
  }
}
