package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.SigningKey;
import io.bitting.audit.VerifyingKey;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.Sealed;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.Reader.AuditFilter;
import io.bitting.store.SigningKeyRow;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import io.bitting.store.Writer.Erasure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Signed checkpoints of audit chains, where retention cuts them, and what is erased of a person.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CheckpointsContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SigningKey KEY = SigningKey.generate(RANDOM);

  private final MutableClock clock = new MutableClock();
  private final AlarmRecord alarms = new AlarmRecord();
  private final PepperKeyset keyset = PepperKeyset.generate(RANDOM);
  private TestDatabase database;
  private JdbcDatabase opened;
  private Store store;

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeAll
  void open() {
    database = database();
    opened = database.open();
    store = opened.open(keyset, clock, RANDOM, alarms).store();
    store.write(writer -> writer.addSigningKey(KEY));
  }

  @AfterAll
  void close() {
    opened.close();
    database.close();
  }

  private static AuditChain chain() {
    return AuditChain.of(OrganizationId.generate(RANDOM));
  }

  private void append(AuditChain chain, int count) {
    for (int i = 0; i < count; i++) {
      store.write(writer -> writer.audit(chain, Chains.act(), Optional.of("192.0.2.7")));
    }
  }

  private AuditCheckpoint sign(AuditChain chain) {
    return write(writer -> writer.checkpoint(chain)).orElseThrow();
  }

  private <R> R write(Function<Writer, R> work) {
    return store.<R>write(work::apply).result();
  }

  private <R> R read(Function<Reader, R> work) {
    return store.<R>read(work::apply);
  }

  private List<AuditCheckpoint> checkpoints(AuditChain chain, Optional<Long> before) {
    return read(reader -> reader.auditCheckpoints(chain, before, 10));
  }

  private Position position() {
    return read(Reader::position);
  }

  private long cutAt(AuditCheckpoint checkpoint) {
    return write(writer -> writer.cutAudit(checkpoint));
  }

  private long erase(AuditChain chain, Erasure by, String value) {
    return write(writer -> writer.eraseSources(chain, by, value));
  }

  private List<AuditEvent> events(AuditChain chain) {
    return read(
        reader -> reader.auditEventsAfter(chain, AuditFilter.all(), 0, Long.MAX_VALUE, 100));
  }

  private List<Long> numbers(AuditChain chain) {
    return events(chain).stream().map(AuditEvent::number).toList();
  }

  @Test
  void signingKey_isFoundIntact_withoutItsPrivateHalf() {
    SigningKeyRow row = read(Reader::signingKeys).get(0).intact().orElseThrow();
    assertThat(row.key()).isEqualTo(KEY.verifying());
    assertThat(row.number()).isEqualTo(1);
    String secret = Bytes.of(KEY.revealPrivate()).hex();
    // What follows the head of PKCS #8 is the secret itself.
    assertThat(database.contents("signing_keys"))
        .contains(KEY.verifying().der().hex())
        .doesNotContain(secret)
        .doesNotContain(secret.substring(32));
  }

  @Test
  void checkpoint_isOfTheLastEvent_andSigned() {
    AuditChain chain = chain();
    append(chain, 3);
    AuditCheckpoint checkpoint = sign(chain);
    AuditEvent last = events(chain).get(2);
    assertThat(checkpoint.number()).isEqualTo(3);
    assertThat(checkpoint.hash()).isEqualTo(last.hash());
    assertThat(checkpoint.chain()).isEqualTo(chain);
    assertThat(KEY.verifying().hasSigned(checkpoint)).isTrue();
    assertThat(checkpoints(chain, Optional.empty())).containsExactly(checkpoint);
  }

  @Test
  void checkpoint_ofAChainThatHasNotMoved_isTheSame_andChangesNothing() {
    AuditChain chain = chain();
    append(chain, 1);
    AuditCheckpoint first = sign(chain);
    Position before = position();
    clock.advance(Duration.ofHours(1));
    assertThat(sign(chain)).isEqualTo(first);
    assertThat(position()).isEqualTo(before);
    append(chain, 1);
    AuditCheckpoint second = sign(chain);
    assertThat(second.number()).isEqualTo(2);
    assertThat(checkpoints(chain, Optional.empty())).containsExactly(second, first);
    assertThat(checkpoints(chain, Optional.of(2L))).containsExactly(first);
  }

  @Test
  void checkpoint_ofAChainWithoutEvents_isNone() {
    Optional<AuditCheckpoint> none = write(writer -> writer.checkpoint(chain()));
    assertThat(none).isEmpty();
  }

  @Test
  void addSigningKey_another_signsFromThenOn() {
    try (Fresh fresh = new Fresh()) {
      SigningKey next = SigningKey.generate(RANDOM);
      fresh.store.write(writer -> writer.addSigningKey(KEY));
      long number = fresh.store.write(writer -> writer.addSigningKey(next)).result();
      assertThat(number).isEqualTo(2);
      assertThat(fresh.signed().keyId()).isEqualTo(next.verifying().id());
      assertThat(
              fresh.store.<List<VerifyingKey>>read(reader ->
                  reader.signingKeys().stream().map(row -> row.unchecked().key()).toList()))
          .containsExactly(next.verifying(), KEY.verifying());
    }
  }

  /** Whoever could have a key of theirs taken for the product's could sign forgeries. */
  @Test
  void signingKey_alteredBehindTheProduct_isNotIntact_andNothingIsSigned() {
    SigningKey other = SigningKey.generate(RANDOM);
    String[] attacks = {
      "UPDATE signing_keys SET created_at = created_at + 1",
      "UPDATE signing_keys SET number = 7",
      "UPDATE signing_keys SET private_key = " + database.zeros(64),
      "UPDATE signing_keys SET private_key_version = 2",
      "UPDATE signing_keys SET pepper_version = 9",
      "UPDATE signing_keys SET public_key = "
          + literal(other.verifying().der())
          + ", id = '"
          + other.verifying().id()
          + "'",
      "UPDATE signing_keys SET public_key = " + literal(other.verifying().der())
    };
    for (String attack : attacks) {
      try (Fresh fresh = new Fresh()) {
        fresh.store.write(writer -> writer.addSigningKey(KEY));
        fresh.signed();
        fresh.own.dropGuards();
        assertThat(fresh.own.execute(attack)).as(attack).isEqualTo(1);
        List<Sealed<SigningKeyRow>> rows = fresh.store.read(Reader::signingKeys);
        assertThat(rows).as(attack).allMatch(row -> row.intact().isEmpty());
        assertThatExceptionOfType(StoreException.class)
            .as(attack)
            .isThrownBy(fresh::signed)
            .withMessageContaining("no checkpoint was signed");
      }
    }
  }

  /** Cutting at a checkpoint that nobody signed would let its writer cut where they like. */
  @Test
  void cutAudit_atWhatNoKeyHasSigned_isRefused() {
    AuditChain chain = chain();
    append(chain, 3);
    AuditCheckpoint genuine = sign(chain);
    SigningKey other = SigningKey.generate(new SeededRandom(3));
    AuditCheckpoint forged =
        other.sign(chain, new AuditChain.Head(3, genuine.hash()), genuine.at());
    AuditCheckpoint moved = KEY.sign(chain, new AuditChain.Head(2, genuine.hash()), genuine.at());
    for (AuditCheckpoint wrong :
        List.of(forged, moved, new AuditCheckpoint(genuine.statement(), Bytes.zeros(64)))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> cutAt(wrong))
          .withMessageContaining("not cut there");
      assertThat(numbers(chain)).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void cutAudit_removesWhatIsUpToIt_forEver() {
    AuditChain chain = chain();
    AuditChain other = chain();
    append(other, 3);
    append(chain, 2);
    AuditCheckpoint checkpoint = sign(chain);
    append(chain, 2);
    assertThat(cutAt(checkpoint)).isEqualTo(2);
    assertThat(numbers(chain)).containsExactly(3L, 4L);
    assertThat(numbers(other)).containsExactly(1L, 2L, 3L);
    assertThat(events(chain)).allMatch(chain::isWhole);
    assertThat(events(chain).get(0).previousHash()).isEqualTo(checkpoint.hash());
    assertThat(checkpoints(chain, Optional.empty())).containsExactly(checkpoint);
    for (String table : List.of("audit_changes", "audit_personal")) {
      assertThat(
              database.number("SELECT count(*) FROM " + table + " WHERE chain = ?", chain.text()))
          .as(table)
          .isEqualTo(2);
    }
    append(chain, 1);
    assertThat(numbers(chain)).containsExactly(3L, 4L, 5L);
  }

  @Test
  void auditCut_isTheNewestCheckpointThatOnlyOldEventsComeUpTo() {
    AuditChain chain = chain();
    Instant begin = clock.instant();
    append(chain, 2);
    AuditCheckpoint first = sign(chain);
    clock.advance(Duration.ofDays(10));
    append(chain, 2);
    AuditCheckpoint second = sign(chain);
    clock.advance(Duration.ofDays(10));
    append(chain, 1);

    assertThat(cut(chain, begin)).isEmpty();
    assertThat(cut(chain, begin.plusMillis(1))).contains(first);
    assertThat(cut(chain, begin.plus(Duration.ofDays(10)))).contains(first);
    assertThat(cut(chain, begin.plus(Duration.ofDays(15)))).contains(second);
    assertThat(cut(chain, begin.plus(Duration.ofDays(99)))).contains(second);
    cutAt(second);
    assertThat(cut(chain, begin.plus(Duration.ofDays(99)))).isEmpty();
  }

  private Optional<AuditCheckpoint> cut(AuditChain chain, Instant before) {
    return read(reader -> reader.auditCut(chain, before));
  }

  @Test
  void auditEventsAfter_filteredAndBounded_areThoseInTheirOrder() {
    AuditChain chain = chain();
    Instant begin = clock.instant();
    for (int i = 0; i < 5; i++) {
      append(chain, 1);
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(numbers(chain)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(numbers(chain, AuditFilter.all(), 1, 4, 2)).containsExactly(2L, 3L);
    assertThat(numbers(chain, AuditFilter.all(), 1, 4, 9)).containsExactly(2L, 3L, 4L);
    AuditFilter times =
        new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(begin.plus(Duration.ofMinutes(1))),
            Optional.of(begin.plus(Duration.ofMinutes(3))));
    assertThat(numbers(chain, times, 0, 9, 9)).containsExactly(2L, 3L);
    AuditFilter action =
        new AuditFilter(Optional.of("no.such"), Optional.empty(), Optional.empty());
    assertThat(numbers(chain, action, 0, 9, 9)).isEmpty();
    List<AuditEvent> newestFirst =
        read(reader -> reader.auditEvents(chain, times, Optional.empty(), 9));
    assertThat(newestFirst).extracting(AuditEvent::number).containsExactly(3L, 2L);
  }

  private List<Long> numbers(
      AuditChain chain, AuditFilter filter, long after, long through, int limit) {
    return read(reader -> reader.auditEventsAfter(chain, filter, after, through, limit)).stream()
        .map(AuditEvent::number)
        .toList();
  }

  /** Erasing a person keeps the chain whole. */
  @Test
  void eraseSources_ofAnAddressOrAnActor_leavesWholeEventsWithoutIt() {
    AuditChain chain = chain();
    AuditChain other = chain();
    append(other, 1);
    append(chain, 2);
    store.write(writer -> writer.audit(chain, Chains.act(), Optional.of("2001:db8::1")));
    AuditCheckpoint checkpoint = sign(chain);

    assertThat(erase(chain, Erasure.SOURCE, "192.0.2.7")).isEqualTo(2);
    assertThat(events(chain)).allMatch(chain::isWhole);
    assertThat(events(chain)).filteredOn(event -> event.source() == null).hasSize(2);
    assertThat(events(chain).get(2).hash()).isEqualTo(checkpoint.hash());
    Position before = position();
    assertThat(erase(chain, Erasure.SOURCE, "192.0.2.7")).isZero();
    assertThat(erase(chain, Erasure.ACTOR, "nobody")).isZero();
    assertThat(position()).isEqualTo(before);
    assertThat(erase(chain, Erasure.ACTOR, "test")).isEqualTo(1);
    assertThat(events(chain)).allMatch(event -> chain.isWhole(event) && event.source() == null);
    assertThat(events(other)).allMatch(event -> event.source() != null);
  }

  /** What the database itself refuses, whoever asks. */
  @Test
  void database_refusesToAlterWhatIsSignedOrCut() {
    AuditChain chain = chain();
    append(chain, 2);
    AuditCheckpoint checkpoint = sign(chain);
    append(chain, 2);
    cutAt(checkpoint);
    AuditCheckpoint next = sign(chain);
    assertThat(next.number()).isEqualTo(4);
    String of = " WHERE chain = '" + chain.text() + "'";
    for (String sql :
        List.of(
            "UPDATE signing_keys SET public_key = " + database.zeros(44),
            "UPDATE signing_keys SET id = '0123456789abcdef'",
            "UPDATE signing_keys SET created_at = 0",
            "DELETE FROM signing_keys",
            "UPDATE audit_checkpoints SET hash = " + database.zeros(32) + of,
            "UPDATE audit_checkpoints SET number = 3" + of + " AND number = 4",
            "DELETE FROM audit_checkpoints" + of,
            "INSERT INTO audit_checkpoints SELECT * FROM audit_checkpoints" + of,
            "UPDATE audit_cuts SET number = 4" + of,
            "DELETE FROM audit_cuts" + of,
            "INSERT INTO audit_cuts VALUES ('" + chain.text() + "', 3)",
            "DELETE FROM audit_events" + of,
            "DELETE FROM audit_changes" + of,
            "UPDATE audit_events SET number = 1" + of + " AND number = 3",
            "INSERT INTO audit_events SELECT chain, 2, 'AAAAAAAAAAAA', at, action, actor_kind, actor, target_kind, target, request_id, source_commitment, previous_hash, hash FROM audit_events"
                + of
                + " AND number = 3")) {
      String before = contents();
      assertThatThrownBy(() -> database.execute(sql)).as(sql).isInstanceOf(RuntimeException.class);
      assertThat(contents()).as(sql).isEqualTo(before);
    }
  }

  private String contents() {
    return database.contents("signing_keys")
        + database.contents("audit_checkpoints")
        + database.contents("audit_cuts")
        + database.contents("audit_events")
        + database.contents("audit_changes");
  }

  private String literal(Bytes bytes) {
    return database instanceof TestDatabases.Sqlite
        ? "x'" + bytes.hex() + "'"
        : "decode('" + bytes.hex() + "', 'hex')";
  }

  /** A database of one test's own. */
  private final class Fresh implements AutoCloseable {
    final TestDatabase own = database();
    private final JdbcDatabase itself = own.open();
    final Store store = itself.open(keyset, clock, RANDOM, alarms).store();

    AuditCheckpoint signed() {
      store.write(writer -> writer.audit(AuditChain.INSTALLATION, Chains.act(), Optional.empty()));
      return store
          .<Optional<AuditCheckpoint>>write(writer -> writer.checkpoint(AuditChain.INSTALLATION))
          .result()
          .orElseThrow();
    }

    @Override
    public void close() {
      itself.close();
      own.close();
    }
  }
}
