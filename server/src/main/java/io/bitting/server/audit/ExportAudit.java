package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.AuditExport;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Cursor;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.Reader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Exports audit events in their order, with the checkpoints that vouch for them: two operations of
 * one form, for an organization and for the installation. Goes part by part up to the chain's
 * newest checkpoint, so that there is nothing in an export that no signature vouches for.
 */
public final class ExportAudit implements Endpoint {
  /** The header with what asks for the next part. */
  static final String NEXT = "Bitting-Next-Cursor";

  static final int LIMIT_MAX = 5_000;
  private static final int LIMIT_USUAL = 1_000;

  /** One a day for a quarter of a century. */
  private static final int CHECKPOINTS_MAX = 10_000;

  private final Route route;
  private final Whose whose;
  private final Acting acting;
  private final Clock clock;

  private ExportAudit(String operationId, Whose whose, Acting acting, Clock clock) {
    this.route = Route.get(operationId, whose.path("/audit-export"), whose.requirement());
    this.whose = whose;
    this.acting = acting;
    this.clock = clock;
  }

  /**
   * Makes the endpoint that exports the events of the caller's organization.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public static ExportAudit ofOrganization(Acting acting, Clock clock) {
    return new ExportAudit("exportAudit", Whose.ORGANIZATION, acting, clock);
  }

  /**
   * Makes the endpoint that exports the events of the installation.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public static ExportAudit exportInstallation(Acting acting, Clock clock) {
    return new ExportAudit("exportInstallationAudit", Whose.INSTALLATION, acting, clock);
  }

  private enum Format {
    NDJSON,
    CSV
  }

  /** Where a part begins and where the export ends. */
  private record Place(long after, long through) {
    String text() {
      return after + "." + through;
    }

    static Optional<Place> parse(String text) {
      if (!text.matches("[1-9][0-9]{0,17}\\.[1-9][0-9]{0,17}")) {
        return Optional.empty();
      }
      int dot = text.indexOf('.');
      return Optional.of(
          new Place(
              Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1))));
    }
  }

  private record Asked(
      Reader.AuditFilter filter, Format format, int limit, Optional<Place> place) {}

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Answer handle(Call call) {
    Asked asked = read(call.query(), clock);
    return acting.look(
        call,
        (reader, own) ->
            whose
                .chain(own, call)
                .map(chain ->
                    acting
                        .refusalUnlessFresh(reader, call)
                        .orElseGet(() -> part(reader, chain, asked)))
                .orElseGet(() -> Answer.problem(Problem.notFound())));
  }

  private static Asked read(Query query, Clock clock) {
    Reader.AuditFilter filter = EventAnswers.filter(query, clock);
    Format format =
        query
            .value(
                "format",
                "ndjson or csv",
                text ->
                    switch (text) {
                      case "ndjson" -> Optional.of(Format.NDJSON);
                      case "csv" -> Optional.of(Format.CSV);
                      default -> Optional.empty();
                    })
            .orElse(Format.NDJSON);
    int limit =
        query
            .value("limit", "a number from 1 to " + LIMIT_MAX, ExportAudit::limit)
            .orElse(LIMIT_USUAL);
    Optional<Place> place = query.cursor(Place::parse);
    query.check();
    return new Asked(filter, format, limit, place);
  }

  private static Optional<Integer> limit(String text) {
    return text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= LIMIT_MAX
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }

  private static Answer part(Reader reader, AuditChain chain, Asked asked) {
    Optional<Place> place =
        asked
            .place()
            .or(() ->
                reader.auditCheckpoints(chain, Optional.empty(), 1).stream()
                    .findFirst()
                    .map(newest -> new Place(0, newest.number())));
    if (place.isEmpty()) {
      return Answer.problem(
          ProblemCode.STATE_CONFLICT,
          "An export ends at a signed checkpoint, and this chain has none yet; make one with POST to audit-checkpoints.");
    }
    long through = place.get().through();
    List<AuditEvent> found =
        reader.auditEventsAfter(
            chain, asked.filter(), place.get().after(), through, asked.limit() + 1);
    boolean more = found.size() > asked.limit();
    List<AuditEvent> events = more ? found.subList(0, asked.limit()) : found;
    Answer answer =
        switch (asked.format()) {
          case CSV -> csv(events, asked.place().isEmpty());
          case NDJSON ->
              ndjson(
                  events,
                  more || !asked.filter().isAll()
                      ? List.of()
                      : reader.auditCheckpoints(chain, Optional.of(through + 1), CHECKPOINTS_MAX));
        };
    Answer placed = answer.asOf(reader.position());
    return more
        ? placed.with(
            NEXT, Cursor.encode(new Place(events.get(events.size() - 1).number(), through).text()))
        : placed;
  }

  private static Answer ndjson(List<AuditEvent> events, List<AuditCheckpoint> newestFirst) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (AuditEvent event : events) {
      lines.writeBytes(AuditExport.line(event));
    }
    for (AuditCheckpoint checkpoint : newestFirst.reversed()) {
      lines.writeBytes(AuditExport.line(checkpoint));
    }
    return Answer.bytes("application/x-ndjson", lines.toByteArray());
  }

  private static Answer csv(List<AuditEvent> events, boolean first) {
    EventCsv csv = new EventCsv();
    if (first) {
      csv.head();
    }
    events.forEach(csv::add);
    return Answer.bytes("text/csv", csv.toString().getBytes(StandardCharsets.UTF_8));
  }
}
