package io.bitting.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.AuditFinding;
import io.bitting.audit.AuditVerification;
import io.bitting.audit.AuditVerifier;
import io.bitting.audit.VerifyingKey;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.client.protocol.AuditExport;
import io.bitting.client.protocol.ExportedEvent;
import io.bitting.client.protocol.Json;
import io.bitting.fixtures.Attack;
import io.bitting.fixtures.AuditDamage;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Row F16 of the threats, on exports of both databases: whatever is done to one is found, and the
 * event is named. At length: {@code -Dbitting.audit.places=1000}.
 */
final class AuditDamageTest {
  private static final int PLACES = Integer.getInteger("bitting.audit.places", 4);
  private static final Sample SQLITE = Sample.of("SQLite", TestServer.shared());
  private static final Sample POSTGRESQL = Sample.of("PostgreSQL", TestServer.sharedOnPostgresql());

  /** An export of a tenant, and one of another that the same key has signed. */
  record Sample(String name, List<VerifyingKey> keys, List<String> lines, List<String> foreign) {
    static Sample of(String name, TestServer server) {
      Tenant tenant = server.tenant();
      Tenant other = server.tenant();
      return new Sample(
          name,
          VerifyingKey.parse(
              server
                  .get(tenant.owner(), "/v1/audit/signing-keys")
                  .ok()
                  .json()
                  .at("/items/0/public_key")
                  .asText()),
          export(tenant, 9, 1, 14),
          export(other, 4));
    }

    private static List<String> export(Tenant tenant, int... parts) {
      for (int part : parts) {
        for (int i = 0; i < part; i += 2) {
          Tenant.Made key = tenant.key("bitting", "org:read");
          if (i + 1 < part) {
            tenant.change(key, "revoke").ok();
          }
        }
        tenant.server().post(tenant.owner(), tenant.path("/audit-checkpoints"), "").ok();
      }
      return tenant
          .server()
          .get(tenant.owner(), tenant.path("/audit-export?limit=5000"))
          .ok()
          .text()
          .lines()
          .toList();
    }

    AuditCheckpoint last() {
      byte[] line = lines.get(lines.size() - 1).getBytes(StandardCharsets.UTF_8);
      return Json.read(line, AuditCheckpointAnswer.class).toCheckpoint();
    }

    AuditVerification verify(byte[] export, boolean against) {
      AuditVerifier verifier = new AuditVerifier(keys);
      if (against) {
        verifier.against(last());
      }
      try {
        AuditExport.read(new ByteArrayInputStream(export), verifier);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return verifier.finish();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> attacks() {
    List<Arguments> rows = new ArrayList<>();
    for (Attack attack : Attack.in("audit-exports.json")) {
      rows.add(Arguments.of(SQLITE, attack));
      rows.add(Arguments.of(POSTGRESQL, attack));
    }
    return rows.stream();
  }

  static Stream<Sample> samples() {
    return Stream.of(SQLITE, POSTGRESQL);
  }

  private static String rehash(String line) {
    AuditEvent event =
        Json.read(line.getBytes(StandardCharsets.UTF_8), ExportedEvent.class).toEvent();
    return new String(AuditExport.line(AuditDamage.rehashed(event)), StandardCharsets.UTF_8)
        .strip();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void verify_damagedAnywhere_namesTheEventAndWhatHappened(Sample sample, Attack attack) {
    SplittableRandom random = new SplittableRandom(11);
    boolean against = attack.text("against").isPresent();
    for (int i = 0; i < PLACES; i++) {
      AuditDamage.Done done =
          new AuditDamage(sample.lines(), sample.foreign(), AuditDamageTest::rehash, random)
              .apply(attack.input());
      List<AuditFinding> findings = sample.verify(done.bytes(), against).findings();
      assertThat(findings)
          .as("%s, %d: %s", attack, i, done)
          .anyMatch(finding ->
              finding.kind().code().equals(attack.text("kind").orElseThrow())
                  && (done.numbers().isEmpty() || names(finding, done.numbers())));
      if (against) {
        // The control: without the checkpoint from elsewhere nobody finds this.
        assertThat(sample.verify(done.bytes(), false).findings()).isEmpty();
      }
    }
  }

  private static boolean names(AuditFinding finding, List<Long> numbers) {
    return numbers.stream()
        .anyMatch(number -> finding.first() <= number && number <= finding.last());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void verify_asExported_isWhole(Sample sample) {
    byte[] export = (String.join("\n", sample.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
    for (boolean against : new boolean[] {false, true}) {
      AuditVerification verification = sample.verify(export, against);
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.events()).isGreaterThan(20);
      assertThat(verification.checkpoints()).isEqualTo(3);
    }
  }

  /**
   * The control: one who reads an export and checks no hash finds nothing wrong with any damage
   * that leaves it readable.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void read_unverified_findsNothing(Sample sample) {
    int readable = 0;
    for (Attack attack : Attack.in("audit-exports.json")) {
      AuditDamage.Done done =
          new AuditDamage(
                  sample.lines(),
                  sample.foreign(),
                  AuditDamageTest::rehash,
                  new SplittableRandom(13))
              .apply(attack.input());
      readable += isReadable(new String(done.bytes(), StandardCharsets.UTF_8)) ? 1 : 0;
    }
    assertThat(readable).isGreaterThanOrEqualTo(28);
  }

  private static boolean isReadable(String export) {
    try {
      export
          .lines()
          .forEach(line -> {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            if (line.contains("\"type\":\"checkpoint\"")) {
              Json.read(bytes, AuditCheckpointAnswer.class).toCheckpoint();
            } else {
              Json.read(bytes, ExportedEvent.class).toEvent();
            }
          });
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
