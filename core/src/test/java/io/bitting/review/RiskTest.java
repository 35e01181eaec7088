package io.bitting.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.CatalogMother;
import io.bitting.fixtures.KeyMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.organization.Organization;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RiskTest {
  private static final Instant NOW = MutableClock.START;
  private static final Risk.Terms TERMS = new Risk.Terms(NOW, NOW.minus(Duration.ofDays(30)));
  private static final Organization ORGANIZATION = OrganizationMother.organization().build();
  private static final Catalog CATALOG =
      CatalogMother.empty(Reviews.APPSEC)
          .scope("scans:read", AccessLevel.READ)
          .scope("scans:run", AccessLevel.WRITE)
          .scope("users:manage", AccessLevel.DANGER)
          .build();

  @Test
  void of_keyAsItShouldBe_findsNothing() {
    Risk risk = risk(key().scopes("scans:run"), true, used(1, "scans:run"));
    assertThat(risk.findings()).isEmpty();
    assertThat(risk.points()).isZero();
    assertThat(risk.level()).isEqualTo(Risk.Level.NONE);
  }

  @Test
  void of_allScopes_saysHowMuchThatIs() {
    Risk risk = risk(key().allScopes(), true, used(1, "scans:read", "scans:run", "users:manage"));
    assertThat(kinds(risk)).containsExactly(Finding.Kind.ALL_SCOPES);
    assertThat(risk.words())
        .isEqualTo(
            "may do everything that appsec has to offer, 3 scopes (1 dangerous) today and whatever comes");
  }

  @Test
  void of_scopesWithoutUse_namesTheWorstOfThem() {
    Risk risk =
        risk(key().scopes("scans:read", "scans:run", "users:manage"), true, used(1, "scans:run"));
    assertThat(risk.words())
        .isEqualTo(
            "had no need of 2 of its 3 scopes (1 dangerous) in 30 days: users:manage, scans:read");
  }

  @Test
  void of_scopesWithoutUse_ofAKeyMadeToday_saysHowShortThatIs() {
    Risk risk =
        risk(
            key().createdAt(NOW.minus(Duration.ofHours(5))).scopes("scans:read", "scans:run"),
            true,
            used(0, "scans:run"));
    assertThat(risk.words())
        .isEqualTo("had no need of 1 of its 2 scopes in less than a day: scans:read");
  }

  @Test
  void of_unusedKey_saysSinceWhen() {
    assertThat(risk(key(), true, used(31, "scans:run")).words())
        .isEqualTo("was last used 31 days ago, on 2026-01-29");
    assertThat(risk(key(), true, Reviews.recorded()).words())
        .isEqualTo("was never used in the 100 days since it was made");
    assertThat(risk(key(), true, Reviews.recorded(List.of(), false)).words())
        .endsWith(", as far as is known: some of the record is lost");
    // A key of yesterday is not unused yet.
    assertThat(
            risk(key().createdAt(NOW.minus(Duration.ofDays(29))), true, Reviews.recorded())
                .findings())
        .isEmpty();
  }

  @Test
  void of_noExpiryNoPurposeMakerGone_saysEach() {
    Risk risk =
        Risk.of(
            new Subject(
                key().purpose("").build().key(),
                Optional.empty(),
                CATALOG,
                ORGANIZATION,
                used(1, "scans:run"),
                Optional.of("key 000000000001, revoked on 2026-02-01")),
            TERMS);
    assertThat(risk.words())
        .isEqualTo(
            "never expires; was made by key 000000000001, revoked on 2026-02-01; has no purpose written down");
    assertThat(risk.level()).isEqualTo(Risk.Level.MEDIUM);
  }

  /** An expired key can do nothing: what it holds worries nobody, but whoever calls it fails. */
  @Test
  void of_expiredKey_findsOnlyThatItIsCalled() {
    Instant expiry = NOW.minus(Duration.ofDays(3));
    assertThat(expired(expiry, refused(2)).words())
        .isEqualTo("expired on 2026-02-26 and is still called, last on 2026-02-27");
    assertThat(expired(expiry, refused(4)).findings()).isEmpty();
    assertThat(expired(expiry, used(4, "scans:run")).findings()).isEmpty();
    assertThat(expired(NOW, Reviews.recorded()).findings()).isEmpty();
  }

  /** The same finding weighs more on a key that can do more harm. */
  @Test
  void points_moreHarm_areMore() {
    int read = risk(key().scopes("scans:read"), false, used(1, "scans:read")).points();
    int write = risk(key().scopes("scans:run"), false, used(1, "scans:run")).points();
    int danger = risk(key().scopes("users:manage"), false, used(1, "users:manage")).points();
    assertThat(read).isPositive().isLessThan(write);
    assertThat(write).isLessThan(danger);
  }

  private static Risk expired(Instant expiry, KeyUse recorded) {
    return Risk.of(
        new Subject(
            key().allScopes().build().key(),
            Optional.of(expiry),
            CATALOG,
            ORGANIZATION,
            recorded,
            Optional.empty()),
        TERMS);
  }

  private static Risk risk(KeyMother key, boolean expires, KeyUse recorded) {
    return Risk.of(
        new Subject(
            key.build().key(),
            expires ? Optional.of(NOW.plus(Duration.ofDays(30))) : Optional.empty(),
            CATALOG,
            ORGANIZATION,
            recorded,
            Optional.empty()),
        TERMS);
  }

  private static KeyMother key() {
    return KeyMother.key(ORGANIZATION.id(), Reviews.APPSEC)
        .purpose("nightly import")
        .createdAt(NOW.minus(Duration.ofDays(100)));
  }

  private static KeyUse refused(int daysAgo) {
    Instant at = NOW.minus(Duration.ofDays(daysAgo));
    return Reviews.recorded(
        new Use(Reviews.APPSEC, Requirement.allOf("scans:run"), Optional.empty(), at, at, 0, 1));
  }

  private static KeyUse used(int daysAgo, String... scopes) {
    Instant at = NOW.minus(Duration.ofDays(daysAgo));
    List<Use> uses =
        List.of(scopes).stream()
            .map(scope ->
                new Use(Reviews.APPSEC, Requirement.allOf(scope), Optional.empty(), at, at, 1, 0))
            .toList();
    return new KeyUse(
        Reviews.KEY,
        uses,
        Optional.of(new LastUse(at, Optional.of("192.0.2.7"), Optional.empty())),
        true);
  }

  private static List<Finding.Kind> kinds(Risk risk) {
    return risk.findings().stream().map(Finding::kind).toList();
  }
}
