package io.bitting.client;

import io.bitting.client.protocol.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which audit events to list, newest first, or to export, in their order. Each method returns a
 * narrower query; {@link #all} leaves nothing out.
 *
 * <p>Immutable and thread-safe.
 */
public final class AuditQuery {
  private static final AuditQuery ALL = new AuditQuery(Map.of());

  private final Map<String, String> parameters;

  private AuditQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Returns the query for every event. */
  public static AuditQuery all() {
    return ALL;
  }

  /**
   * Wants events of an action.
   *
   * @param action {@code key.created} and so on
   */
  public AuditQuery action(String action) {
    return with("action", action);
  }

  /**
   * Wants events by an actor.
   *
   * @param id the id of a key or member
   */
  public AuditQuery actor(String id) {
    return with("actor", id);
  }

  /**
   * Wants events that something was the target of.
   *
   * @param id its id
   */
  public AuditQuery target(String id) {
    return with("target", id);
  }

  /**
   * Wants events from a time on.
   *
   * @param time the time, not in the future
   */
  public AuditQuery from(Instant time) {
    return with("from", Json.time(time));
  }

  /**
   * Wants events before a time.
   *
   * @param time the time, after that of {@link #from}
   */
  public AuditQuery until(Instant time) {
    return with("until", Json.time(time));
  }

  /** Wants an export in some form. */
  AuditQuery as(AuditFormat format) {
    return with("format", format.code());
  }

  /**
   * Bounds a page, or a part of an export.
   *
   * @param events how many: of a page 1 to 200, 50 unless said; of an export 1 to 5,000, 1,000
   *     unless said
   */
  public AuditQuery limit(int events) {
    return with("limit", String.valueOf(events));
  }

  /**
   * Goes on after a page.
   *
   * @param cursor the page's next cursor
   */
  public AuditQuery after(String cursor) {
    return with("cursor", cursor);
  }

  String text() {
    return Address.query(parameters);
  }

  private AuditQuery with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new AuditQuery(Collections.unmodifiableMap(more));
  }
}
