package io.bitting.server.acting;

import io.bitting.access.Follower;
import io.bitting.access.Guard;
import io.bitting.access.KeyIndex;
import io.bitting.access.Powers;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.store.Nodes;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Carries out what a key or a member asks for.
 *
 * <p><b>Security guarantees.</b> A change is made only if, inside its transaction and under the
 * locks of organization and key, the caller's key is intact, active and not replaced for good, the
 * secret that it proved not expired, its organization not suspended, and its grant meets the
 * operation's requirement: a key that was revoked before the transaction changes nothing. The same
 * goes for a member: sign-in, person, second factor, role. A change is answered once this node's
 * checks see it. A secret is in one answer, however often its request is repeated.
 *
 * <p>Thread-safe. Blocks.
 */
public final class Acting {
  /** How long an answer waits until this node sees the change. */
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(2);

  private static final Duration ASK_AGAIN = Duration.ofMillis(5);
  private static final String AS_OF = "Bitting-As-Of";

  /** The header of an answer to a change that is committed and not seen everywhere yet. */
  private static final String PENDING = "Bitting-Pending";

  private static final String HERE = "this-node";

  private final Store store;
  private final Follower follower;
  private final KeyIndex index;
  private final Nodes nodes;
  private final Callers callers;
  private final Repetitions repetitions;

  /**
   * Work inside a writing transaction.
   *
   * @param <R> what it makes
   */
  @FunctionalInterface
  public interface Change<R> {
    /**
     * Does the work. May be run again from the start.
     *
     * @param writer the transaction
     * @param caller who asks, locked and checked
     */
    Step<R> make(Writer writer, ActingCaller caller);
  }

  /**
   * Work inside a reading transaction.
   *
   * @param <R> what it finds
   */
  @FunctionalInterface
  public interface Look<R> {
    /**
     * Does the work.
     *
     * @param reader the transaction
     * @param own the caller's organization
     */
    R at(Reader reader, Organization own);
  }

  /**
   * Makes the answer to whoever made something with a secret.
   *
   * @param <R> what was made
   */
  @FunctionalInterface
  public interface Showing<R> {
    /**
     * Makes it.
     *
     * @param made what was made
     * @param reveal whether the answer has the secret; asked for both, without the secret while the
     *     transaction is open
     */
    Answer of(R made, Reveal reveal);
  }

  /**
   * Makes it.
   *
   * @param store what is changed
   * @param follower tells when this node sees a change
   * @param index refuses keys whose revocation is in doubt
   * @param nodes tells when other nodes see a change
   * @param guard says what a refused key is told
   * @param clock tells what has expired
   */
  public Acting(
      Store store, Follower follower, KeyIndex index, Nodes nodes, Guard guard, Clock clock) {
    this.store = store;
    this.follower = follower;
    this.index = index;
    this.nodes = nodes;
    this.callers = new Callers(guard, clock);
    this.repetitions = new Repetitions(clock);
  }

  /**
   * Looks something up.
   *
   * @param call the request
   * @param look the work
   * @param <R> what it finds
   */
  public <R> R look(Call call, Look<R> look) {
    return store.read(reader ->
        look.at(
            reader,
            reader
                .organization(call.caller().organization())
                .flatMap(Sealed::intact)
                .orElseThrow(() ->
                    new StoreException(
                        "organization " + call.caller().organization() + " is not intact"))));
  }

  /**
   * Says why a person is to prove once more who it is, before a look at much at once; empty if
   * there is no need. A key proves itself with each request.
   *
   * @param reader the transaction of the look
   * @param call the request
   */
  public Optional<Answer> refusalUnlessFresh(Reader reader, Call call) {
    return callers.refusalUnlessFresh(reader, call.caller());
  }

  /**
   * Changes something.
   *
   * @param call the request
   * @param route the operation, whose requirement is checked again
   * @param change the work
   * @param answer makes the answer after the change is committed and seen
   * @param <R> what is made
   */
  public <R> Answer change(Call call, Route route, Change<R> change, Function<R, Answer> answer) {
    return change(asCaller(call, route, change), answer);
  }

  private <R> Answer change(Function<Writer, Step<R>> work, Function<R, Answer> answer) {
    Store.Committed<Step<R>> committed = write(work);
    return switch (committed.result()) {
      case Step.No<R> no -> no.answer();
      case Step.Done<R> done -> seen(answer.apply(done.result()), committed.position());
    };
  }

  private <R> Store.Committed<Step<R>> write(Function<Writer, Step<R>> work) {
    try {
      return store.write(work);
    } catch (StoreException.Conflict e) {
      // Somebody took the same name at the same moment; now it is there to be seen.
      return store.write(work);
    }
  }

  private <R> Function<Writer, Step<R>> asCaller(Call call, Route route, Change<R> change) {
    return writer ->
        switch (callers.lock(writer, call, route)) {
          case Step.No<ActingCaller> no -> Step.no(no.answer());
          case Step.Done<ActingCaller> caller -> change.make(writer, caller.result());
        };
  }

  /**
   * Takes power away from keys: as {@link #change}, and if nobody can say whether it was committed,
   * the keys are refused here until somebody can.
   *
   * @param call the request
   * @param route the operation, whose requirement is checked again
   * @param keys the keys, looked at when the work is done
   * @param change the work
   * @param answer makes the answer after the change is committed and seen
   * @param <R> what is made
   */
  public <R> Answer restrict(
      Call call,
      Route route,
      Collection<KeyId> keys,
      Change<R> change,
      Function<R, Answer> answer) {
    return restrict(keys, () -> change(call, route, change, answer));
  }

  private Answer restrict(Collection<KeyId> keys, Supplier<Answer> change) {
    try {
      Answer given = change.get();
      if (given.header(PENDING).equals(Optional.of(HERE))) {
        keys.forEach(index::veto);
      }
      return given;
    } catch (StoreException.CommitUnknown e) {
      keys.forEach(index::veto);
      throw e;
    }
  }

  /**
   * Makes something with a secret and takes something else away: as {@link #create} and {@link
   * #restrict} at once.
   *
   * @param call the request
   * @param route the operation, whose requirement is checked again
   * @param keys the keys that lose something
   * @param change the work
   * @param answer makes the answer, a body of JSON
   * @param <R> what is made
   * @throws io.bitting.server.http.Malformed if the header cannot be read; nothing was changed
   */
  public <R> Answer exchange(
      Call call, Route route, Collection<KeyId> keys, Change<R> change, Showing<R> answer) {
    return restrict(keys, () -> create(call, route, change, answer));
  }

  private Answer seen(Answer answer, Position position) {
    Answer placed = answer.asOf(position);
    return follower.await(position, VISIBLE_WITHIN) ? placed : placed.with(PENDING, HERE);
  }

  /**
   * Gives something to a key: as {@link #change}, and answered once every healthy node sees it. If
   * that takes longer than two seconds, the answer says so.
   *
   * @param call the request
   * @param route the operation, whose requirement is checked again
   * @param change the work
   * @param answer makes the answer after the change is committed
   * @param <R> what is made
   */
  public <R> Answer spread(Call call, Route route, Change<R> change, Function<R, Answer> answer) {
    return spread(asCaller(call, route, change), answer);
  }

  private <R> Answer spread(Function<Writer, Step<R>> work, Function<R, Answer> answer) {
    long began = System.nanoTime();
    Answer given = change(work, answer);
    Optional<Position> position = given.header(AS_OF).flatMap(Position::parse);
    if (given.status() >= 300 || position.isEmpty()) {
      return given;
    }
    return haveAllReached(position.get(), began) ? given : given.with(PENDING, "other-nodes");
  }

  /**
   * Makes something with a secret: as {@link #spread}; and once only for each {@code
   * Idempotency-Key} that the caller sends. Whoever sends the same again within 24 hours gets the
   * first answer without its secret; with another request that is refused.
   *
   * @param call the request
   * @param route the operation, whose requirement is checked again
   * @param change the work
   * @param answer makes the answer, a body of JSON
   * @param <R> what is made
   * @throws io.bitting.server.http.Malformed if the header cannot be read; nothing was changed
   */
  public <R> Answer create(Call call, Route route, Change<R> change, Showing<R> answer) {
    Optional<NamedRequest> named = NamedRequest.of(call);
    if (named.isEmpty()) {
      return spread(call, route, change, made -> answer.of(made, Reveal.ONCE));
    }
    NamedRequest request = named.get();
    Function<Writer, Step<Supplier<Answer>>> once =
        asCaller(
            call,
            route,
            (writer, caller) ->
                repetitions.once(request, writer, () -> change.make(writer, caller), answer));
    return repetitions.alone(
        request, () -> spread(writer -> repetitions.alone(request, writer, once), Supplier::get));
  }

  private boolean haveAllReached(Position position, long began) {
    try {
      while (!nodes.haveAllReached(position)) {
        if (System.nanoTime() - began > VISIBLE_WITHIN.toNanos()) {
          return false;
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
      return true;
    } catch (StoreException e) {
      // The change is made; only that the others see it cannot be said.
      return false;
    }
  }

  /**
   * Says why a member cannot ask for an operation; empty if the role is enough.
   *
   * @param role the member's role
   * @param organization the organization
   * @param scopes what the operation requires
   */
  public static Optional<Answer> roleRefusal(
      Role role, Organization organization, Requirement.Scopes scopes) {
    Predicate<Scope> held = Powers.of(role, organization);
    return scopes.isMetBy(held)
        ? Optional.empty()
        : Optional.of(Callers.roleInsufficient(role, scopes, held));
  }

  /**
   * Tells whether a path's {@code {org}} is an organization.
   *
   * @param organization the organization
   * @param path a slug or an id
   */
  public static boolean isNamed(Organization organization, String path) {
    return organization.slug().text().equals(path) || organization.id().text().equals(path);
  }

  /**
   * Finds the organization of a path's {@code {org}}.
   *
   * @param reader the transaction
   * @param path a slug or an id
   */
  public static Optional<Organization> named(Reader reader, String path) {
    Optional<Organization> bySlug =
        io.bitting.id.Slug.parse(path).flatMap(reader::organization).flatMap(Sealed::intact);
    return bySlug.isPresent()
        ? bySlug
        : OrganizationId.parse(path).flatMap(reader::organization).flatMap(Sealed::intact);
  }
}
