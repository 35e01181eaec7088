package io.bitting.issue;

import io.bitting.audit.AuditChain;
import io.bitting.grant.Grant;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.key.Overlap;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private final Clock clock;
  private final SecureRandom random;

  /** What came of a request for a key or a secret. */
  public sealed interface Outcome {}

  /** What came of a request for a key in the place of another. */
  public sealed interface Replacing {}

  /** Nothing came of it, and nothing was stored. */
  public sealed interface No extends Outcome, Replacing {}

  /**
   * The key or secret was stored, and its event.
   *
   * @param key the key with its token
   */
  public record Issued(IssuedKey key) implements Outcome {}

  /**
   * Both keys were stored, and their events.
   *
   * @param key the new key with its token
   * @param old the key whose place it takes, as it is now
   */
  public record Replaced(IssuedKey key, KeyRow old) implements Replacing {}

  /**
   * Nothing was stored; this would come of it.
   *
   * @param name the name of the new key
   * @param grant its grant
   * @param expiresAt when it would expire, if ever
   * @param endsAt from when on the old one would be refused
   */
  public record Planned(String name, Grant grant, Optional<Instant> expiresAt, Instant endsAt)
      implements Replacing {}

  /**
   * The request is wrong; nothing was stored.
   *
   * @param faults everything that is wrong with it
   */
  public record Faulty(List<Fault> faults) implements No {
    /** Copies the list. */
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /**
   * The name belongs to another key; nothing was stored.
   *
   * @param name the name as that key has it
   * @param holder the key that has it
   */
  public record NameTaken(String name, KeyId holder) implements No {}

  /**
   * The request goes beyond what the issuer may grant; nothing was stored.
   *
   * @param grant what was asked for
   */
  public record BeyondCeiling(Grant grant) implements No {}

  /**
   * The state of the key does not allow it; nothing was stored.
   *
   * @param why a sentence
   */
  public record Impossible(String why) implements No {}

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
    return merged(known, read(reader, organization, request).faults());
  }

  private static List<Fault> merged(List<Fault> known, List<Fault> found) {
    Set<String> places = new HashSet<>();
    known.forEach(fault -> places.add(fault.pointer()));
    List<Fault> all = new ArrayList<>(known);
    for (Fault fault : found) {
      if (!isWithin(fault.pointer(), places)) {
        all.add(fault);
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
    Instant now = now();
    List<Fault> faults = new ArrayList<>();
    String name = DisplayName.normalize(request.name());
    String purpose = DisplayName.normalize(request.purpose());
    describe(name, purpose, faults);
    Instant expiresAt = new Expiries(organization, now, faults).of(request.expiry());
    Optional<Grant> grant = new GrantReader(reader, organization, faults).read(request);
    return new Understood(name, purpose, now, expiresAt, grant, faults);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
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
    lock(writer, request.api());
    Understood understood = read(writer, organization, request);
    Optional<No> no = refusal(writer, organization, issuer, understood, Optional.empty());
    if (no.isPresent()) {
      return no.get();
    }
    Api api = api(writer, understood).orElseThrow();
    return new Issued(
        insert(writer, organization, issuer, understood, api, KeyId.generate(random)));
  }

  /**
   * So that no catalog comes into force, between here and the commit, that has not seen this key.
   */
  private static void lock(Writer writer, String api) {
    ApiId.parse(api).ifPresent(writer::lockApi);
  }

  /** Says why a key is not issued. The name of a key that it replaces is free for it. */
  private Optional<No> refusal(
      Reader reader,
      Organization organization,
      Issuer issuer,
      Understood understood,
      Optional<KeyId> replaced) {
    if (!understood.faults().isEmpty() || understood.grant().isEmpty()) {
      return Optional.of(new Faulty(understood.faults()));
    }
    Grant grant = understood.grant().get();
    if (api(reader, understood).isEmpty()) {
      return Optional.of(new Faulty(List.of(GrantReader.unknownApi(grant.api().text(), "/api"))));
    }
    if (!isCovered(reader, issuer, grant)) {
      return Optional.of(new BeyondCeiling(grant));
    }
    String name = understood.name();
    return reader
        .keyNamed(organization.id(), DisplayName.folded(name))
        .filter(holder -> !replaced.equals(Optional.of(holder)))
        .map(holder ->
            new NameTaken(
                reader.key(holder).map(row -> row.unchecked().key().name()).orElse(name), holder));
  }

  private static boolean isCovered(Reader reader, Issuer issuer, Grant grant) {
    return issuer.ceiling().covers(grant, api -> reader.catalog(api).flatMap(Sealed::intact));
  }

  private static Optional<Api> api(Reader reader, Understood understood) {
    return understood.grant().flatMap(grant -> reader.api(grant.api())).flatMap(Sealed::intact);
  }

  private IssuedKey insert(
      Writer writer,
      Organization organization,
      Issuer issuer,
      Understood understood,
      Api api,
      KeyId id) {
    Grant grant = understood.grant().orElseThrow();
    MintedToken token = MintedToken.mint(api.prefix(), id, random);
    Key key =
        new Key(
            id,
            organization.id(),
            understood.name(),
            understood.purpose(),
            grant,
            grant.id(),
            KeyState.ACTIVE,
            understood.now(),
            issuer.actor(),
            null,
            1);
    KeySecret secret =
        new KeySecret(id, 1, token.digest(), understood.now(), understood.expiresAt(), 1);
    writer.insertKey(key, secret);
    writer.audit(
        AuditChain.of(organization.id()),
        IssueEvents.created(key, understood.expiresAt(), issuer),
        issuer.source());
    return new IssuedKey(new KeyRow(key, List.of(intact(secret))), token);
  }

  private static Sealed<KeySecret> intact(KeySecret secret) {
    return Sealed.of(secret, SealVerdict.INTACT);
  }

  /** A rotation as understood. */
  private record Turn(
      Instant now, @Nullable Instant expiresAt, Instant overlapEnd, List<Fault> faults) {}

  private Turn turn(Organization organization, KeyRow row, RotationRequest request) {
    Instant now = now();
    List<Fault> faults = new ArrayList<>();
    Expiries expiries = new Expiries(organization, now, faults);
    Instant expiresAt = expiries.of(request.expiry().orElseGet(() -> Expiries.again(row)));
    Instant overlapEnd =
        expiries.overlapEnd(request.overlap(), row.expiresAt().orElse(null), expiresAt);
    if (request.quietFor().isPresent() && request.overlap().equals(Optional.of(Overlap.NOW))) {
      faults.add(
          new Fault(
              "/retire_when_quiet_hours",
              "value_out_of_range",
              "the secret before ends now, so that there is no time in which it could be quiet",
              "take it out, or choose a longer overlap"));
    }
    if (row.key().grant().scopes().isAll() && !organization.allScopesAllowed()) {
      faults.add(
          new Fault(
              "",
              "all_scopes_forbidden",
              "organization \"" + organization.slug() + "\" does not allow keys of all scopes",
              "replace the key by one that names its scopes"));
    }
    return new Turn(now, expiresAt, overlapEnd, faults);
  }

  /**
   * Says everything that is wrong with a request for another secret, without issuing.
   *
   * @param organization the organization of the key
   * @param row the key
   * @param request what is asked for
   * @param known faults that were found before; what is wrong at the same places is not said again
   * @return the known faults and those found here
   */
  public List<Fault> faults(
      Organization organization, KeyRow row, RotationRequest request, List<Fault> known) {
    return merged(known, turn(organization, row, request).faults());
  }

  /**
   * Gives a key a new secret within a transaction. The secret before is accepted while the overlap
   * lasts; older ones are removed. Whoever does it sees the token and could use it, so that the
   * grant of the key has to be within their ceiling.
   *
   * @param writer the transaction, which holds the locks of organization and key
   * @param organization the organization, as it was locked
   * @param issuer who rotates, with a ceiling that was worked out in this transaction
   * @param row the key, as it was locked, intact
   * @param request what is asked for
   * @return what came of it; unless it is {@link Issued}, nothing was written
   */
  public Outcome rotate(
      Writer writer,
      Organization organization,
      Issuer issuer,
      KeyRow row,
      RotationRequest request) {
    Key key = row.key();
    Turn turn = turn(organization, row, request);
    Optional<String> why = unrotatable(row, request, turn.now());
    if (why.isPresent()) {
      return new Impossible(why.get());
    }
    if (!turn.faults().isEmpty()) {
      return new Faulty(turn.faults());
    }
    if (!isCovered(writer, issuer, key.grant())) {
      return new BeyondCeiling(key.grant());
    }
    Optional<Api> api = writer.api(key.api()).flatMap(Sealed::intact);
    Optional<KeySecret> newest = row.secrets().get(0).intact();
    if (api.isEmpty() || newest.isEmpty()) {
      return new Impossible("Key " + key.id() + " is not as it was made, so it cannot rotate.");
    }
    KeySecret before = newest.get();
    MintedToken token = MintedToken.mint(api.get().prefix(), key.id(), random);
    KeySecret after =
        new KeySecret(
            key.id(), before.number() + 1, token.digest(), turn.now(), turn.expiresAt(), 1);
    KeySecret ending = before.ending(turn.overlapEnd(), request.quietFor().orElse(null));
    writer.insertSecret(after);
    writer.updateSecret(ending);
    row.secrets().stream().skip(1).forEach(old -> writer.removeSecret(old.unchecked()));
    writer.audit(
        AuditChain.of(organization.id()),
        IssueEvents.rotated(key, before, after, turn.overlapEnd(), issuer),
        issuer.source());
    return new Issued(
        new IssuedKey(new KeyRow(key, List.of(intact(after), intact(ending))), token));
  }

  private static Optional<String> unrotatable(KeyRow row, RotationRequest request, Instant now) {
    Key key = row.key();
    if (key.isGone(now)) {
      return Optional.of(
          "Key " + key.id() + " is revoked, and revoked is for ever; create another.");
    }
    Replacement replacement = key.replacement();
    if (replacement != null) {
      return Optional.of(
          "Key "
              + key.id()
              + " is replaced by key "
              + replacement.by()
              + " and ends at "
              + replacement.endsAt()
              + "; rotate that one.");
    }
    if (row.expiresAt().filter(at -> !now.isBefore(at)).isPresent()) {
      return Optional.of(
          "Key "
              + key.id()
              + " expired at "
              + row.expiresAt().get()
              + ", and an expired key cannot rotate; replace it.");
    }
    Optional<KeySecret> overlapping = row.overlapping(now);
    return overlapping.isPresent() && !request.overlap().equals(Optional.of(Overlap.NOW))
        ? Optional.of(
            "Key "
                + key.id()
                + " has two secrets until "
                + overlapping.get().expiresAt()
                + ", and never has three; end that overlap first, or rotate with overlap \"now\".")
        : Optional.empty();
  }

  /** A replacement as understood. */
  private record Succession(Understood understood, Instant endsAt) {}

  private Succession succession(
      Reader reader, Organization organization, KeyRow old, ReplacementRequest request) {
    Understood understood = read(reader, organization, request.instead(old));
    Instant endsAt =
        new Expiries(organization, understood.now(), understood.faults())
            .overlapEnd(request.overlap(), old.expiresAt().orElse(null), understood.expiresAt());
    return new Succession(understood, endsAt);
  }

  /**
   * Says everything that is wrong with a request for a key in the place of another, without
   * issuing.
   *
   * @param reader the transaction
   * @param organization the organization of the key
   * @param old the key that is to be replaced
   * @param request what is asked for
   * @param known faults that were found before; what is wrong at the same places is not said again
   * @return the known faults and those found here
   */
  public List<Fault> faults(
      Reader reader,
      Organization organization,
      KeyRow old,
      ReplacementRequest request,
      List<Fault> known) {
    return merged(known, succession(reader, organization, old, request).understood().faults());
  }

  /**
   * Says what a replacement would come to, and writes nothing.
   *
   * @param writer the transaction, which holds the locks of organization and key
   * @param organization the organization, as it was locked
   * @param issuer who would replace
   * @param old the key that would be replaced, as it was locked, intact
   * @param request what is asked for
   * @return {@link Planned}, or why nothing would come of it
   */
  public Replacing plan(
      Writer writer,
      Organization organization,
      Issuer issuer,
      KeyRow old,
      ReplacementRequest request) {
    Succession succession = succession(writer, organization, old, request);
    Understood understood = succession.understood();
    Optional<No> no = refusal(writer, organization, issuer, old, understood);
    if (no.isPresent()) {
      return no.get();
    }
    return new Planned(
        understood.name(),
        understood.grant().orElseThrow(),
        Optional.ofNullable(understood.expiresAt()),
        succession.endsAt());
  }

  private Optional<No> refusal(
      Reader reader, Organization organization, Issuer issuer, KeyRow old, Understood understood) {
    Key key = old.key();
    if (key.isGone(understood.now())) {
      return Optional.of(
          new Impossible(
              "Key " + key.id() + " is revoked, and revoked is for ever; create another."));
    }
    Replacement replacement = key.replacement();
    return replacement == null
        ? refusal(reader, organization, issuer, understood, Optional.of(key.id()))
        : Optional.of(
            new Impossible(
                "Key "
                    + key.id()
                    + " is replaced by key "
                    + replacement.by()
                    + " already; replace that one."));
  }

  /**
   * Issues a key in the place of another within a transaction. The old one is accepted while the
   * overlap lasts, and is revoked then; at once if there is none.
   *
   * @param writer the transaction, which holds the locks of organization and key
   * @param organization the organization, as it was locked
   * @param issuer who replaces, with a ceiling that was worked out in this transaction
   * @param old the key that is replaced, as it was locked, intact
   * @param request what is asked for
   * @return what came of it; unless it is {@link Replaced}, nothing was written
   */
  public Replacing replace(
      Writer writer,
      Organization organization,
      Issuer issuer,
      KeyRow old,
      ReplacementRequest request) {
    lock(writer, old.key().api().text());
    Succession succession = succession(writer, organization, old, request);
    Understood understood = succession.understood();
    Optional<No> no = refusal(writer, organization, issuer, old, understood);
    if (no.isPresent()) {
      return no.get();
    }
    Replacement replacement =
        new Replacement(KeyId.generate(random), understood.now(), succession.endsAt());
    Key ending = old.key().replaced(replacement);
    if (ending.isGone(understood.now())) {
      ending =
          ending
              .revoked(understood.now(), new Revocation(RevocationReason.REPLACED, ""))
              .withRevision(ending.revision());
    }
    // First, so that the name is free.
    writer.updateKey(ending);
    Api api = api(writer, understood).orElseThrow();
    IssuedKey issued = insert(writer, organization, issuer, understood, api, replacement.by());
    writer.audit(
        AuditChain.of(organization.id()),
        IssueEvents.replaced(ending, replacement, issuer),
        issuer.source());
    return new Replaced(issued, new KeyRow(ending, old.secrets()));
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
}
