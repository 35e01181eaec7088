package io.bitting.server.console;

import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.client.protocol.Reference;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was done in an organization. */
final class ShowAuditPage extends Screen {
  private static final String ROWS = "50";

  ShowAuditPage(Desk desk) {
    super(desk, Route.page("showAuditPage", "/audit"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          Query query = call.query();
          AuditPage.Filter filter = filter(query);
          String cursor = query.text("cursor").orElse("");
          query.check();
          Reply reply =
              filtered(desk.ask(visitor, call, "listAuditEvents"), filter)
                  .query("cursor", cursor)
                  .query("limit", ROWS)
                  .send();
          if (!reply.ok()) {
            return desk.again(
                call, visitor, new AuditPage(List.of(), null, filter, null, reply.faults()));
          }
          return desk.page(call, visitor, page(visitor, call, reply, filter, null));
        });
  }

  /**
   * Makes the page of the newest events with what looking at the chain came to.
   *
   * @param visitor who looks
   * @param call the request
   * @param chain what it came to
   */
  AuditPage verified(Visitor visitor, Call call, AuditPage.Chain chain) {
    Reply reply = desk.ask(visitor, call, "listAuditEvents").query("limit", ROWS).send();
    return page(visitor, call, reply, AuditPage.Filter.NONE, chain);
  }

  private AuditPage page(
      Visitor visitor,
      Call call,
      Reply reply,
      AuditPage.Filter filter,
      AuditPage.@Nullable Chain chain) {
    Page<AuditEventAnswer> events = reply.page(AuditEventAnswer.class);
    Names names = new Names(desk, visitor, call);
    if (!events.items().isEmpty()) {
      names.members();
    }
    List<AuditPage.Row> rows =
        events.items().stream()
            .map(event ->
                new AuditPage.Row(
                    event,
                    names.of(event.actor()),
                    target(names, event.target(), visitor),
                    link(event.target())))
            .toList();
    return new AuditPage(rows, events.nextCursor(), filter, chain, Faults.NONE);
  }

  private static String target(Names names, Reference target, Visitor visitor) {
    return switch (target.kind()) {
      case "key" -> names.of(target).replaceFirst("^key ", "");
      case "member" -> names.of(target);
      case "organization" ->
          target.id().equals(visitor.organization().id().text())
              ? visitor.organization().name()
              : target.id();
      default -> target.id();
    };
  }

  private static @Nullable String link(Reference target) {
    return switch (target.kind()) {
      case "key" -> "/keys/" + target.id();
      case "organization" -> "/settings";
      default -> null;
    };
  }

  /** Reads the filter of a query. */
  static AuditPage.Filter filter(Query query) {
    return new AuditPage.Filter(
        query.text("action").orElse("").strip(),
        query.text("actor").orElse("").strip(),
        query.text("target").orElse("").strip(),
        query.text("from").orElse(""),
        query.text("until").orElse(""));
  }

  /** Asks by a filter: whole days, the last of them included. */
  static ConsoleApi.Ask filtered(ConsoleApi.Ask ask, AuditPage.Filter filter) {
    return ask.query("action", filter.action())
        .query("actor", filter.actor())
        .query("target", filter.target())
        .query("from", begin(filter.from(), 0))
        .query("until", begin(filter.until(), 1));
  }

  /** Returns when a day begins; what is no day stays as it is, for the endpoint to refuse. */
  private static String begin(String day, int later) {
    try {
      return LocalDate.parse(day)
          .plusDays(later)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant()
          .toString();
    } catch (DateTimeException e) {
      return day;
    }
  }
}
