package io.bitting.samples.appsec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.access.Authorizer;
import io.bitting.samples.KeyRing;
import io.bitting.samples.SampleServer;
import io.bitting.samples.SampleServer.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repeater and engine talk. The server has one event loop, so a call that held it would stop
 * everything.
 */
final class BotTest {
  private final Sample sample = new Sample();
  private final KeyRing.Held bot = sample.ring.specific(sample.acme, sample.appsec, "bot");
  private final AtomicBoolean broken = new AtomicBoolean();
  private SampleServer server;

  @BeforeEach
  void start() {
    server = sample.start(1, this::breakable);
  }

  @AfterEach
  void close() {
    server.close();
    sample.close();
  }

  private Authorizer breakable(Authorizer real) {
    return request -> {
      if (broken.get() && request.token().equals(bot.token())) {
        throw new IllegalStateException("a mistake in an authorizer");
      }
      return real.authorize(request);
    };
  }

  private Reply post(String channel, String text) {
    return server.send("POST", "/bot/1/" + channel, bot.token(), "{\"text\": \"" + text + "\"}");
  }

  private Reply poll(String channelAndQuery) {
    return server.get("/bot/1/" + channelAndQuery, bot.token());
  }

  /** Begins to wait, and returns once the server has the call. */
  private CompletableFuture<HttpResponse<byte[]>> listen(String token) {
    CompletableFuture<HttpResponse<byte[]>> waiting =
        server.begin(server.request("/bot/1/to-repeater?wait=30", token).GET().build());
    assertThat(becomesConnected(true)).isTrue();
    return waiting;
  }

  /**
   * Asks until the repeater is as wanted; gives up after so many answers that it cannot be a matter
   * of order.
   */
  private boolean becomesConnected(boolean wanted) {
    for (int i = 0; i < 2_000; i++) {
      if (server.get("/repeaters/1", sample.owner.token()).json().get("connected").asBoolean()
          == wanted) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode messages(HttpResponse<byte[]> response) throws Exception {
    assertThat(response.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body()).get("messages");
  }

  @Test
  void post_whileTheRepeaterWaits_arrivesThere() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = listen(bot.token());
    assertThat(waiting).isNotDone();
    assertThat(post("to-repeater", "GET https://shop.internal/").status()).isEqualTo(200);
    JsonNode messages = messages(waiting.get(30, TimeUnit.SECONDS));
    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).get("number").asInt()).isEqualTo(1);
    assertThat(messages.get(0).get("text").asText()).isEqualTo("GET https://shop.internal/");
    assertThat(becomesConnected(false)).isTrue();
  }

  @Test
  void post_inOneDirection_isNotHeardInTheOther() {
    post("to-engine", "ready");
    assertThat(poll("to-repeater").status()).isEqualTo(204);
    assertThat(poll("to-engine").json().get("messages")).hasSize(1);
    assertThat(server.get("/bot/2/to-engine", bot.token()).status()).isEqualTo(204);
    assertThat(server.get("/bot/1/to-engine", sample.stranger.token()).status()).isEqualTo(204);
  }

  @Test
  void poll_afterANumber_returnsWhatCameLaterAndLosesNothing() {
    for (int i = 1; i <= Channel.KEPT_MAX + 5; i++) {
      post("to-engine", "message " + i);
    }
    assertThat(poll("to-engine?after=103").json().get("messages")).hasSize(2);
    assertThat(poll("to-engine?after=103").json().get("messages")).hasSize(2);
    assertThat(poll("to-engine?after=105&wait=1").status()).isEqualTo(204);
    JsonNode kept = poll("to-engine").json().get("messages");
    assertThat(kept).hasSize(Channel.KEPT_MAX);
    assertThat(kept.get(0).get("text").asText()).isEqualTo("message 6");
  }

  @Test
  void poll_nothingComes_isAnsweredEmptyAfterTheWait() {
    assertThat(poll("to-repeater?wait=1").status()).isEqualTo(204);
    assertThat(becomesConnected(false)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait=31",
        "wait=-1",
        "wait=1.5",
        "wait=",
        "wait=9999999999999",
        "after=x",
        "after=-1"
      })
  void poll_waitOrAfterThatIsNone_isNotValid(String query) {
    assertThat(poll("to-engine?" + query).code()).isEqualTo("query_invalid");
  }

  @Test
  void poll_manyWait_neitherBlockOthersNorGrowWithoutBound() throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> waiting = new ArrayList<>();
    for (int i = 0; i < 33; i++) {
      waiting.add(
          server.begin(server.request("/bot/1/to-repeater?wait=30", bot.token()).GET().build()));
    }
    HttpResponse<?> first =
        (HttpResponse<?>)
            CompletableFuture.anyOf(waiting.toArray(new CompletableFuture<?>[0]))
                .get(30, TimeUnit.SECONDS);
    assertThat(first.statusCode()).as("the one too many").isEqualTo(409);
    assertThat(server.get("/scans", sample.owner.token()).status()).isEqualTo(200);
    post("to-repeater", "go");
    int heard = 0;
    for (CompletableFuture<HttpResponse<byte[]>> one : waiting) {
      HttpResponse<byte[]> response = one.get(30, TimeUnit.SECONDS);
      heard += response.statusCode() == 200 ? messages(response).size() : 0;
    }
    assertThat(heard).isEqualTo(32);
  }

  @Test
  void poll_callerGoesAway_isForgotten() {
    CompletableFuture<HttpResponse<byte[]>> waiting = listen(bot.token());
    waiting.cancel(true);
    assertThat(becomesConnected(false)).isTrue();
  }

  @Test
  void poll_repeaterIsDeleted_isAnsweredEmpty() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = listen(bot.token());
    server.send("DELETE", "/scripts/1", sample.owner.token(), "");
    server.send("DELETE", "/scripts/2", sample.owner.token(), "");
    server.send("DELETE", "/repeaters/1", sample.owner.token(), "");
    assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
  }

  /** A key that is revoked while its call waits is told nothing more. */
  @Test
  void poll_keyIsRevokedMeanwhile_isRefusedInsteadOfAnswered() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = listen(bot.token());
    sample.ring.revoke(bot);
    server.send("POST", "/bot/1/to-repeater", sample.owner.token(), "{\"text\": \"confidential\"}");
    HttpResponse<byte[]> response = waiting.get(30, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("key_revoked")
        .doesNotContain("confidential");
  }

  /** What fails while a call waits refuses it, and leaves nobody waiting. */
  @Test
  void poll_authorizerFailsMeanwhile_isAnsweredWithoutTheMessage() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = listen(bot.token());
    broken.set(true);
    server.send("POST", "/bot/1/to-repeater", sample.owner.token(), "{\"text\": \"confidential\"}");
    HttpResponse<byte[]> response = waiting.get(30, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(new String(response.body(), StandardCharsets.UTF_8))
        .contains("internal_error")
        .doesNotContain("confidential")
        .doesNotContain("mistake");
  }
}
