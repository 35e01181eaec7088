package io.bitting.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.SampleInstallation;
import io.bitting.audit.Actor;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Ceiling;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.Overlap;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.organization.Role;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * New secrets and new keys in the place of old ones: never more than the ceiling, never a third.
 */
final class SuccessionTest {
  private static final ApiId APPSEC = SampleInstallation.APPSEC.id();
  private static final Organization TENANT = OrganizationMother.organization().slug("acme").build();
  private static final Issuer OWNER = issuer(Ceiling.of(Role.OWNER));
  private static final RotationRequest USUAL =
      new RotationRequest(Optional.empty(), Optional.empty(), Optional.empty());
  private static final ReplacementRequest SAME =
      new ReplacementRequest(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private final InMemoryWriter store = new InMemoryWriter();
  private final MutableClock clock = new MutableClock();
  private final Issuing issuing = new Issuing(clock, new SeededRandom(1));

  private static Issuer issuer(Ceiling ceiling) {
    return new Issuer(
        new Actor(Actor.Kind.MEMBER, "m1"), ceiling, Optional.of("req-1"), Optional.empty());
  }

  @BeforeEach
  void fill() {
    store.add(SampleInstallation.BITTING, Catalog.builtIn());
    store.add(SampleInstallation.APPSEC, SampleInstallation.APPSEC_CATALOG);
  }

  private KeyRow created(String name, KeyRequest.Scopes scopes, KeyRequest.Expiry expiry) {
    KeyRequest request = new KeyRequest(APPSEC.text(), name, "", scopes, expiry, Optional.empty());
    return ((Issuing.Issued) issuing.issue(store, TENANT, OWNER, request)).key().row();
  }

  private KeyRow created(String... scopes) {
    return created(
        "k" + store.keys.size(),
        new KeyRequest.SomeScopes(List.of(scopes)),
        new KeyRequest.UsualExpiry());
  }

  /** Reads a key as storage would, the newest secret first. */
  private KeyRow stored(KeyRow row) {
    Key key =
        store.keys.stream().filter(k -> k.id().equals(row.key().id())).findFirst().orElseThrow();
    List<Sealed<KeySecret>> secrets =
        store.secrets.stream()
            .filter(secret -> secret.key().equals(key.id()))
            .sorted(Comparator.comparingInt(KeySecret::number).reversed())
            .map(secret -> Sealed.of(secret, SealVerdict.INTACT))
            .toList();
    return new KeyRow(key, secrets);
  }

  @Test
  void rotate_keepsIdGrantAndLifetime_andEndsTheOldSecretInADay() {
    KeyRow before =
        created(
            "ci",
            new KeyRequest.SomeScopes(List.of("scans:read")),
            new KeyRequest.ExpiryAt(clock.instant().plus(Duration.ofDays(20))));
    clock.advance(Duration.ofDays(5));
    Issuing.Issued rotated = (Issuing.Issued) issuing.rotate(store, TENANT, OWNER, before, USUAL);
    KeyRow after = stored(before);
    assertThat(after.key()).isEqualTo(before.key());
    assertThat(after.secrets()).hasSize(2);
    assertThat(after.expiresAt()).contains(clock.instant().plus(Duration.ofDays(20)));
    assertThat(after.overlapping(clock.instant()).orElseThrow().expiresAt())
        .isEqualTo(clock.instant().plus(Duration.ofHours(24)));
    assertThat(rotated.key().row().secrets().get(0).unchecked().number()).isEqualTo(2);
    assertThat(store.events.get(1).act().action()).isEqualTo("key.rotated");
    assertThat(store.events.get(1).toString())
        .doesNotContain(rotated.key().revealOnce().substring(16));
  }

  @Test
  void rotate_withOverlapNow_leavesOneLiveSecret_howeverManyThereWere() {
    KeyRow row = created("scans:read");
    for (int i = 0; i < 5; i++) {
      issuing.rotate(store, TENANT, OWNER, stored(row), now());
      assertThat(stored(row).secrets()).hasSizeLessThanOrEqualTo(2);
      assertThat(live(row)).isEqualTo(1);
    }
    assertThat(stored(row).secrets().get(0).unchecked().number()).isEqualTo(6);
  }

  private static RotationRequest now() {
    return new RotationRequest(Optional.of(Overlap.NOW), Optional.empty(), Optional.empty());
  }

  private long live(KeyRow row) {
    return stored(row).secrets().stream()
        .filter(secret -> secret.unchecked().isLive(clock.instant()))
        .count();
  }

  @Test
  void rotate_ofAllScopes_whereTheOrganizationForbidsThem_isRefused() {
    KeyRow all = created("all", new KeyRequest.AllScopes(), new KeyRequest.UsualExpiry());
    Organization strict =
        OrganizationMother.organization().id(TENANT.id()).slug("acme").withoutAllScopes().build();
    int events = store.events.size();
    assertThat(faults(issuing.rotate(store, strict, OWNER, all, USUAL)))
        .containsExactly("all_scopes_forbidden");
    assertThat(store.events).hasSize(events);
  }

  @Test
  void again_underAPolicy_isCutToIt() {
    KeyRow never =
        created(
            "never", new KeyRequest.SomeScopes(List.of("scans:read")), new KeyRequest.NoExpiry());
    assertThat(expiryOfRotation(never, Policy.USUAL)).isEmpty();
    assertThat(expiryOfRotation(never, policy(Optional.empty(), false)))
        .contains(clock.instant().plus(Duration.ofDays(90)));
    assertThat(expiryOfRotation(never, policy(Optional.of(Duration.ofDays(30)), true)))
        .contains(clock.instant().plus(Duration.ofDays(30)));
    KeyRow usual = created("scans:read");
    assertThat(expiryOfRotation(usual, policy(Optional.of(Duration.ofDays(7)), false)))
        .contains(clock.instant().plus(Duration.ofDays(7)));
  }

  private Optional<Instant> expiryOfRotation(KeyRow row, Policy policy) {
    Organization organization =
        OrganizationMother.organization().id(TENANT.id()).slug("acme").policy(policy).build();
    RotationRequest now =
        new RotationRequest(Optional.of(Overlap.NOW), Optional.empty(), Optional.empty());
    return ((Issuing.Issued) issuing.rotate(store, organization, OWNER, stored(row), now))
        .key()
        .row()
        .expiresAt();
  }

  private static Policy policy(Optional<Duration> max, boolean never) {
    return new Policy(
        max, never, Optional.empty(), Duration.ofDays(400), Optional.empty(), Optional.empty());
  }

  @Test
  void replace_leavesTheNameToTheNewKey_andNotTwice() {
    KeyRow old = created("scans:read");
    Issuing.Replaced replaced = (Issuing.Replaced) issuing.replace(store, TENANT, OWNER, old, SAME);
    assertThat(replaced.key().row().key().name()).isEqualTo(old.key().name());
    assertThat(replaced.key().row().key().grant()).isEqualTo(old.key().grant());
    assertThat(replaced.old().key().state()).isEqualTo(KeyState.ACTIVE);
    assertThat(replaced.old().key().revision()).isEqualTo(2);
    assertThat(issuing.replace(store, TENANT, OWNER, stored(old), SAME))
        .isInstanceOf(Issuing.Impossible.class);
    assertThat(issuing.rotate(store, TENANT, OWNER, stored(old), USUAL))
        .isInstanceOf(Issuing.Impossible.class);
    assertThat(store.events.stream().map(event -> event.act().action()))
        .containsExactly("key.created", "key.created", "key.replaced");
  }

  @Test
  void replace_byTheNameOfAThird_isRefused_andNothingIsWritten() {
    KeyRow old = created("scans:read");
    KeyRow third = created("scans:read");
    int events = store.events.size();
    assertThat(
            issuing.replace(
                store,
                TENANT,
                OWNER,
                old,
                new ReplacementRequest(
                    Optional.of(third.key().name().toUpperCase(java.util.Locale.ROOT)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())))
        .isInstanceOf(Issuing.NameTaken.class);
    assertThat(store.events).hasSize(events);
    assertThat(stored(old).key()).isEqualTo(old.key());
  }

  /**
   * A2 for rotation and replacement: over random grants and ceilings nothing is issued that the
   * ceiling does not cover, and whatever it covers is.
   */
  @Test
  void rotateAndReplace_ofRandomGrants_areBoundByTheCeiling() {
    List<String> scopes = List.of("scans:read", "scans:run", "scans:manage");
    SplittableRandom random = new SplittableRandom(4);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      KeyRow row = created("k" + i, some(random, scopes), new KeyRequest.UsualExpiry());
      KeyRequest.Scopes wanted = some(random, scopes);
      GrantedScopes most =
          random.nextInt(4) == 0 ? GrantedScopes.all() : granted(some(random, scopes));
      Issuer issuer = issuer(new Ceiling.Within((Reach.Limited) Reach.issuing(APPSEC, most)));
      boolean mayRotate =
          most.covers(row.key().grant().scopes(), SampleInstallation.APPSEC_CATALOG);
      boolean mayReplace = most.covers(granted(wanted), SampleInstallation.APPSEC_CATALOG);
      int before = store.secrets.size();
      assertThat(issuing.rotate(store, TENANT, issuer, row, now()) instanceof Issuing.Issued)
          .isEqualTo(mayRotate);
      assertThat(
              issuing.replace(
                      store,
                      TENANT,
                      issuer,
                      stored(row),
                      new ReplacementRequest(
                          Optional.empty(),
                          Optional.empty(),
                          Optional.of(wanted),
                          Optional.empty(),
                          Optional.empty(),
                          Optional.empty()))
                  instanceof Issuing.Replaced)
          .isEqualTo(mayReplace);
      assertThat(store.secrets.size() - before)
          .isEqualTo((mayRotate ? 1 : 0) + (mayReplace ? 1 : 0));
      refused += (mayRotate ? 0 : 1) + (mayReplace ? 0 : 1);
      store.keys.clear();
      store.secrets.clear();
      store.events.clear();
    }
    assertThat(refused).isBetween(150, 850);
  }

  private static KeyRequest.Scopes some(SplittableRandom random, List<String> scopes) {
    if (random.nextInt(6) == 0) {
      return new KeyRequest.AllScopes();
    }
    List<String> some = scopes.stream().filter(scope -> random.nextBoolean()).toList();
    return new KeyRequest.SomeScopes(some.isEmpty() ? scopes.subList(0, 1) : some);
  }

  private static GrantedScopes granted(KeyRequest.Scopes scopes) {
    return scopes instanceof KeyRequest.SomeScopes some
        ? GrantedScopes.specific(some.names().stream().map(Scope::new).toList())
        : GrantedScopes.all();
  }

  private static List<String> faults(Issuing.Outcome outcome) {
    return ((Issuing.Faulty) outcome).faults().stream().map(Fault::code).toList();
  }
}
