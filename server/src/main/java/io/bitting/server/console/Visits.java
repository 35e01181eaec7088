package io.bitting.server.console;

import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.member.SignIn;
import io.bitting.organization.Organization;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Header;
import io.bitting.store.Reader;
import io.bitting.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who opens a page.
 *
 * <p><b>Security guarantees.</b> A visitor has a live sign-in, proved by its cookie, in which all
 * was proved that the person and the organization ask for; whoever lacks something is sent to where
 * it is done, and sees nothing else. Rests on rows that are intact.
 *
 * <p>Thread-safe. Blocks: one reading transaction, and a writing one at most once a minute for a
 * sign-in.
 */
final class Visits {
  /** That somebody is there is noted this often. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final Store store;
  private final Clock clock;

  /** Somebody with a live sign-in, who has not proved all perhaps. */
  record Known(Person person, SignIn signIn, String cookie) {
    @Override
    public String toString() {
      return "known " + person.id();
    }
  }

  /**
   * Prepares to find out.
   *
   * @param store the rows
   * @param clock tells what has ended
   */
  Visits(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Finds out who it is.
   *
   * @param call the request
   */
  Visit of(Call call) {
    Optional<String> cookie = Cookies.SIGN_IN.in(call);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Known> known = known(call);
    if (known.isEmpty()) {
      Answer away = turned("/sign-in?to=" + Addresses.value(back(call))).answer();
      return new Visit.Turned(cookie.isPresent() ? Cookies.SIGN_IN.removed(away) : away);
    }
    Person person = known.get().person();
    SignIn signIn = known.get().signIn();
    if (!signIn.isComplete(person)) {
      return turned("/sign-in/second-factor?to=" + Addresses.value(back(call)));
    }
    List<Membership> memberships = store.read(reader -> memberships(reader, person));
    Optional<String> wanted = Cookies.ORGANIZATION.in(call);
    Optional<Membership> here =
        memberships.stream()
            .filter(each -> wanted.equals(Optional.of(each.organization().slug().text())))
            .findFirst()
            .or(() -> memberships.stream().findFirst());
    if (here.isEmpty()) {
      return turned("/account");
    }
    if (here.get().organization().requiresMfa(now) && !person.hasMfa()) {
      return turned("/account/factors/new");
    }
    return new Visitor(
        person,
        signIn,
        known.get().cookie(),
        here.get().member(),
        here.get().organization(),
        memberships.stream()
            .map(Membership::organization)
            .filter(each -> !each.id().equals(here.get().organization().id()))
            .toList());
  }

  /**
   * Finds whose live sign-in it is, whatever is still to be proved.
   *
   * @param call the request
   */
  Optional<Known> known(Call call) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<Known> known =
        Cookies.SIGN_IN.in(call).flatMap(value -> store.read(reader -> known(reader, value, now)));
    known
        .map(Known::signIn)
        .filter(signIn -> !now.isBefore(signIn.lastSeenAt().plus(NOTED_EVERY)))
        .ifPresent(signIn -> note(signIn, now));
    return known;
  }

  private static Optional<Known> known(Reader reader, String cookie, Instant now) {
    return reader
        .credentials()
        .signIn(Bytes.sha256(cookie))
        .flatMap(Sealed::intact)
        .filter(signIn -> signIn.isLive(now))
        .flatMap(signIn ->
            reader
                .people()
                .person(signIn.person())
                .flatMap(Sealed::intact)
                .filter(person -> !person.disabled())
                .map(person -> new Known(person, signIn, cookie)));
  }

  /** Notes that somebody is there; looked at again, since it may have ended meanwhile. */
  private void note(SignIn signIn, Instant now) {
    store.write(writer -> {
      Optional<SignIn> live =
          writer
              .people()
              .lockPerson(signIn.person())
              .flatMap(person -> writer.credentials().signIn(signIn.id()))
              .flatMap(Sealed::intact)
              .filter(each -> each.isLive(now) && each.lastSeenAt().isBefore(now));
      live.ifPresent(each -> writer.credentials().updateSignIn(each.seen(now)));
      return live.isPresent();
    });
  }

  /**
   * Lists the organizations of a person, in the order in which the person joined them.
   *
   * @param person the person
   */
  List<Organization> organizations(Person person) {
    return store.<List<Membership>>read(reader -> memberships(reader, person)).stream()
        .map(Membership::organization)
        .toList();
  }

  private record Membership(Member member, Organization organization) {}

  private static List<Membership> memberships(Reader reader, Person person) {
    return reader.people().memberships(person.id()).stream()
        .flatMap(row -> row.intact().stream())
        .flatMap(member ->
            reader.organization(member.organization()).flatMap(Sealed::intact).stream()
                .map(organization -> new Membership(member, organization)))
        .toList();
  }

  /** Where to go on afterwards: to the page itself; what a form sent is not sent again. */
  private static String back(Call call) {
    return call.method().equals("GET") ? call.target() : "/keys";
  }

  private static Visit.Turned turned(String path) {
    return new Visit.Turned(Answer.bare(303, List.of(new Header("Location", path))));
  }
}
