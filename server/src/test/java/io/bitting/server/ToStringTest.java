package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.access.AccessRequest;
import io.bitting.access.Credential;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.NewOrganizationAnswer;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupAnswer;
import io.bitting.client.protocol.SetupCodeAnswer;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.key.KeyPrefix;
import io.bitting.key.MintedToken;
import io.bitting.key.TokenReader;
import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Query;
import io.bitting.server.setup.FirstOwner;
import io.bitting.server.setup.SetupCodes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing that holds a token or a setup code shows it when it is printed. */
final class ToStringTest {
  private static final TestServer SERVER = TestServer.shared();

  @Test
  void toString_ofWhateverHoldsAToken_doesNotShowIt() {
    Tenant tenant = SERVER.tenant();
    Tenant.Made key = tenant.key("bitting", "org:read");
    String token = key.token();
    SetupCodes.Fresh fresh = new SetupCodes(Clock.systemUTC(), new SecureRandom()).makeFirst();
    List<Object> holders = new ArrayList<>();
    holders.add(new Credential.Presented(token));
    holders.add(Credential.of(List.of("Bearer " + token), List.of(), List.of()));
    holders.add(Credential.of(List.of("Bearer " + token + " x"), List.of(), List.of()));
    holders.add(new AccessRequest(token, ApiId.BITTING, new Requirement.AnyValidKey()));
    holders.add(SecretText.of(token));
    holders.add(
        new Call(
            new Call.Head(() -> "request", "GET", "/?q=" + token, name -> List.of(token), ""),
            Map.of(),
            new Query(Map.of("q", List.of(token))),
            token.getBytes(StandardCharsets.US_ASCII),
            "application/json",
            null));
    holders.add(
        new FirstOwner.Redemption(
            token, Optional.empty(), "owner", Optional.empty(), Optional.empty()));
    holders.add(Answer.json(201, Map.of("token", SecretText.of(token))));
    holders.add(Answer.text("text/plain", token));
    holders.add(Json.read(bytes(key.shown()), CreatedKey.class));
    JsonNode organization = SERVER.get(tenant.owner(), tenant.path("")).ok().json();
    JsonNode shown = SERVER.get(tenant.owner(), tenant.path(key, "")).ok().json();
    holders.add(
        Json.read(
            bytes(TestServer.json("organization", organization, "key", shown, "token", token)),
            SetupAnswer.class));
    holders.add(
        Json.read(
            bytes(
                TestServer.json(
                    "organization",
                    organization,
                    "setup_code",
                    token,
                    "setup_code_expires_at",
                    "2026-01-01T00:00:00.000Z")),
            NewOrganizationAnswer.class));
    holders.add(
        Json.read(
            bytes(
                TestServer.json(
                    "setup_code", token, "setup_code_expires_at", "2026-01-01T00:00:00.000Z")),
            SetupCodeAnswer.class));
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(token)).isTrue();
      assertThat(reader.toString()).doesNotContain(secret(token));
    }
    for (Object holder : holders) {
      assertThat(holder.toString()).as(holder.getClass().getName()).doesNotContain(secret(token));
      assertThat(String.valueOf(List.of(holder))).doesNotContain(secret(token));
    }
    assertThat(fresh.toString())
        .doesNotContain(fresh.text())
        .doesNotContain(fresh.code().digest().hex());
    System.out.println("types that hold a token: " + (holders.size() + 4));
  }

  @Test
  void toString_ofMintedToken_isPrefixAndId_beforeAndAfterItIsRevealed() {
    KeyId id = KeyId.generate(new SecureRandom());
    MintedToken minted = MintedToken.mint(new KeyPrefix("nex"), id, new SecureRandom());
    String before = minted.toString();
    String digest = minted.digest().toString();
    String token = minted.revealOnce();
    assertThat(before).isEqualTo("nex_" + id + "…").isEqualTo(minted.toString());
    assertThat(digest).isEqualTo("SecretDigest");
    assertThat(token).startsWith("nex_" + id);
  }

  private static String secret(String token) {
    return token.substring(token.length() - 38, token.length() - 20);
  }

  private static byte[] bytes(Object json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
