package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static io.bitting.access.SampleInstallation.GLOBEX;
import static io.bitting.access.SampleInstallation.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.KeyId;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows R3 to R6 of the standards, byte for byte, and row E1 of the threats. */
final class GuardTest {
  private static final String OPERATION = "DELETE /scans/{id}";
  private static final Requirement STOP = Requirement.allOf("scans:stop", "bot");

  private final SampleInstallation installation = new SampleInstallation();
  private LocalSubject subject = new LocalSubject(installation.rows(), new MutableClock());
  private Guard guard = new Guard(subject.authorizer, APPSEC.id());

  @AfterEach
  void close() {
    subject.close();
  }

  @Test
  void check_validKey_passesWithIt() {
    SampleKey key = installation.key(ACME, APPSEC).put();
    subject.start();
    Guard.Verdict verdict = guard.check(new Credential.Presented(key.token()), STOP, OPERATION);
    assertThat(((Guard.Passed) verdict).key().id()).isEqualTo(key.key().id());
  }

  @Test
  void check_anonymousOperation_passesWhateverIsPresented() {
    for (Credential credential :
        List.of(
            new Credential.Missing(),
            new Credential.Presented("nonsense"),
            new Credential.Ambiguous("two"))) {
      assertThat(guard.check(credential, new Requirement.Anonymous(), OPERATION))
          .as("although nothing is loaded")
          .isEqualTo(new Guard.Passed(null));
    }
  }

  /** R3: no credential, no error code. */
  @Test
  void check_noCredential_is401WithTheRealmOnly() {
    subject.start();
    Refusal refusal = refused(new Credential.Missing());
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.code()).isEqualTo("credential_missing");
    assertThat(refusal.challenge()).contains("Bearer realm=\"appsec\"");
    assertThat(refused(new Credential.Presented(""))).isEqualTo(refusal);
  }

  /** R4. */
  @Test
  void check_invalidKey_is401InvalidToken() {
    subject.start();
    Refusal refusal = refused(new Credential.Presented("nonsense"));
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.code()).isEqualTo("credential_invalid");
    assertThat(refusal.challenge()).contains("Bearer realm=\"appsec\", error=\"invalid_token\"");
  }

  /** R5. */
  @Test
  void check_ambiguousCredential_is400InvalidRequest() {
    subject.start();
    Refusal refusal = refused(new Credential.Ambiguous("the request has two keys"));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("credential_ambiguous");
    assertThat(refusal.detail()).isEqualTo("The request has two keys.");
    assertThat(refusal.challenge()).contains("Bearer realm=\"appsec\", error=\"invalid_request\"");
  }

  /** R6: every scope that the operation needs, in one string. */
  @Test
  void check_scopeMissing_is403InsufficientScopeWithAllThatIsNeeded() throws Exception {
    SampleKey key = installation.key(ACME, APPSEC).scopes("bot", "scans:read").put();
    subject.start();
    Refusal refusal = refused(new Credential.Presented(key.token()));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.code()).isEqualTo("insufficient_scope");
    assertThat(refusal.challenge())
        .contains(
            "Bearer realm=\"appsec\", error=\"insufficient_scope\", scope=\"bot scans:stop\"");
    assertThat(refusal.detail())
        .isEqualTo(
            "DELETE /scans/{id} needs bot and scans:stop; the key lacks scans:stop. Scopes of a key"
                + " never change: create a key that has them.");
    JsonNode json = new ObjectMapper().readTree(refusal.toJson("https://b.example", "req-1"));
    assertThat(json)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"type": "https://b.example/errors/insufficient_scope",
                     "title": "This key lacks a required scope",
                     "status": 403,
                     "code": "insufficient_scope",
                     "detail": "DELETE /scans/{id} needs bot and scans:stop; the key lacks scans:stop. Scopes of a key never change: create a key that has them.",
                     "required_scopes": ["bot", "scans:stop"],
                     "missing_scopes": ["scans:stop"],
                     "request_id": "req-1"}
                    """));
    assertThat(refusal.toString()).as("what the key has is not told").doesNotContain("scans:read");
    assertThat(refusal.replaceable()).contains(key.key().id());
  }

  @Test
  void check_stateOfAProvedKey_isTold() {
    SampleKey revoked = installation.key(ACME, APPSEC).state(KeyState.REVOKED).put();
    SampleKey disabled = installation.key(ACME, APPSEC).state(KeyState.DISABLED).put();
    SampleKey expired =
        installation.key(ACME, APPSEC).secretUntil(SampleInstallation.BEGINNING).put();
    installation.rows().put(GLOBEX.suspended(true));
    SampleKey suspended = installation.key(GLOBEX, APPSEC).put();
    subject.start();
    Optional<String> invalid = Optional.of("Bearer realm=\"appsec\", error=\"invalid_token\"");
    assertRefused(revoked, 401, "key_revoked", invalid);
    assertRefused(expired, 401, "key_expired", invalid);
    assertRefused(disabled, 403, "key_disabled", Optional.empty());
    assertRefused(suspended, 403, "organization_suspended", Optional.empty());
  }

  private void assertRefused(SampleKey key, int status, String code, Optional<String> challenge) {
    Refusal refusal = refused(new Credential.Presented(key.token()));
    assertThat(refusal.status()).isEqualTo(status);
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.challenge()).isEqualTo(challenge);
    assertThat(refusal.required()).isEmpty();
  }

  @Test
  void check_requirementThatTheCatalogLacks_is403ForEveryKey() {
    SampleKey key = installation.key(ACME, APPSEC).put();
    subject.start();
    Guard.Verdict verdict =
        guard.check(
            new Credential.Presented(key.token()), Requirement.allOf("scans:raed"), OPERATION);
    Refusal refusal = ((Guard.Refused) verdict).refusal();
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.code()).isEqualTo("requirement_unknown");
    assertThat(refusal.challenge()).isEmpty();
    assertThat(refusal.detail()).contains(OPERATION).contains("appsec");
  }

  @Test
  void check_nothingCanBeDecided_is503AndNever401() {
    Refusal refusal = refused(new Credential.Presented("nonsense"));
    assertThat(refusal).isEqualTo(Guard.unavailable());
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.code()).isEqualTo("verification_unavailable");
    assertThat(refusal.challenge()).isEmpty();
  }

  /** Whatever else is thrown is no way to pass. */
  @Test
  void check_theAuthorizerBreaks_doesNotPass() {
    Guard broken =
        new Guard(
            request -> {
              throw new IllegalStateException("broken");
            },
            APPSEC.id());
    assertThatThrownBy(() -> broken.check(new Credential.Missing(), STOP, OPERATION))
        .isInstanceOf(IllegalStateException.class);
    Guard absent = new Guard(request -> null, APPSEC.id());
    assertThatThrownBy(() -> absent.check(new Credential.Missing(), STOP, OPERATION))
        .isInstanceOf(RuntimeException.class);
  }

  /**
   * Row E1: unknown, wrong, revoked, expired, and of another API or organization: the same bytes.
   */
  @Test
  void check_whoHasNotProvedTheSecret_cannotTellOneFromTheOther() {
    SampleKey live = installation.key(ACME, APPSEC).put();
    SampleKey revoked = installation.key(ACME, APPSEC).state(KeyState.REVOKED).put();
    SampleKey disabled = installation.key(ACME, APPSEC).state(KeyState.DISABLED).put();
    SampleKey expired =
        installation.key(ACME, APPSEC).secretUntil(SampleInstallation.BEGINNING).put();
    installation.rows().put(GLOBEX.suspended(true));
    SampleKey suspended = installation.key(GLOBEX, APPSEC).put();
    SampleKey library = installation.key(ACME, LIBRARY).put();
    subject.start();

    List<String> tokens = new ArrayList<>(List.of("nonsense", library.token()));
    for (SampleKey key : List.of(live, revoked, disabled, expired, suspended)) {
      tokens.add(minted(key.key().id()));
    }
    tokens.add(minted(KeyId.generate(new SeededRandom(5))));
    Set<String> answers = new LinkedHashSet<>();
    for (String token : tokens) {
      Refusal refusal = refused(new Credential.Presented(token));
      answers.add(refusal.status() + " " + refusal.challenge() + " " + refusal.toJson("b", "r"));
    }
    assertThat(answers).hasSize(1);

    answers.add(refused(new Credential.Presented(revoked.token())).toJson("b", "r"));
    assertThat(answers).as("the control: whoever proves the secret is told more").hasSize(2);
  }

  @Test
  void refusal_everyReason_hasAnAnswerThatIsNoSuccess() {
    for (DenialReason reason : DenialReason.values()) {
      Decision.Denied denied =
          new Decision.Denied(
              reason,
              null,
              new TreeSet<>(Set.of(new Scope("a"))),
              new TreeSet<>(Set.of(new Scope("a"))),
              installation.rows().position());
      Refusal refusal = guard.refusal(denied, OPERATION);
      assertThat(refusal.status()).isIn(401, 403);
      assertThat(refusal.challenge().isPresent())
          .as("RFC 9110: a 401 has a challenge")
          .isEqualTo(refusal.status() == 401 || reason == DenialReason.INSUFFICIENT_SCOPE);
      assertThat(refusal.detail()).endsWith(".").doesNotContain("\n");
      assertThat(DenialReason.of(reason.code())).contains(reason);
    }
    assertThat(DenialReason.of("ALLOWED")).isEmpty();
  }

  private Refusal refused(Credential credential) {
    return ((Guard.Refused) guard.check(credential, STOP, OPERATION)).refusal();
  }

  private static String minted(KeyId id) {
    return MintedToken.mint(APPSEC.prefix(), id, new SeededRandom(77)).revealOnce();
  }
}
