package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReachForm;
import io.bitting.server.http.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a key is to go that issues or verifies, as it is chosen. What it issues unless it is
 * everything, nobody chooses here: that is what the key itself may do, or what the key does that it
 * is copied from or replaces.
 *
 * @param everything whether it issues and verifies for every API
 * @param verifies the APIs whose tokens it verifies
 */
record Reaching(boolean everything, List<String> verifies) {
  /** Nothing is chosen. */
  static final Reaching NONE = new Reaching(false, List.of());

  private static final String EVERYTHING = "everything";
  private static final String SOME = "some";
  private static final Set<String> CHOICES = Set.of(SOME, EVERYTHING);

  Reaching {
    verifies = List.copyOf(verifies);
  }

  /** Returns what a form sent. */
  static Reaching in(Form form) {
    return new Reaching(form.text("reaches").equals(EVERYTHING), form.all("verifies"));
  }

  /** Returns what a link says; empty if it says nothing of it. */
  static Optional<Reaching> in(Query query) {
    List<String> verifies = Addresses.listed(query.text("verifies"));
    return query
        .value("reaches", "some or everything", text -> Optional.of(text).filter(CHOICES::contains))
        .map(text -> new Reaching(text.equals(EVERYTHING), verifies));
  }

  /**
   * Adds to the parameters of a link what has a form filled in as another one was.
   *
   * @param query takes them
   */
  void link(Map<String, String> query) {
    query.put("reaches", everything ? EVERYTHING : SOME);
    if (!verifies.isEmpty()) {
      query.put("verifies", String.join(" ", verifies));
    }
  }

  /** Returns what a key has; nothing if there is no key. */
  static Reaching of(@Nullable KeyAnswer key) {
    ReachForm reach = key == null ? null : key.reach();
    return switch (reach) {
      case null -> NONE;
      case ReachForm.Everything ignored -> new Reaching(true, List.of());
      case ReachForm.Limited limited -> new Reaching(false, limited.verify());
    };
  }

  /** Returns what a key issues; nothing if it is the usual: its own API, up to its own scopes. */
  static List<ReachForm.Issuable> issues(@Nullable KeyAnswer key) {
    return key != null
            && key.reach() instanceof ReachForm.Limited limited
            && !limited
                .issue()
                .equals(List.of(usual(key.api(), key.allScopes() ? null : key.scopes())))
        ? limited.issue()
        : List.of();
  }

  /**
   * Returns what a key issues unless somebody says otherwise.
   *
   * @param api its API
   * @param scopes its scopes; null for all
   */
  private static ReachForm.Issuable usual(String api, @Nullable List<String> scopes) {
    return scopes == null ? ReachForm.Issuable.all(api) : ReachForm.Issuable.of(api, scopes);
  }

  /**
   * Returns what is asked for; null for the usual.
   *
   * @param from the key that is copied or replaced; null if none is
   * @param issues whether the key is to issue keys
   * @param api its API
   * @param scopes its scopes; null for all
   */
  @Nullable ReachForm asked(
      @Nullable KeyAnswer from, boolean issues, String api, @Nullable List<String> scopes) {
    if (everything) {
      return new ReachForm.Everything();
    }
    List<ReachForm.Issuable> issue = issues ? issues(from) : List.of();
    if (verifies.isEmpty() && issue.isEmpty()) {
      return null;
    }
    return new ReachForm.Limited(
        issues && issue.isEmpty() ? List.of(usual(api, scopes)) : issue, verifies);
  }

  /**
   * Returns what a key is asked for that replaces another; null for what that one has, as far as
   * the scopes have a use for it.
   *
   * @param replaced the key that is replaced
   * @param issues whether the key is to issue keys
   * @param verifies whether it is to verify
   * @param scopes its scopes; null for all
   */
  @Nullable ReachForm instead(
      KeyAnswer replaced, boolean issues, boolean verifies, @Nullable List<String> scopes) {
    boolean changed = !equals(of(replaced));
    // What it issues goes with the scopes, which may be others now.
    boolean usual = issues && issues(replaced).isEmpty();
    if (!changed && (everything || !usual)) {
      return null;
    }
    if (everything) {
      return new ReachForm.Everything();
    }
    return new ReachForm.Limited(
        usual ? List.of(usual(replaced.api(), scopes)) : issues ? issues(replaced) : List.of(),
        changed || verifies ? this.verifies : List.of());
  }
}
