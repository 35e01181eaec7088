package io.bitting.server.console;

import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of keys. */
final class ShowKeysPage extends Screen {
  private static final String ROWS = "50";

  /** A key that ends as soon is to be rotated, if it is as lately in use. */
  private static final Duration SOON = Duration.ofDays(14);

  private static final Duration LATELY = Duration.ofDays(7);

  ShowKeysPage(Desk desk) {
    super(desk, Route.page("showKeysPage", "/keys"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(call, visitor -> page(call, visitor));
  }

  private Answer page(Call call, Visitor visitor) {
    Query query = call.query();
    KeysPage.Filter filter =
        new KeysPage.Filter(
            query.text("q").orElse("").strip(),
            query.text("state").orElse(""),
            query.text("scope").orElse("").strip(),
            query.text("created_by").orElse(""),
            query.text("unused_for").orElse(""),
            query.text("expires_within").orElse(""),
            query.text("all_scopes").orElse(""));
    String cursor = query.text("cursor").orElse("");
    query.check();
    Names names = new Names(desk, visitor, call);
    List<KeysPage.Maker> makers =
        names.members().stream()
            .map(member -> new KeysPage.Maker(member.id(), member.name()))
            .toList();
    Reply reply =
        desk.ask(visitor, call, "listKeys")
            .query("q", filter.text())
            .query("state", filter.state())
            .query("scope", filter.scope())
            .query("created_by", filter.createdBy())
            .query("unused_for", filter.unusedFor())
            .query("expires_within", filter.expiresWithin())
            .query("all_scopes", filter.allScopes())
            .query("cursor", cursor)
            .query("limit", ROWS)
            .send();
    if (!reply.ok()) {
      return desk.again(
          call,
          visitor,
          new KeysPage(
              List.of(), null, !cursor.isEmpty(), filter, makers, Faults.of(reply.problem())));
    }
    Page<KeyAnswer> keys = reply.page(KeyAnswer.class);
    Map<String, Integer> totals = new HashMap<>();
    Instant now = desk.now();
    List<KeysPage.Row> rows =
        keys.items().stream()
            .map(key ->
                new KeysPage.Row(
                    key,
                    totals.computeIfAbsent(key.api(), api -> scopesOf(visitor, call, api)),
                    names.of(key.createdBy()),
                    isToBeRotated(key, now)))
            .toList();
    return desk.page(
        call,
        visitor,
        new KeysPage(rows, keys.nextCursor(), !cursor.isEmpty(), filter, makers, Faults.NONE));
  }

  private int scopesOf(Visitor visitor, Call call, String api) {
    Reply reply = desk.ask(visitor, call, "showCatalog").path("api", api).send();
    return reply.ok() ? reply.read(CatalogAnswer.class).scopes().size() : 0;
  }

  private static boolean isToBeRotated(KeyAnswer key, Instant now) {
    Instant expires = key.expiresAt();
    Instant used = key.lastUsedAt();
    return key.state().equals("active")
        && key.replacedBy() == null
        && expires != null
        && used != null
        && expires.isBefore(now.plus(SOON))
        && used.isAfter(now.minus(LATELY));
  }
}
