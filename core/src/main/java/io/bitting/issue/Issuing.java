package io.bitting.issue;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.organization.Organization;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.Writer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Issues keys: the one function by which they come into being.
 *
 * <p><b>Security guarantees.</b> A key is never granted more than its issuer's ceiling, its
 * organization and its API's catalog allow; a request with a fault stores nothing. The token exists
 * in the {@link IssuedKey} only.
 *
 * <p>Thread-safe.
 */
public final class Issuing {
  /** How long a key lives if nothing else is said. */
  public static final Duration LIFETIME_USUAL = Duration.ofDays(90);

  /** RFC 3339 writes no later year than 9999, and milliseconds do not reach every instant. */
  private static final Instant EXPIRY_END = Instant.parse("+10000-01-01T00:00:00Z");

  private final Clock clock;
  private final SecureRandom random;

  /** What came of a request. */
  public sealed interface Outcome {}

  /**
   * The key was stored, and its event.
   *
   * @param key the key with its token
   */
  public record Issued(IssuedKey key) implements Outcome {}

  /**
   * The request is wrong; nothing was stored.
   *
   * @param faults everything that is wrong with it
   */
  public record Faulty(List<Fault> faults) implements Outcome {}

  /**
   * The name belongs to another key; nothing was stored.
   *
   * @param name the name as that key has it
   * @param holder the key that has it
   */
  public record NameTaken(String name, KeyId holder) implements Outcome {}

  /**
   * The request goes beyond what the issuer may grant; nothing was stored.
   *
   * @param grant what was asked for
   */
  public record BeyondCeiling(Grant grant) implements Outcome {}

  /**
   * Makes the function.
   *
   * @param clock tells the time of creation, and the usual expiry from it
   * @param random where ids and secrets come from
   */
  public Issuing(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Says everything that is wrong with a request, without issuing.
   *
   * @param reader the transaction
   * @param organization the organization that the key would belong to
   * @param request what is asked for
   * @param known faults that were found before; what is wrong at the same places is not said again
   * @return the known faults and those found here
   */
  public List<Fault> faults(
      Reader reader, Organization organization, KeyRequest request, List<Fault> known) {
    Set<String> places = new HashSet<>();
    known.forEach(fault -> places.add(fault.pointer()));
    List<Fault> all = new ArrayList<>(known);
    for (Fault found : read(reader, organization, request).faults()) {
      if (!isWithin(found.pointer(), places)) {
        all.add(found);
      }
    }
    return List.copyOf(all);
  }

  private static boolean isWithin(String pointer, Set<String> places) {
    for (int end = pointer.length(); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
      if (places.contains(pointer.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** A request as understood. */
  private record Understood(
      String name,
      String purpose,
      Instant now,
      @Nullable Instant expiresAt,
      Optional<Grant> grant,
      List<Fault> faults) {}

  private Understood read(Reader reader, Organization organization, KeyRequest request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Fault> faults = new ArrayList<>();
    String name = DisplayName.normalize(request.name());
    String purpose = DisplayName.normalize(request.purpose());
    describe(name, purpose, faults);
    Instant expiresAt = expiry(request.expiry(), now, faults);
    Optional<Grant> grant = new GrantReader(reader, organization, faults).read(request);
    return new Understood(name, purpose, now, expiresAt, grant, faults);
  }

  /**
   * Issues a key within a transaction.
   *
   * @param writer the transaction, which holds the lock of the organization
   * @param organization the organization, as it was locked
   * @param issuer who issues, with a ceiling that was worked out in this transaction
   * @param request what is asked for
   * @return what came of it; unless it is {@link Issued}, nothing was written
   */
  public Outcome issue(
      Writer writer, Organization organization, Issuer issuer, KeyRequest request) {
    // So that no catalog comes into force, between here and the commit, that has not seen this key.
    ApiId.parse(request.api()).ifPresent(writer::lockApi);
    Understood understood = read(writer, organization, request);
    Optional<Grant> grant = understood.grant();
    if (!understood.faults().isEmpty() || grant.isEmpty()) {
      return new Faulty(List.copyOf(understood.faults()));
    }
    Optional<Api> api = writer.api(grant.get().api()).flatMap(Sealed::intact);
    if (api.isEmpty()) {
      return new Faulty(List.of(GrantReader.unknownApi(request.api(), "/api")));
    }
    String name = understood.name();
    Instant now = understood.now();
    Instant expiresAt = understood.expiresAt();
    if (!issuer
        .ceiling()
        .covers(grant.get(), catalogOf -> writer.catalog(catalogOf).flatMap(Sealed::intact))) {
      return new BeyondCeiling(grant.get());
    }
    Optional<KeyId> holder = writer.keyNamed(organization.id(), DisplayName.folded(name));
    if (holder.isPresent()) {
      return new NameTaken(
          writer.key(holder.get()).map(row -> row.unchecked().key().name()).orElse(name),
          holder.get());
    }
    KeyId id = KeyId.generate(random);
    MintedToken token = MintedToken.mint(api.get().prefix(), id, random);
    Key key =
        new Key(
            id,
            organization.id(),
            name,
            understood.purpose(),
            grant.get(),
            grant.get().id(),
            KeyState.ACTIVE,
            now,
            issuer.actor(),
            null,
            1);
    KeySecret secret = new KeySecret(id, 1, token.digest(), now, expiresAt, 1);
    writer.insertKey(key, secret);
    writer.audit(AuditChain.of(organization.id()), act(key, expiresAt, issuer), issuer.source());
    return new Issued(
        new IssuedKey(new KeyRow(key, List.of(Sealed.of(secret, SealVerdict.INTACT))), token));
  }

  /**
   * Says what is wrong with a key's name and purpose.
   *
   * @param name the name, normalized
   * @param purpose the purpose, normalized
   * @param faults where to say it
   */
  public static void describe(String name, String purpose, List<Fault> faults) {
    if (name.isEmpty()) {
      faults.add(
          new Fault(
              "/name",
              "name_missing",
              "name is empty; a key has a name of its own",
              "say what the key is for, as \"nightly-import\""));
    }
    DisplayName.fault("name", name, DisplayName.LENGTH_MAX)
        .ifPresent(message ->
            faults.add(new Fault("/name", "name_invalid", message, "choose another name")));
    DisplayName.fault("purpose", purpose, DisplayName.PURPOSE_LENGTH_MAX)
        .ifPresent(message ->
            faults.add(new Fault("/purpose", "purpose_invalid", message, "choose other words")));
  }

  private static @Nullable Instant expiry(
      KeyRequest.Expiry expiry, Instant now, List<Fault> faults) {
    if (expiry instanceof KeyRequest.NoExpiry) {
      return null;
    }
    if (expiry instanceof KeyRequest.ExpiryAt given) {
      Instant at = given.at().truncatedTo(ChronoUnit.MILLIS);
      if (!at.isAfter(now)) {
        faults.add(
            new Fault(
                "/expires_at",
                "expiry_in_past",
                "expiry " + at + " is not after now, " + now,
                "give a later time, null for never, or nothing for 90 days"));
      } else if (!at.isBefore(EXPIRY_END)) {
        faults.add(
            new Fault(
                "/expires_at",
                "value_out_of_range",
                "expiry " + at + " is not before " + EXPIRY_END,
                "give an earlier time, or null for never"));
      }
      return at;
    }
    return now.plus(LIFETIME_USUAL);
  }

  private static void addScopes(List<AuditEvent.Change> changes, GrantedScopes scopes) {
    changes.add(
        scopes.isAll()
            ? new AuditEvent.Change("all_scopes", null, "true")
            : new AuditEvent.Change("scopes", null, words(scopes.named())));
  }

  /** One change for each API that keys may be issued for: the API, then the scopes. */
  private static void addReach(List<AuditEvent.Change> changes, Reach reach) {
    if (!(reach instanceof Reach.Limited limited)) {
      changes.add(new AuditEvent.Change("reach", null, "everything"));
      return;
    }
    limited
        .issue()
        .forEach((api, most) ->
            changes.add(
                most.isAll()
                    ? new AuditEvent.Change("reach_issue_all", null, api.text())
                    : new AuditEvent.Change(
                        "reach_issue", null, api.text() + " " + words(most.named()))));
    if (!limited.verify().isEmpty()) {
      changes.add(new AuditEvent.Change("reach_verify", null, words(limited.verify())));
    }
  }

  private static String words(Collection<?> words) {
    return words.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static AuditEvent.Act act(Key key, @Nullable Instant expiresAt, Issuer issuer) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(new AuditEvent.Change("name", null, key.name()));
    if (!key.purpose().isEmpty()) {
      changes.add(new AuditEvent.Change("purpose", null, key.purpose()));
    }
    changes.add(new AuditEvent.Change("api", null, key.api().text()));
    addScopes(changes, key.grant().scopes());
    addReach(changes, key.grant().reach());
    changes.add(
        new AuditEvent.Change(
            "expires_at", null, expiresAt == null ? "never" : expiresAt.toString()));
    return new AuditEvent.Act(
        "key.created",
        issuer.actor(),
        new AuditEvent.Target("key", key.id().text()),
        issuer.requestId(),
        changes);
  }
}
