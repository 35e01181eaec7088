package io.bitting.samples.personnel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.samples.KeyRing;
import io.bitting.samples.SampleServer;
import io.bitting.samples.SampleServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operations do, kind by kind of operation. */
final class PersonnelApiTest {
  private final Sample sample = new Sample();
  private final String token = sample.owner.token();
  private final KeyRing.Held half =
      sample.ring.specific(sample.acme, sample.personnel, "view:user");
  private SampleServer server;

  @BeforeEach
  void start() {
    server = sample.start();
  }

  @AfterEach
  void close() {
    server.close();
    sample.close();
  }

  private Reply send(String method, String path, String json) {
    return server.send(method, path, token, json);
  }

  private JsonNode ok(String method, String path, String json) {
    Reply reply = send(method, path, json);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonNode get(String path) {
    return ok("GET", path, "");
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("items").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  @Test
  void thing_createdMergedReplacedAndDeleted_doesSo() {
    Reply created = send("POST", "/users", "{\"name\": \"Alan\", \"rank_id\": \"1\", \"x\": null}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).contains(SampleServer.MOUNT + "/users/3");
    assertThat(created.text())
        .isEqualTo(
            "{\"id\":\"3\",\"name\":\"Alan\",\"rank_id\":\"1\",\"created_at\":\"2026-03-01T09:00:00.000Z\",\"updated_at\":\"2026-03-01T09:00:00.000Z\"}");
    sample.clock.advance(Duration.ofMinutes(1));
    assertThat(ok("PATCH", "/users/3", "{\"rank_id\": null, \"age\": 41}").toString())
        .isEqualTo(
            "{\"id\":\"3\",\"name\":\"Alan\",\"age\":41,\"created_at\":\"2026-03-01T09:00:00.000Z\",\"updated_at\":\"2026-03-01T09:01:00.000Z\"}");
    ok("PUT", "/users/3", "{\"nickname\": \"Al\"}");
    assertThat(get("/users/3").has("name")).isFalse();
    assertThat(get("/users/3").path("nickname").asText()).isEqualTo("Al");
    assertThat(send("DELETE", "/users/3", "").status()).isEqualTo(204);
    for (String method : List.of("GET", "PATCH", "PUT", "DELETE")) {
      assertThat(send(method, "/users/3", "").code()).as(method).isEqualTo("not_found");
    }
    assertThat(send("POST", "/users", "{}").json().path("id").asText())
        .as("an id is given once")
        .isEqualTo("4");
  }

  @Test
  void list_longerThanThePage_isReadToItsEndByCursor() {
    for (int i = 3; i <= 7; i++) {
      send("POST", "/awards", "{\"name\": \"Award " + i + "\"}");
    }
    List<String> read = new ArrayList<>();
    JsonNode page = get("/awards?limit=3");
    read.addAll(ids(page));
    while (!page.path("next_cursor").isNull()) {
      page = get("/awards?limit=3&cursor=" + page.path("next_cursor").asText());
      read.addAll(ids(page));
    }
    assertThat(read).containsExactly("1", "2", "3", "4", "5", "6", "7");
    for (String query :
        List.of(
            "limit=0", "limit=201", "limit=x", "cursor=-1", "cursor=", "q=1", "limit=1&limit=2")) {
      assertThat(send("GET", "/awards?" + query, "").code()).as(query).isEqualTo("query_invalid");
    }
    assertThat(send("GET", "/awards/1?limit=1", "").code()).isEqualTo("query_invalid");
  }

  @Test
  void search_byMemberAndText_findsWhatHasBoth() {
    send("POST", "/tasks", "{\"name\": \"Paint the fence\", \"done\": false, \"order\": 1}");
    send("POST", "/tasks", "{\"name\": \"Paint the door\", \"done\": true, \"order\": 2}");
    assertThat(ids(ok("POST", "/tasks/search", "{\"text\": \"PAINT\"}"))).containsExactly("3", "4");
    assertThat(
            ids(ok("POST", "/tasks/search", "{\"text\": \"paint\", \"where\": {\"done\": true}}")))
        .containsExactly("4");
    assertThat(ids(ok("POST", "/tasks/search", "{\"where\": {\"id\": \"3\", \"order\": 1}}")))
        .containsExactly("3");
    assertThat(ids(ok("POST", "/tasks/search", "{\"where\": {\"order\": \"1\"}}"))).isEmpty();
    JsonNode first = ok("POST", "/tasks/search", "{\"text\": \"paint\", \"limit\": 1}");
    assertThat(first.path("next_cursor").asText()).isEqualTo("3");
    assertThat(ids(ok("POST", "/tasks/search", "{\"text\": \"paint\", \"cursor\": \"3\"}")))
        .containsExactly("4");
    assertThat(ids(ok("POST", "/users/1/tasks/search", "{}")))
        .as("of a user's tasks")
        .containsExactly("1");
  }

  @Test
  void nested_createdBelowAParent_isThereAndAmongAllAndNotBelowAnother() {
    Reply created = send("POST", "/categories/1/awards", "{\"name\": \"Star\"}");
    assertThat(created.header("Location")).contains(SampleServer.MOUNT + "/categories/1/awards/3");
    assertThat(get("/categories/1/awards/3")).isEqualTo(get("/awards/3"));
    assertThat(ids(get("/categories/1/awards"))).containsExactly("1", "3");
    assertThat(ids(get("/categories/2/awards"))).isEmpty();
    for (String method : List.of("GET", "PATCH", "PUT", "DELETE")) {
      assertThat(send(method, "/categories/2/awards/3", "").code()).isEqualTo("not_found");
    }
    ok("PATCH", "/categories/1/awards/3", "{\"name\": \"Sun\"}");
    assertThat(get("/awards/3").path("name").asText()).isEqualTo("Sun");
    send("DELETE", "/categories/1", "");
    assertThat(send("GET", "/categories/1/awards/3", "").code()).isEqualTo("not_found");
    assertThat(get("/awards/3").path("name").asText()).as("lives on by itself").isEqualTo("Sun");
    send("DELETE", "/awards/3", "");
    assertThat(send("GET", "/awards/3", "").code()).isEqualTo("not_found");
  }

  @Test
  void attach_detach_relateThingsAndKeepThem() {
    assertThat(
            ok("POST", "/categories/2/ranks/attach", "{\"resources\": [\"1\", \"2\"]}").toString())
        .isEqualTo("{\"attached\":[\"1\",\"2\"]}");
    assertThat(ok("POST", "/categories/2/ranks/attach", "{\"resources\": [\"2\"]}").toString())
        .as("once more")
        .isEqualTo("{\"attached\":[]}");
    assertThat(ids(get("/categories/2/ranks"))).containsExactly("1", "2");
    assertThat(
            ok("DELETE", "/categories/2/ranks/detach", "{\"resources\": [\"1\", \"9\"]}")
                .toString())
        .isEqualTo("{\"detached\":[\"1\"]}");
    assertThat(ids(get("/categories/2/ranks"))).containsExactly("2");
    assertThat(get("/ranks/1").path("name").asText()).isEqualTo("Private");
    assertThat(ids(get("/categories/1/ranks"))).as("another's").containsExactly("1");
  }

  @Test
  void attach_somethingThatIsNotThere_attachesNothing() {
    Reply reply = send("POST", "/categories/2/ranks/attach", "{\"resources\": [\"1\", \"9\"]}");
    assertThat(reply.code()).isEqualTo("validation_failed");
    assertThat(reply.json().path("faults").path(0).path("message").asText())
        .isEqualTo("there is no rank \"9\"");
    assertThat(ids(get("/categories/2/ranks"))).isEmpty();
  }

  @Test
  void sync_replacesTheRelation() {
    send("POST", "/units", "{\"name\": \"Third Company\"}");
    assertThat(ok("PATCH", "/groups/1/units/sync", "{\"resources\": [\"2\", \"3\"]}").toString())
        .isEqualTo("{\"attached\":[\"2\",\"3\"],\"detached\":[\"1\"]}");
    assertThat(ids(get("/groups/1/units"))).containsExactly("2", "3");
    ok("PATCH", "/groups/1/units/sync", "{\"resources\": []}");
    assertThat(ids(get("/groups/1/units"))).isEmpty();
    assertThat(ids(get("/units"))).containsExactly("1", "2", "3");
  }

  @Test
  void toggle_attachesWhatWasNotAndDetachesWhatWas() {
    assertThat(ok("PATCH", "/forms/1/fields/toggle", "{\"resources\": [\"1\", \"2\"]}").toString())
        .isEqualTo("{\"attached\":[\"2\"],\"detached\":[\"1\"]}");
    assertThat(ids(get("/forms/1/fields"))).containsExactly("2");
  }

  @Test
  void pivot_isNotedBesideOneRelationOnly() {
    ok(
        "POST",
        "/categories/2/awards/attach",
        "{\"resources\": {\"1\": {\"order\": 1, \"by\": \"Ada\"}}}");
    ok("PATCH", "/categories/2/awards/1/pivot", "{\"order\": 2}");
    assertThat(get("/categories/2/awards/1").path("pivot").toString())
        .isEqualTo("{\"order\":2,\"by\":\"Ada\"}");
    assertThat(get("/categories/1/awards/1").has("pivot")).isFalse();
    assertThat(get("/awards/1").has("pivot")).isFalse();
    ok("DELETE", "/categories/2/awards/detach", "{\"resources\": [\"1\"]}");
    assertThat(send("PATCH", "/categories/2/awards/1/pivot", "{\"order\": 3}").code())
        .isEqualTo("not_found");
  }

  @Test
  void associate_dissociate_moveAThingToOneParent() {
    assertThat(
            ok("POST", "/users/2/award-records/associate", "{\"id\": \"1\"}").path("id").asText())
        .isEqualTo("1");
    assertThat(ids(get("/users/1/award-records"))).as("the one before").isEmpty();
    assertThat(ids(get("/users/2/award-records"))).containsExactly("1");
    ok("DELETE", "/users/2/award-records/1/dissociate", "");
    assertThat(ids(get("/users/2/award-records"))).isEmpty();
    assertThat(get("/award-records/1").path("id").asText()).isEqualTo("1");
    assertThat(send("POST", "/users/2/award-records/associate", "{\"id\": \"9\"}").code())
        .isEqualTo("validation_failed");
    assertThat(send("POST", "/users/2/award-records/associate", "{}").code())
        .isEqualTo("validation_failed");
  }

  @Test
  void batch_createsMergesAndDeletesEachAndSaysSo() {
    JsonNode created =
        ok(
            "POST",
            "/slots/batch",
            "{\"resources\": [{\"name\": \"A\"}, {\"id\": \"7\"}, {\"name\": \"B\"}]}");
    assertThat(created.path("results").findValuesAsText("status"))
        .containsExactly("201", "422", "201");
    assertThat(created.path("results").path(2).path("resource").path("id").asText()).isEqualTo("4");
    JsonNode merged =
        ok(
            "PATCH",
            "/slots/batch",
            "{\"resources\": {\"3\": {\"name\": \"C\"}, \"9\": {\"name\": \"D\"}}}");
    assertThat(merged.path("results").findValuesAsText("status")).containsExactly("200", "404");
    assertThat(get("/slots/3").path("name").asText()).isEqualTo("C");
    JsonNode deleted = ok("DELETE", "/slots/batch", "{\"resources\": [\"3\", \"9\", \"4\"]}");
    assertThat(deleted.path("results").findValuesAsText("status"))
        .containsExactly("204", "404", "204");
    assertThat(ids(get("/slots"))).containsExactly("1", "2");
  }

  @Test
  void batch_belowAParent_reachesItsThingsOnly() {
    JsonNode results =
        ok(
                "PATCH",
                "/users/1/tasks/batch",
                "{\"resources\": {\"1\": {\"a\": 1}, \"2\": {\"a\": 1}}}")
            .path("results");
    assertThat(results.findValuesAsText("status")).containsExactly("200", "404");
    assertThat(get("/tasks/2").has("a")).isFalse();
    ok("POST", "/users/1/tasks/batch", "{\"resources\": [{\"name\": \"New\"}]}");
    assertThat(ids(get("/users/1/tasks"))).containsExactly("1", "3");
  }

  @Test
  void named_followsTheMemberOfTheParent() {
    assertThat(get("/users/1/rank/1").path("name").asText()).isEqualTo("Private");
    assertThat(send("GET", "/users/1/rank/2", "").code()).isEqualTo("not_found");
    ok("PATCH", "/users/1", "{\"rank_id\": \"2\"}");
    assertThat(get("/users/1/rank/2").path("name").asText()).isEqualTo("Sergeant");
    assertThat(send("GET", "/users/1/rank/1", "").code()).isEqualTo("not_found");
    assertThat(send("GET", "/users/2/rank/1", "").code()).isEqualTo("not_found");
  }

  @Test
  void likes_areUsersAndTheRosterIsTheGroups() {
    assertThat(get("/newsfeed/1/likes").path("items").path(0)).isEqualTo(get("/users/1"));
    ok("PATCH", "/newsfeed/1/likes/sync", "{\"resources\": [\"2\"]}");
    assertThat(ids(get("/newsfeed/1/likes"))).containsExactly("2");
    assertThat(get("/roster")).isEqualTo(get("/groups"));
    assertThat(get("/roster/1")).isEqualTo(get("/groups/1"));
    assertThat(get("/status-records/1")).isEqualTo(get("/users/1/status-records/1"));
  }

  @Test
  void apart_eachDoesWhatItIsCalled() {
    assertThat(get("/me").path("key").asText()).isEqualTo(sample.owner.id().text());
    assertThat(get("/settings").path("cache_cleared_at").isNull()).isTrue();
    assertThat(send("POST", "/cache", "").status()).isEqualTo(204);
    assertThat(get("/settings").path("cache_cleared_at").asText())
        .isEqualTo("2026-03-01T09:00:00.000Z");
    assertThat(server.get("/health", "").json().path("status").asText()).isEqualTo("up");
    assertThat(server.get("/spec.json", "").json()).isEqualTo(Sample.document());
    assertThat(get("/widgets/1/name").toString()).isEqualTo("{\"name\":\"Widget 1\"}");
    assertThat(send("GET", "/widgets/1/colour", "").code()).isEqualTo("not_found");
  }

  /** Two scopes are required, one is there. */
  @Test
  void refusal_ofAnOperationWithTwoScopes_namesBothAndTheMissingOne() {
    Reply reply = server.get("/users/1/tasks", half.token());
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.code()).isEqualTo("insufficient_scope");
    assertThat(reply.json().path("required_scopes").toString())
        .isEqualTo("[\"view:task\",\"view:user\"]");
    assertThat(reply.json().path("missing_scopes").toString()).isEqualTo("[\"view:task\"]");
    assertThat(reply.header("WWW-Authenticate"))
        .contains(
            "Bearer realm=\"personnel\", error=\"insufficient_scope\", scope=\"view:task view:user\"");
    assertThat(server.get("/users/1", half.token()).status()).isEqualTo(200);
    assertThat(server.get("/users/1", "").code()).isEqualTo("credential_missing");
    assertThat(server.get("/users/1", "nonsense").code()).isEqualTo("credential_invalid");
  }

  /** What no operation is, is refused to a key that may do everything. */
  @Test
  void request_forNoOperation_isRefusedToEveryKey() {
    for (String target :
        List.of(
            "/nothing",
            "/users/",
            "//users",
            "/users/./1",
            "/users/%31%2Ftasks",
            "/users/1;x=y",
            "/Users",
            "/users/..",
            "/users%2F1")) {
      assertThat(server.statusLine("GET", target, token)).as(target).contains(" 403 ");
    }
    for (String method : List.of("HEAD", "OPTIONS", "TRACE", "get")) {
      assertThat(server.statusLine(method, "/users", token)).as(method).contains(" 403 ");
    }
    assertThat(server.statusLine("GET", "/users", token)).contains(" 200 ");
    assertThat(server.get("/users?access_token=" + token, "").code())
        .isEqualTo("credential_ambiguous");
  }

  @Test
  void body_thatIsWrong_isRefusedAndChangesNothing() {
    JsonNode before = get("/users");
    assertThat(send("POST", "/users", "{\"id\": \"7\", \"pivot\": {}}").json().path("faults"))
        .hasSize(2);
    assertThat(send("POST", "/users", "[]").code()).isEqualTo("request_malformed");
    assertThat(send("POST", "/users", "{\"a\":1,\"a\":2}").code()).isEqualTo("request_malformed");
    assertThat(send("POST", "/users", "{\"a\":\"" + "x".repeat(70_000) + "\"}").code())
        .isEqualTo("body_too_large");
    for (String body :
        List.of(
            "{}",
            "{\"resources\": []}",
            "{\"resources\": [1]}",
            "{\"resources\": 7}",
            "{\"things\": []}")) {
      assertThat(send("POST", "/users/batch", body).code()).as(body).isEqualTo("validation_failed");
      assertThat(send("DELETE", "/users/batch", body).code())
          .as(body)
          .isEqualTo("validation_failed");
      assertThat(send("PATCH", "/users/batch", body).code())
          .as(body)
          .isEqualTo("validation_failed");
      assertThat(send("POST", "/users/1/tasks/attach", body).code())
          .as(body)
          .isEqualTo("validation_failed");
    }
    String many = "[" + "\"1\",".repeat(100) + "\"1\"]";
    assertThat(send("DELETE", "/users/batch", "{\"resources\": " + many + "}").code())
        .isEqualTo("validation_failed");
    assertThat(send("DELETE", "/users/1", "{\"force\": true}").code())
        .isEqualTo("validation_failed");
    assertThat(get("/users")).isEqualTo(before);
  }

  /** No key fills the memory: what does not fit is a conflict, and half of a change is none. */
  @Test
  void room_full_refusesUntilSomethingIsDeleted() {
    String big = "{\"text\": \"" + "x".repeat(60_000) + "\"}";
    int made = 0;
    Reply reply = send("POST", "/documents", big);
    while (reply.status() == 201 && made < 100) {
      made++;
      reply = send("POST", "/documents", big);
    }
    assertThat(made).isBetween(60, 70);
    assertThat(reply.code()).isEqualTo("state_conflict");
    assertThat(send("PUT", "/users/1", big).code()).isEqualTo("state_conflict");
    assertThat(get("/users/1").path("name").asText()).isEqualTo("Ada Lovelace");
    assertThat(send("DELETE", "/documents/3", "").status()).isEqualTo(204);
    assertThat(send("POST", "/documents", big).status()).isEqualTo(201);
  }
}
