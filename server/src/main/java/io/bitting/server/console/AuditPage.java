package io.bitting.server.console;

import io.bitting.client.protocol.AuditEventAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was done in an organization.
 *
 * @param rows the events, the newest first
 * @param next what to ask for the next part with; null if this is the last
 * @param filter what they were filtered by
 * @param chain what looking at the whole chain came to; null if nobody asked
 * @param faults what is wrong with the filter
 */
record AuditPage(
    List<Row> rows, @Nullable String next, Filter filter, @Nullable Chain chain, Faults faults)
    implements ConsolePage {
  /** What people look for most. */
  static final List<String> ACTIONS =
      List.of(
          "key.created",
          "key.rotated",
          "key.replaced",
          "key.revoked",
          "key.disabled",
          "key.enabled",
          "key.edited",
          "key.reviewed",
          "key.expiring",
          "member.invited",
          "member.joined",
          "member.role_changed",
          "member.removed",
          "organization.edited",
          "checks.denied");

  AuditPage {
    rows = List.copyOf(rows);
  }

  /**
   * An event.
   *
   * @param event the event
   * @param actor the name of who did it
   * @param target the name of what it was done to
   * @param link the page of what it was done to; null if it has none
   */
  record Row(AuditEventAnswer event, String actor, String target, @Nullable String link) {}

  /**
   * What is asked for; an empty text leaves all.
   *
   * @param action what was done, {@code key.created}
   * @param actor the id of who did it
   * @param target the id of what it was done to
   * @param from a day
   * @param until a day
   */
  record Filter(String action, String actor, String target, String from, String until) {
    /** Leaves everything. */
    static final Filter NONE = new Filter("", "", "", "", "");

    boolean isEmpty() {
      return equals(NONE);
    }

    /** Returns the address of a page with this filter. */
    String path(String page, String cursor) {
      return page
          + "?action="
          + Addresses.value(action)
          + "&actor="
          + Addresses.value(actor)
          + "&target="
          + Addresses.value(target)
          + "&from="
          + from
          + "&until="
          + until
          + (cursor.isEmpty() ? "" : "&cursor=" + Addresses.value(cursor));
    }
  }

  /**
   * What looking at a whole chain came to.
   *
   * @param events how many events were looked at
   * @param checkpoints how many signed checkpoints vouch for them
   * @param fault what is wrong; null if the chain is whole
   */
  record Chain(long events, int checkpoints, @Nullable String fault) {}

  @Override
  public String title() {
    return "Audit";
  }

  @Override
  public Section section() {
    return Section.AUDIT;
  }
}
