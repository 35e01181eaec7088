package io.bitting.samples.appsec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.samples.Numbered;
import io.bitting.samples.SampleServer;
import io.bitting.samples.SampleServer.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operations do. */
final class AppsecApiTest {
  private final Sample sample = new Sample();
  private final String token = sample.owner.token();
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

  private JsonNode get(String path) {
    Reply reply = server.get(path, token);
    assertThat(reply.status()).as(path).isEqualTo(200);
    return reply.json();
  }

  private Reply send(String method, String path, String json) {
    return server.send(method, path, token, json);
  }

  private void assertConflict(Reply reply, String words) {
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.code()).isEqualTo("state_conflict");
    assertThat(reply.json().get("detail").asText()).contains(words);
  }

  @Test
  void scan_run_runsUntilItsTimeIsOver() {
    Reply run =
        send("POST", "/scans", "{\"target\": \"https://wiki.example.com\", \"tests\": [\"xss\"]}");
    assertThat(run.status()).isEqualTo(201);
    assertThat(run.header("Location")).contains(SampleServer.MOUNT + "/scans/4");
    assertThat(get("/scans/4").get("status").asText()).isEqualTo("running");
    assertThat(get("/scans/4").get("started_at").asText()).isEqualTo("2026-03-01T09:00:00.000Z");
    sample.clock.advance(Duration.ofMinutes(15));
    assertThat(get("/scans/4/progress").toString())
        .isEqualTo("{\"status\":\"running\",\"percent\":50}");
    sample.clock.advance(Duration.ofMinutes(15));
    assertThat(get("/scans/4/progress").toString())
        .isEqualTo("{\"status\":\"done\",\"percent\":100}");
    assertThat(get("/scans/4").get("ended_at").asText()).isEqualTo("2026-03-01T09:30:00.000Z");
  }

  @Test
  void scan_stopped_staysStopped() {
    send("POST", "/scans", "{\"target\": \"https://wiki.example.com\"}");
    sample.clock.advance(Duration.ofMinutes(3));
    assertThat(send("POST", "/scans/4/stop", "").json().get("status").asText())
        .isEqualTo("stopped");
    sample.clock.advance(Duration.ofDays(1));
    assertThat(get("/scans/4/progress").toString())
        .isEqualTo("{\"status\":\"stopped\",\"percent\":10}");
    assertConflict(send("POST", "/scans/4/stop", ""), "does not run");
  }

  @Test
  void scan_deleted_isGoneForEveryOperation() {
    assertConflict(send("DELETE", "/scans/3", ""), "stop it before");
    send("POST", "/scans/3/stop", "");
    assertThat(send("DELETE", "/scans/3", "").status()).isEqualTo(204);
    for (String path : List.of("/scans/3", "/scans/3/progress", "/scans/3/report")) {
      assertThat(server.get(path, token).code()).as(path).isEqualTo("not_found");
    }
    assertThat(send("DELETE", "/scans/3", "").code()).isEqualTo("not_found");
    assertThat(get("/scans").get("scans")).hasSize(2);
  }

  @Test
  void scan_edited_keepsWhatWasNotNamed() {
    Reply edited = send("PATCH", "/scans/1", "{\"name\": \"Shop\", \"requests_per_second\": 3}");
    assertThat(edited.status()).isEqualTo(200);
    JsonNode scan = get("/scans/1");
    assertThat(scan.get("name").asText()).isEqualTo("Shop");
    assertThat(scan.get("requests_per_second").asInt()).isEqualTo(3);
    assertThat(scan.get("tests")).hasSize(3);
  }

  @Test
  void scan_retested_runsAgainAsAnotherScan() {
    JsonNode retest = send("POST", "/scans/1/retest", "").json();
    assertThat(retest.get("retest_of").asText()).isEqualTo("1");
    assertThat(retest.get("status").asText()).isEqualTo("running");
    assertThat(retest.get("target")).isEqualTo(get("/scans/1").get("target"));
    assertThat(get("/scans/1").get("status").asText()).isEqualTo("done");
  }

  @Test
  void scan_ofATargetThatIsNoAddress_isNotValid() {
    for (String target :
        List.of(
            "shop.example.com",
            "ftp://shop.example.com",
            "https://",
            "javascript:alert(1)",
            "https://a b")) {
      Reply reply = send("POST", "/scans", "{\"target\": \"" + target + "\"}");
      assertThat(reply.code()).as(target).isEqualTo("validation_failed");
      assertThat(reply.json().get("faults").get(0).get("pointer").asText()).isEqualTo("/target");
    }
    assertThat(get("/scans").get("scans")).hasSize(3);
  }

  @Test
  void scans_tooMany_areAConflictUntilOneIsDeleted() {
    for (int i = 3; i < Numbered.COUNT_MAX; i++) {
      assertThat(send("POST", "/scans/1/retest", "").status()).isEqualTo(201);
    }
    assertConflict(send("POST", "/scans/1/retest", ""), "1000");
    assertConflict(send("POST", "/issues/1/retest", ""), "1000");
    assertThat(get("/issues/1").get("retest").isNull()).isTrue();
    send("DELETE", "/scans/1", "");
    assertThat(send("POST", "/scans/2/retest", "").json().get("id").asText()).isEqualTo("1001");
  }

  @Test
  void report_ofAScan_hasItsIssues() {
    JsonNode report = get("/scans/1/report");
    assertThat(report.get("scan")).isEqualTo(get("/scans/1"));
    assertThat(report.get("issues")).isEqualTo(get("/issues?scan=1").get("issues")).hasSize(2);
  }

  @Test
  void issue_assignedResolvedAndRetested_showsIt() {
    send("PUT", "/issues/1/assignee", "{\"user\": \"ada@example.com\"}");
    assertThat(get("/issues/1").get("assignee").asText()).isEqualTo("ada@example.com");
    send("DELETE", "/issues/1/assignee", "");
    assertThat(get("/issues/1").get("assignee").isNull()).isTrue();
    send("POST", "/issues/1/resolve", "");
    assertThat(get("/issues/1").get("status").asText()).isEqualTo("resolved");
    JsonNode scan = send("POST", "/issues/1/retest", "").json();
    assertThat(get("/issues/1").get("status").asText()).isEqualTo("open");
    assertThat(get("/issues/1").get("retest")).isEqualTo(scan.get("id"));
    assertThat(get("/scans/4").get("target")).isEqualTo(get("/issues/1").get("address"));
  }

  @Test
  void file_uploaded_isReadByteForByteAndGoneOnceDeleted() {
    byte[] content = new byte[1000];
    IntStream.range(0, content.length).forEach(i -> content[i] = (byte) i);
    assertThat(upload("photo.png", content).json().get("bytes").asInt()).isEqualTo(1000);
    Reply read = server.get("/files/3/content", token);
    assertThat(read.http().body()).isEqualTo(content);
    assertThat(read.header("Content-Type")).contains("application/octet-stream");
    assertThat(read.header("Content-Disposition")).contains("attachment; filename=\"photo.png\"");
    assertThat(read.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(send("DELETE", "/files/3", "").status()).isEqualTo(204);
    assertThat(server.get("/files/3", token).code()).isEqualTo("not_found");
    assertThat(server.get("/files/3/content", token).code()).isEqualTo("not_found");
    assertThat(get("/files").get("files")).hasSize(2);
  }

  private Reply upload(String name, byte[] content) {
    return server.send(
        server
            .request("/files?name=" + name, token)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(content))
            .build());
  }

  @Test
  void file_withANameThatIsNone_isRefused() {
    for (String name : List.of("", "..", "a%2Fb", "a%0d%0ab", "a%22b", "%C3%A9", "a".repeat(101))) {
      assertThat(upload(name, new byte[1]).code()).as(name).isEqualTo("query_invalid");
    }
    assertThat(get("/files").get("files")).hasSize(2);
  }

  @Test
  void files_moreThanTheStorageHolds_areAConflict() {
    for (int i = 0; i < 15; i++) {
      assertThat(upload("big", new byte[256 << 10]).status()).isEqualTo(201);
    }
    assertConflict(upload("big", new byte[256 << 10]), "delete a file first");
  }

  @Test
  void target_namedByAFile_isVerifiedUntilTheFileIsDeleted() {
    String target = "{\"target\": \"https://billing.example.com/login\"}";
    JsonNode verified = send("POST", "/targets/verify", target).json();
    assertThat(verified.get("verified").asBoolean()).isTrue();
    assertThat(verified.get("files").get(0).asText()).isEqualTo("2");
    send("DELETE", "/files/2", "");
    assertThat(send("POST", "/targets/verify", target).json().get("verified").asBoolean())
        .isFalse();
  }

  @Test
  void file_scanned_runsAScanOfTheTargetInIt() {
    assertThat(send("POST", "/files/2/scan", "").json().get("target").asText())
        .isEqualTo("https://billing.example.com");
    upload("empty.txt", new byte[0]);
    assertConflict(send("POST", "/files/3/scan", ""), "names no target");
  }

  @Test
  void repositories_listed_areOfEachKind() {
    Set<String> kinds = new HashSet<>();
    get("/repositories").get("repositories").forEach(r -> kinds.add(r.get("kind").asText()));
    assertThat(kinds).containsExactlyInAnyOrder("github_repository", "slack_channel", "jira_board");
  }

  @Test
  void repeater_createdEditedTestedAndDeleted_doesSo() {
    send("POST", "/repeaters", "{\"name\": \"Office\"}");
    assertThat(
            send("POST", "/repeaters/3/test", "{\"host\": \"wiki.internal\"}")
                .json()
                .get("reachable")
                .asBoolean())
        .isFalse();
    send("PATCH", "/repeaters/3", "{\"hosts\": [\"wiki.internal\"]}");
    assertThat(
            send("POST", "/repeaters/3/test", "{\"host\": \"wiki.internal\"}")
                .json()
                .get("reachable")
                .asBoolean())
        .isTrue();
    assertThat(get("/repeaters/3").get("name").asText()).isEqualTo("Office");
    assertThat(send("DELETE", "/repeaters/3", "").status()).isEqualTo(204);
    assertThat(server.get("/repeaters/3", token).code()).isEqualTo("not_found");
    assertThat(server.get("/bot/3/to-engine", token).code()).isEqualTo("not_found");
  }

  @Test
  void repeater_withScripts_cannotBeDeleted() {
    assertConflict(send("DELETE", "/repeaters/1", ""), "has scripts");
    send("DELETE", "/scripts/1", "");
    send("PATCH", "/scripts/2", "{\"repeater\": \"2\"}");
    assertThat(send("DELETE", "/repeaters/1", "").status()).isEqualTo(204);
    assertThat(get("/repeaters/2/scripts").get("scripts").get(0).get("id").asText()).isEqualTo("2");
  }

  @Test
  void script_createdEditedAndDeleted_doesSo() {
    send("POST", "/scripts", "{\"name\": \"Log\", \"repeater\": \"2\", \"source\": \"a\\n\\tb\"}");
    assertThat(get("/scripts/3").get("source").asText()).isEqualTo("a\n\tb");
    send("PATCH", "/scripts/3", "{\"source\": \"c\"}");
    assertThat(get("/repeaters/2/scripts").get("scripts").get(0).get("source").asText())
        .isEqualTo("c");
    assertThat(send("DELETE", "/scripts/3", "").status()).isEqualTo(204);
    assertThat(server.get("/scripts/3", token).code()).isEqualTo("not_found");
  }

  @Test
  void script_ofAnUnknownRepeater_isNotValid() {
    Reply created =
        send("POST", "/scripts", "{\"name\": \"Log\", \"repeater\": \"9\", \"source\": \"a\"}");
    Reply edited = send("PATCH", "/scripts/1", "{\"repeater\": \"9\"}");
    assertThat(List.of(created.code(), edited.code())).containsOnly("validation_failed");
  }

  /** Two organizations begin alike and share nothing afterwards. */
  @Test
  void organizations_eachOnItsOwn_shareNothing() {
    String before = Matrix.everything(server, sample.stranger);
    assertThat(Matrix.everything(server, sample.owner)).isEqualTo(before);
    for (var operation : AppsecApi.operations()) {
      server.call(operation, operation.example().path(), token);
    }
    assertThat(Matrix.everything(server, sample.owner)).isNotEqualTo(before);
    assertThat(Matrix.everything(server, sample.stranger)).isEqualTo(before);
  }

  @Test
  void router_madeAnew_hasFreshData() {
    String before = Matrix.everything(server, sample.owner);
    send("DELETE", "/scans/1", "");
    server.renew();
    assertThat(Matrix.everything(server, sample.owner)).isEqualTo(before);
  }

  /** Calls from many threads over several event loops lose nothing and give no id twice. */
  @Test
  void calls_fromManyThreads_areEachDoneOnce() throws Exception {
    try (Sample busy = new Sample();
        SampleServer loops = busy.start(4, authorizer -> authorizer);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> calls =
          IntStream.range(0, 400)
              .<Callable<String>>mapToObj(i ->
                  () ->
                      loops
                          .send(
                              "POST",
                              "/scans",
                              busy.owner.token(),
                              "{\"target\": \"https://a.example\"}")
                          .json()
                          .get("id")
                          .asText())
              .toList();
      Set<String> ids = new HashSet<>();
      for (Future<String> id : threads.invokeAll(calls)) {
        ids.add(id.get());
      }
      assertThat(ids).hasSize(400);
      assertThat(loops.get("/scans", busy.owner.token()).json().get("scans")).hasSize(403);
    }
  }
}
