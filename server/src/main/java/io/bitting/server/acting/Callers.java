package io.bitting.server.acting;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.Guard;
import io.bitting.access.Powers;
import io.bitting.access.VerifiedKey;
import io.bitting.audit.Actor;
import io.bitting.grant.Ceiling;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.member.Giver;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.ActingCaller.Proof;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Caller;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.KeyRow;
import io.bitting.store.MemberRow;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds out inside a transaction who asks, and whether that is enough for the operation.
 *
 * <p><b>Security guarantees.</b> Rests on rows that are locked and intact, and on nothing that was
 * known before the transaction: a key that was revoked, a member who was removed, a sign-in that
 * was ended before it asks for nothing here. A member whose organization requires a second factor,
 * or who has one, and did not prove it, is refused whatever the role.
 *
 * <p>Thread-safe.
 */
final class Callers {
  private static final SortedSet<Scope> NO_SCOPES = Collections.emptySortedSet();

  private final Guard guard;
  private final Clock clock;

  /**
   * Prepares to find out.
   *
   * @param guard says what a refused key is told
   * @param clock tells what has expired
   */
  Callers(Guard guard, Clock clock) {
    this.guard = guard;
    this.clock = clock;
  }

  /** Locks and checks who asks, for an operation that changes something. */
  Step<ActingCaller> lock(Writer writer, Call call, Route route) {
    Optional<Organization> organization =
        writer.lockOrganization(call.caller().organization()).flatMap(Sealed::intact);
    return switch (call.caller()) {
      case Caller.Key key ->
          organization.isPresent()
              ? key(writer, organization.get(), key.key(), route)
              : refuse(DenialReason.CREDENTIAL_INVALID, route, writer.position());
      case Caller.Member member ->
          organization.isPresent()
              ? member(writer, organization.get(), member, route)
              : signInEnded();
    };
  }

  private Step<ActingCaller> key(
      Writer writer, Organization organization, VerifiedKey proved, Route route) {
    Optional<KeyRow> row = writer.lockKey(proved.id()).flatMap(Sealed::intact);
    if (row.isEmpty() || !row.get().key().organization().equals(organization.id())) {
      return refuse(DenialReason.CREDENTIAL_INVALID, route, writer.position());
    }
    Key key = row.get().key();
    Instant now = clock.instant();
    if (key.isGone(now)) {
      return refuse(DenialReason.KEY_REVOKED, route, writer.position());
    }
    if (key.state() != KeyState.ACTIVE) {
      return refuse(DenialReason.KEY_DISABLED, route, writer.position());
    }
    if (row.get().secrets().stream().noneMatch(secret -> isLive(secret, proved.secret(), now))) {
      return refuse(DenialReason.KEY_EXPIRED, route, writer.position());
    }
    if (organization.suspended()) {
      return refuse(DenialReason.ORGANIZATION_SUSPENDED, route, writer.position());
    }
    Optional<Catalog> catalog = writer.catalog(key.api()).flatMap(Sealed::intact);
    if (catalog.isEmpty()) {
      return refuse(DenialReason.CREDENTIAL_INVALID, route, writer.position());
    }
    Predicate<Scope> held = Powers.onBitting(key.grant(), catalog.get(), organization);
    Ceiling ceiling =
        Ceiling.of(key.grant(), held.test(io.bitting.scope.BuiltInScope.KEYS_ISSUE.scope()));
    ActingCaller caller =
        new ActingCaller(
            Actor.key(key.id()),
            organization,
            held,
            ceiling,
            Giver.key(ceiling),
            Optional.of(key.id()),
            Proof.NOBODY);
    if (route.requirement() instanceof Requirement.AnyValidKey) {
      return Step.done(caller);
    }
    Requirement.Scopes scopes = scopes(route);
    return scopes.isMetBy(held)
        ? Step.done(caller)
        : refuse(scopes, held, proved, route, writer.position());
  }

  private static Requirement.Scopes scopes(Route route) {
    if (route.requirement() instanceof Requirement.Scopes scopes) {
      return scopes;
    }
    throw new IllegalStateException(route.operation() + " changes something and requires no scope");
  }

  /** Only the secret that the caller proved counts: another may have outlived it meanwhile. */
  private static boolean isLive(Sealed<KeySecret> secret, int proved, Instant now) {
    return secret.intact().filter(s -> s.number() == proved && s.isLive(now)).isPresent();
  }

  private Step<ActingCaller> member(
      Writer writer, Organization organization, Caller.Member asking, Route route) {
    Optional<Person> person = writer.people().lockPerson(asking.person()).flatMap(Sealed::intact);
    Optional<SignIn> signIn = writer.credentials().signIn(asking.signIn()).flatMap(Sealed::intact);
    Optional<Member> member =
        writer.people().member(asking.member()).flatMap(Sealed::intact).map(MemberRow::member);
    Instant now = clock.instant();
    if (person.isEmpty()
        || person.get().disabled()
        || signIn.isEmpty()
        || !signIn.get().person().equals(person.get().id())
        || !signIn.get().isLive(now)
        || member.isEmpty()
        || !member.get().person().equals(person.get().id())
        || !member.get().organization().equals(organization.id())) {
      return signInEnded();
    }
    if (!signIn.get().isComplete(person.get())
        || (organization.requiresMfa(now) && !person.get().hasMfa())) {
      return Step.no(
          ProblemCode.SECOND_FACTOR_REQUIRED,
          "Who has a second factor, or has to have one, proves it before anything else; nothing was changed.");
    }
    if (organization.suspended()) {
      return Step.no(
          ProblemCode.ORGANIZATION_SUSPENDED,
          "The organization is suspended; nothing is changed in it until it is resumed.");
    }
    Role role = member.get().role();
    Predicate<Scope> held = Powers.of(role, organization);
    Requirement.Scopes scopes = scopes(route);
    return scopes.isMetBy(held)
        ? Step.done(
            new ActingCaller(
                Actor.member(asking.member()),
                organization,
                held,
                Ceiling.of(role),
                Giver.member(role),
                Optional.empty(),
                proof(signIn.get(), person.get(), now)))
        : Step.no(roleInsufficient(role, scopes, held));
  }

  /** Says why a person is to prove once more who it is, before a look; empty for a key. */
  Optional<Answer> refusalUnlessFresh(Reader reader, Caller caller) {
    return switch (caller) {
      case Caller.Key key -> Optional.empty();
      case Caller.Member asking -> {
        Instant now = clock.instant();
        boolean fresh =
            reader
                .people()
                .person(asking.person())
                .flatMap(Sealed::intact)
                .filter(person ->
                    reader
                        .credentials()
                        .signIn(asking.signIn())
                        .flatMap(Sealed::intact)
                        .filter(signIn -> signIn.person().equals(person.id()))
                        .filter(signIn -> signIn.isLive(now) && signIn.isFresh(person, now))
                        .isPresent())
                .isPresent();
        yield fresh ? Optional.empty() : Optional.of(ActingCaller.stale());
      }
    };
  }

  private static Proof proof(SignIn signIn, Person person, Instant now) {
    if (!signIn.isFresh(person, now)) {
      return Proof.STALE;
    }
    return person.hasMfa() ? Proof.FRESH_SECOND_FACTOR : Proof.FRESH_PASSWORD;
  }

  /**
   * Says what a member is told whose role is not enough.
   *
   * @param role the role
   * @param scopes what is required
   * @param held what the role holds
   */
  static Answer roleInsufficient(Role role, Requirement.Scopes scopes, Predicate<Scope> held) {
    return Answer.problem(
        ProblemCode.ROLE_INSUFFICIENT,
        "This takes "
            + String.join(", ", missing(scopes, held).stream().map(Scope::text).toList())
            + ", which the role \""
            + role.code()
            + "\" does not have; ask an owner of the organization.");
  }

  private static <R> Step<R> signInEnded() {
    return Step.no(
        ProblemCode.SIGN_IN_ENDED,
        "The sign-in has ended, or its person is no member any more; nothing was changed.");
  }

  private Step<ActingCaller> refuse(DenialReason reason, Route route, Position asOf) {
    return Step.no(
        new Answer.Refused(
            guard.refusal(
                new Decision.Denied(reason, null, NO_SCOPES, NO_SCOPES, asOf), route.operation())));
  }

  private Step<ActingCaller> refuse(
      Requirement.Scopes scopes,
      Predicate<Scope> held,
      VerifiedKey proved,
      Route route,
      Position asOf) {
    return Step.no(
        new Answer.Refused(
            guard.refusal(
                new Decision.Denied(
                    DenialReason.INSUFFICIENT_SCOPE,
                    proved,
                    scopes.alternatives().get(0),
                    missing(scopes, held),
                    asOf),
                route.operation())));
  }

  private static SortedSet<Scope> missing(Requirement.Scopes scopes, Predicate<Scope> held) {
    SortedSet<Scope> missing = new TreeSet<>(scopes.alternatives().get(0));
    missing.removeIf(held);
    return missing;
  }
}
