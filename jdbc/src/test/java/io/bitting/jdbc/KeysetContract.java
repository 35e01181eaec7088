package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.AlarmRecord.Raised;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.organization.Organization;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A database is opened with its own keyset or not at all; a new keyset is taken only by an empty
 * database.
 */
abstract class KeysetContract {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AlarmRecord alarms = new AlarmRecord();
  private final PepperKeyset keyset = PepperKeyset.generate(RANDOM);
  private TestDatabase database;
  private JdbcDatabase opened;

  /** Returns a fresh database. */
  abstract TestDatabase database();

  @BeforeEach
  void openDatabase() {
    database = database();
    opened = database.open();
  }

  @AfterEach
  void closeDatabase() {
    opened.close();
    database.close();
  }

  private JdbcStorage open(PepperKeyset with) {
    return opened.open(with, new MutableClock(), RANDOM, alarms);
  }

  /** Returns a keyset that has the versions of another under their numbers, and lines more. */
  private static PepperKeyset with(PepperKeyset old, String... lines) {
    return PepperKeyset.parse(old.revealText() + String.join("\n", lines));
  }

  /** Returns the line of a version with a new key. */
  private static String line(int version) {
    String first =
        PepperKeyset.generate(RANDOM)
            .revealText()
            .lines()
            .filter(line -> line.startsWith("1 "))
            .findFirst()
            .orElseThrow();
    return version + first.substring(1);
  }

  private void assertRefused(PepperKeyset with, String sentence) {
    String before = database.contents("pepper_checks");
    assertThatThrownBy(() -> open(with))
        .isInstanceOf(KeysetRefusedException.class)
        .hasMessageContaining(sentence);
    assertThat(database.contents("pepper_checks")).isEqualTo(before);
  }

  @Test
  void isNew_untilAKeysetIsAdopted() {
    assertThat(opened.isNew()).isTrue();
    open(keyset);
    assertThat(opened.isNew()).isFalse();
    try (JdbcDatabase again = database.open()) {
      assertThat(again.isNew()).isFalse();
    }
  }

  @Test
  void open_sameKeysetAgain_succeeds() {
    open(keyset);
    String checks = database.contents("pepper_checks");
    open(PepperKeyset.parse(keyset.revealText()));
    assertThat(database.contents("pepper_checks")).isEqualTo(checks);
  }

  /** The keyset file was lost, and another made in its place. */
  @Test
  void open_anotherKeyset_isRefused() {
    open(keyset);
    assertRefused(
        PepperKeyset.generate(RANDOM),
        "versions [1] of the pepper keyset are not those that sealed this database; give the keyset");
  }

  @Test
  void open_keysetWithoutAnyKnownVersion_isRefused() {
    open(keyset);
    assertRefused(
        PepperKeyset.parse(line(2)),
        "the pepper keyset has versions [2] and the database knows [1]; give the keyset");
  }

  /** The keys of two versions were exchanged. */
  @Test
  void open_swappedVersions_isRefused() {
    PepperKeyset both = with(keyset, line(2));
    open(both);
    List<String> lines = both.revealText().lines().filter(line -> !line.startsWith("#")).toList();
    PepperKeyset swapped =
        PepperKeyset.parse("1" + lines.get(1).substring(1) + "\n2" + lines.get(0).substring(1));
    assertRefused(swapped, "versions [1, 2]");
  }

  @Test
  void open_oneVersionRightAndOneWrong_isRefused() {
    PepperKeyset both = with(keyset, line(2));
    open(both);
    assertRefused(with(keyset, line(2)), "versions [2]");
  }

  @Test
  void open_newVersion_isAddedAndSealsFromNowOn() {
    Organization old = OrganizationMother.organization().build();
    Organization recent = OrganizationMother.organization().build();
    open(keyset).store().write(writer -> inserted(writer, old));
    PepperKeyset both = with(keyset, line(2));
    JdbcStorage storage = open(both);
    storage.store().write(writer -> inserted(writer, recent));

    assertThat(verdict(storage, old)).isEqualTo(SealVerdict.INTACT);
    assertThat(verdict(storage, recent)).isEqualTo(SealVerdict.INTACT);
    assertThat(alarms.take()).isEmpty();
    assertRefused(with(keyset, line(2)), "versions [2]");

    // A node that has not got the new version yet starts, and can say nothing of what it sealed.
    JdbcStorage behind = open(keyset);
    assertThat(verdict(behind, old)).isEqualTo(SealVerdict.INTACT);
    assertThat(verdict(behind, recent)).isEqualTo(SealVerdict.UNKNOWN_VERSION);
    assertThat(alarms.take())
        .containsExactly(
            new Raised("organization", recent.id().text(), SealVerdict.UNKNOWN_VERSION));
  }

  private static boolean inserted(Writer writer, Organization organization) {
    writer.insertOrganization(organization);
    return true;
  }

  private static SealVerdict verdict(JdbcStorage storage, Organization organization) {
    return storage
        .store()
        .<SealVerdict>read(
            reader -> reader.organization(organization.id()).map(Sealed::verdict).orElseThrow());
  }

  @Test
  void open_checkValuesTakenOut_isRefused() {
    open(keyset);
    database.execute("DELETE FROM pepper_checks");
    assertThat(opened.isNew()).isFalse();
    assertRefused(keyset, "no check value");
    assertRefused(PepperKeyset.generate(RANDOM), "restore the database");
  }

  @Test
  void open_rowsThatNoKeysetSealed_isRefused() {
    database.execute(
        "INSERT INTO organizations (id, slug, name, operator, suspended, all_scopes_allowed, created_at, revision, pepper_version, seal) VALUES ('AAAAAAAAAAAA', 'a', 'A', 0, 0, 1, 0, 1, 1, "
            + database.zeros(32)
            + ")");
    assertThat(opened.isNew()).isFalse();
    assertRefused(keyset, "no check value");
  }

  @Test
  void open_anotherIdentityOfTheDatabase_isRefused() {
    open(keyset);
    database.execute("UPDATE change_head SET epoch = 'elsewhere'");
    assertRefused(keyset, "no check value");
    database.execute("UPDATE pepper_checks SET epoch = 'elsewhere'");
    assertRefused(keyset, "versions [1]");
  }

  @Test
  void open_headTakenOut_isRefused() {
    open(keyset);
    database.execute("DELETE FROM change_head");
    assertThat(opened.isNew()).isFalse();
    assertRefused(keyset, "no check value");
  }

  /**
   * Two nodes start on an empty database with a keyset each: one of them learns that it has the
   * wrong one.
   */
  @Test
  void open_twoKeysetsAtOnce_oneIsRefused() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try (JdbcDatabase other = database.open()) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (JdbcDatabase node : List.of(opened, other)) {
        tasks.add(() -> {
          start.await();
          node.open(PepperKeyset.generate(RANDOM), new MutableClock(), RANDOM, alarms);
          return true;
        });
      }
      int refused = 0;
      for (Future<Boolean> node : nodes.invokeAll(tasks)) {
        try {
          node.get();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(KeysetRefusedException.class);
          refused++;
        }
      }
      assertThat(refused).isEqualTo(1);
    } finally {
      nodes.shutdown();
    }
  }

  /** A thief of the database does not get the keyset with it. */
  @Test
  void pepperChecks_haveNoKey() {
    open(keyset);
    String key =
        keyset
            .revealText()
            .lines()
            .filter(line -> line.startsWith("1 "))
            .findFirst()
            .orElseThrow()
            .substring(2);
    String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(key));
    assertThat(database.contents("pepper_checks")).doesNotContain(hex).doesNotContain(key);
  }
}
