package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OperationsMother;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request is refused unless Bitting knows its operation, and the key may call that one. */
final class OperationGuardTest {
  private final SampleInstallation installation = new SampleInstallation();
  private final LocalSubject subject = new LocalSubject(installation.rows(), new MutableClock());
  private final OperationGuard guard = new OperationGuard(subject.authorizer, APPSEC.id());
  private final SampleKey all = installation.key(ACME, APPSEC).put();
  private final SampleKey run = installation.key(ACME, APPSEC).scopes("scans:run").put();

  @AfterEach
  void close() {
    subject.close();
  }

  private void start() {
    installation.rows().put(OperationsMother.operations(APPSEC.id()).build());
    subject.start();
  }

  private OperationGuard.Passed passed(SampleKey key, String method, String target) {
    Credential credential = new Credential.Presented(key.token());
    return (OperationGuard.Passed) guard.check(credential, method, target);
  }

  private Refusal refused(Credential credential, String method, String target) {
    return ((OperationGuard.Refused) guard.check(credential, method, target)).refusal();
  }

  private Refusal refused(SampleKey key, String method, String target) {
    return refused(new Credential.Presented(key.token()), method, target);
  }

  @Test
  void check_keyWithTheScopes_passesWithKeyAndOperation() {
    start();
    OperationGuard.Passed passed = passed(run, "GET", "/scans?limit=1");
    assertThat(passed.key().id()).isEqualTo(run.key().id());
    assertThat(passed.operation().name()).isEqualTo("GET /scans");
    assertThat(passed(all, "DELETE", "/scans/7").operation().name())
        .isEqualTo("DELETE /scans/{id}");
  }

  @Test
  void check_oneOfTwoScopes_isRefusedWithTheOther() {
    start();
    Refusal refusal = refused(run, "DELETE", "/scans/7");
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.code()).isEqualTo("insufficient_scope");
    assertThat(refusal.missing()).hasToString("[scans:manage]");
    assertThat(refusal.detail()).startsWith("DELETE /scans/{id} needs ");
  }

  @Test
  void check_noOperationOrUndeclaredOrAmbiguous_isRefusedToEveryKey() {
    start();
    for (List<String> request :
        List.of(
            List.of("GET", "/nothing"),
            List.of("PUT", "/scans"),
            List.of("HEAD", "/scans"),
            List.of("POST", "/debug"),
            List.of("GET", "//scans"),
            List.of("GET", "/users/..%2Fscans"))) {
      Refusal refusal = refused(all, request.get(0), request.get(1));
      assertThat(refusal.status()).as("%s", request).isEqualTo(403);
      assertThat(refusal.code()).as("%s", request).isEqualTo("requirement_unknown");
      assertThat(refusal.detail()).as("%s", request).doesNotContain("nothing", "..");
    }
  }

  @Test
  void check_apiWithoutOperations_isRefusedToEveryKey() {
    subject.start();
    assertThat(refused(all, "GET", "/scans").status()).isEqualTo(403);
  }

  @Test
  void check_credentialMissingInvalidOrAmbiguous_saysWhich() {
    start();
    assertThat(refused(new Credential.Missing(), "GET", "/scans").code())
        .isEqualTo("credential_missing");
    assertThat(refused(new Credential.Presented("nonsense"), "GET", "/limits").code())
        .isEqualTo("credential_invalid");
    assertThat(refused(new Credential.Ambiguous("two"), "GET", "/limits").status()).isEqualTo(400);
  }

  @Test
  void check_anonymousOperation_passesWhateverIsPresented() {
    start();
    for (Credential credential :
        List.of(
            new Credential.Missing(),
            new Credential.Presented("nonsense"),
            new Credential.Ambiguous("two"))) {
      OperationGuard.Verdict verdict = guard.check(credential, "GET", "/health");
      assertThat(((OperationGuard.Passed) verdict).key()).isNull();
    }
  }

  @Test
  void check_nothingLoaded_isUnavailableEvenForAnonymousOperations() {
    assertThat(refused(new Credential.Missing(), "GET", "/health").status()).isEqualTo(503);
  }
}
