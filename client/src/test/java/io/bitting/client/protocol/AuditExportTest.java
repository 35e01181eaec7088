package io.bitting.client.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.AuditFinding;
import io.bitting.audit.AuditVerification;
import io.bitting.audit.AuditVerifier;
import io.bitting.audit.SigningKey;
import io.bitting.fixtures.Attack;
import io.bitting.fixtures.AuditDamage;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.OrganizationId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Row F16 of the threats: whatever is done to an export is found, and the event is named. The
 * server's suite does the same to exports of real databases.
 */
final class AuditExportTest {
  private static final int PLACES = Integer.getInteger("bitting.audit.places", 8);
  private static final SeededRandom RANDOM = new SeededRandom(5);
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final SigningKey KEY = SigningKey.generate(RANDOM);
  private static final List<String> LINES = export("Org0000000Bb", 40, List.of(9, 10, 25, 40));
  private static final List<String> FOREIGN = export("Org0000000Cc", 5, List.of(5));

  static List<Attack> attacks() {
    return Attack.in("audit-exports.json");
  }

  private static List<String> export(String organization, int events, List<Integer> checkpoints) {
    AuditChain chain = AuditChain.of(new OrganizationId(organization));
    AuditChain.Head head = AuditChain.Head.empty();
    List<byte[]> lines = new ArrayList<>();
    List<byte[]> signed = new ArrayList<>();
    for (int i = 1; i <= events; i++) {
      AuditEvent.Act act =
          new AuditEvent.Act(
              i % 3 == 0 ? "key.revoked" : "key.created",
              new Actor(Actor.Kind.KEY, "4fT9xQ2mZp7B"),
              new AuditEvent.Target("key", "zzzzzzzzzzzz"),
              i % 2 == 0 ? Optional.empty() : Optional.of("request-" + i),
              i % 5 == 0
                  ? List.of()
                  : List.of(
                      new AuditEvent.Change("name", null, "Zürich \"" + i + "\" \u2028\n"),
                      new AuditEvent.Change("state", "active", null)));
      Optional<String> source = i % 4 == 0 ? Optional.empty() : Optional.of("192.0.2." + i);
      AuditEvent event = chain.next(head, AT.plusSeconds(i), act, source, RANDOM);
      head = new AuditChain.Head(event.number(), event.hash());
      lines.add(AuditExport.line(event));
      if (checkpoints.contains(i)) {
        signed.add(AuditExport.line(KEY.sign(chain, head, AT.plusSeconds(i))));
      }
    }
    lines.addAll(signed);
    return lines.stream()
        .map(line -> new String(line, StandardCharsets.UTF_8))
        .map(line -> line.substring(0, line.length() - 1))
        .toList();
  }

  private static String rehash(String line) {
    AuditEvent event =
        Json.read(line.getBytes(StandardCharsets.UTF_8), ExportedEvent.class).toEvent();
    return new String(AuditExport.line(AuditDamage.rehashed(event)), StandardCharsets.UTF_8)
        .strip();
  }

  private static AuditVerification verify(byte[] export, boolean against) {
    AuditVerifier verifier = new AuditVerifier(List.of(KEY.verifying()));
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

  private static AuditCheckpoint last() {
    byte[] line = LINES.get(LINES.size() - 1).getBytes(StandardCharsets.UTF_8);
    return Json.read(line, AuditCheckpointAnswer.class).toCheckpoint();
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void read_damagedAnywhere_isFoundAndNamed(Attack attack) {
    SplittableRandom random = new SplittableRandom(7);
    boolean against = attack.text("against").isPresent();
    for (int i = 0; i < PLACES; i++) {
      AuditDamage.Done done =
          new AuditDamage(LINES, FOREIGN, AuditExportTest::rehash, random).apply(attack.input());
      AuditVerification verification = verify(done.bytes(), against);
      assertThat(verification.findings())
          .as("%s, %d: %s", attack, i, done)
          .anySatisfy(finding -> {
            assertThat(finding.kind().code()).isEqualTo(attack.text("kind").orElseThrow());
            assertThat(done.numbers().isEmpty() || covers(finding, done.numbers())).isTrue();
          });
    }
  }

  private static boolean covers(AuditFinding finding, List<Long> numbers) {
    return numbers.stream()
        .anyMatch(number -> finding.first() <= number && number <= finding.last());
  }

  @Test
  void read_asExported_isWhole() {
    for (boolean against : new boolean[] {false, true}) {
      AuditVerification verification = verify(bytes(LINES), against);
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.events()).isEqualTo(40);
      assertThat(verification.checkpoints()).isEqualTo(4);
      assertThat(verification.first()).isEqualTo(1);
      assertThat(verification.last()).isEqualTo(40);
    }
  }
}
