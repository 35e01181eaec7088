package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.signin.Account;
import io.bitting.server.signin.Begun;
import io.bitting.server.signin.Browser;
import io.bitting.server.signin.Door;
import io.bitting.server.signin.Joined;
import io.bitting.server.signin.Outcome;
import io.bitting.server.signin.SignInCookies;
import io.bitting.server.signin.Standing;
import io.bitting.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the pages have in common on which one becomes a visitor, or changes what belongs to oneself:
 * strangers' cookies, and where one goes on to.
 *
 * <p><b>Security guarantees.</b> A stranger's form is bound to a cookie of that browser, so that no
 * other site has somebody signed in as somebody else. One goes on to pages of this site only.
 *
 * <p>Thread-safe.
 */
final class Doorstep {
  private final Desk desk;
  private final Door door;
  private final Store store;

  /** Makes a page for a browser that is told by a value of its own. */
  @FunctionalInterface
  interface StrangersPage {
    ConsolePage of(String own);
  }

  /** Does what a form of a stranger asks for. */
  @FunctionalInterface
  interface StrangersForm {
    Answer of(Form form, String own);
  }

  /** Does what a form of somebody asks for who is signed in, perhaps not wholly. */
  @FunctionalInterface
  interface KnownForm {
    Answer of(Form form, Visits.Known known);
  }

  Doorstep(Desk desk, Door door, Store store) {
    this.desk = desk;
    this.door = door;
    this.store = store;
  }

  Desk desk() {
    return desk;
  }

  Door door() {
    return door;
  }

  /** Tells who is at the other end. */
  Browser browser(Call call) {
    List<String> agent = call.headers().all("User-Agent");
    return new Browser(
        call.source().orElse(""),
        agent.isEmpty() ? "" : agent.get(0),
        Cookies.DEVICE.in(call).orElse(""),
        call.requestId());
  }

  // ---- strangers

  /** Answers with a page for anybody. */
  Answer stranger(Call call, StrangersPage page, int status) {
    Optional<String> known = own(call);
    String own = known.orElseGet(door.cookies()::draw);
    Answer answer = desk.page(call, own, page.of(own), status);
    return known.isPresent() ? answer : Cookies.STRANGER.set(answer, own);
  }

  private static Optional<String> own(Call call) {
    return Cookies.STRANGER.in(call).filter(SignInCookies::isValue);
  }

  /** Reads a form of a stranger, if it is from us. */
  Answer fromStranger(Call call, StrangersForm taken) {
    Form form = Form.of(call);
    Optional<String> own = own(call).filter(value -> desk.isOurs(call, form, value));
    return own.isEmpty() ? desk.notOurs(call) : taken.of(form, own.get());
  }

  /** Answers a form of a stranger that led to nothing. */
  Answer again(Call call, Outcome.No<?> no, StrangersPage page) {
    return delayed(no, stranger(call, page, status(no)));
  }

  // ---- who is signed in, perhaps not wholly

  /** Finds whose live sign-in it is. */
  Optional<Visits.Known> known(Call call) {
    return desk.visits().known(call);
  }

  /** Reads a form of somebody who is signed in, if it is from us. */
  Answer fromKnown(Call call, KnownForm taken) {
    Optional<Visits.Known> known = known(call);
    if (known.isEmpty()) {
      return Desk.on("/sign-in");
    }
    Form form = Form.of(call);
    return desk.isOurs(call, form, known.get().cookie())
        ? taken.of(form, known.get())
        : desk.notOurs(call);
  }

  /** As {@link #fromKnown}, of whoever may see the page of the account. */
  Answer fromAccount(Call call, KnownForm taken) {
    return fromKnown(
        call,
        (form, known) ->
            incomplete(known, "/account")
                .or(() -> turned(call))
                .orElseGet(() -> taken.of(form, known)));
  }

  /** Sends somebody to enrol a second factor whose organization requires one; else nothing. */
  Optional<Answer> turned(Call call) {
    return desk.visits().of(call) instanceof Visit.Turned turned
        ? Optional.of(turned.answer()).filter(Doorstep::leadsElsewhere)
        : Optional.empty();
  }

  /** Who is a member nowhere is sent to the account. */
  private static boolean leadsElsewhere(Answer answer) {
    return !answer.header("Location").equals(Optional.of("/account"));
  }

  /** Answers a form of the account that led to nothing. */
  Answer againAccount(Call call, Outcome.No<?> no) {
    return no instanceof Outcome.NotFresh<?>
        ? proveFirst("/account")
        : delayed(no, ShowAccountPage.show(this, call, faults(no), status(no)));
  }

  /** Reads what belongs to somebody. */
  Optional<Account> account(Visits.Known known) {
    return Account.of(store, known.cookie(), desk.now());
  }

  /** Answers a proof of a second factor: by going on, or by asking once more. */
  Answer proved(Outcome<Begun> outcome, Visits.Known known, String to) {
    return switch (outcome) {
      case Outcome.Done<Begun> done -> entered(done.result(), to);
      case Outcome.NotSignedIn<Begun> _ -> Desk.on("/sign-in?to=" + Addresses.value(to));
      case Outcome.No<Begun> no ->
          again(no, known, ShowSecondFactorPage.page(this, known, to, faults(no)));
    };
  }

  /** Answers a form of the account, and says what was done. */
  Answer settled(Call call, Outcome<?> outcome, String said) {
    return switch (outcome) {
      case Outcome.Done<?> _ -> Desk.on("/account", said);
      case Outcome.No<?> no -> againAccount(call, no);
    };
  }

  /** Answers a form of the account that gave the sign-in a new cookie, and says what was done. */
  Answer renewed(Call call, Outcome<Begun> outcome, String said) {
    return switch (outcome) {
      case Outcome.Done<Begun> done -> signedIn(Desk.on("/account", said), done.result());
      case Outcome.No<Begun> no -> againAccount(call, no);
    };
  }

  /** Answers a form that led to nothing, by a page without a visitor around it. */
  Answer again(Outcome.No<?> no, Visits.Known known, ConsolePage page) {
    return delayed(no, desk.page(known.cookie(), page, status(no)));
  }

  // ---- going on

  /** Goes on after a sign-in began or a factor was proved: where something lacks, to that first. */
  Answer entered(Begun begun, String to) {
    String next =
        switch (begun.standing()) {
          case WHOLE -> Addresses.local(to);
          case SECOND_FACTOR_MISSING ->
              "/sign-in/second-factor?to=" + Addresses.value(Addresses.local(to));
          case ENROLMENT_MISSING -> "/account/factors/new";
        };
    return signedIn(Desk.on(next), begun);
  }

  /** As {@link #entered}; and the sign-in that this browser had before ends. */
  Answer entered(Call call, Begun begun, String to) {
    Cookies.SIGN_IN.in(call).ifPresent(before -> door.endSignIns().signOut(before, browser(call)));
    return entered(begun, to);
  }

  /** Goes on after somebody joined: to a second factor, and to that organization afterwards. */
  Answer joined(Call call, Joined joined) {
    return Cookies.ORGANIZATION.set(
        entered(call, joined.begun(), "/account/factors/new"), joined.organization().slug().text());
  }

  /** Returns an answer that carries the cookies of a sign-in. */
  Answer signedIn(Answer answer, Begun begun) {
    Answer with = Cookies.SIGN_IN.set(answer, begun.cookie());
    return begun.device().isPresent() ? Cookies.DEVICE.set(with, begun.device().get()) : with;
  }

  /** Sends somebody to where the sign-in is completed, if it is not; else nothing. */
  Optional<Answer> incomplete(Visits.Known known, String to) {
    return switch (Standing.of(known.person(), known.signIn())) {
      case WHOLE -> Optional.empty();
      case SECOND_FACTOR_MISSING ->
          Optional.of(Desk.on("/sign-in/second-factor?to=" + Addresses.value(to)));
      case ENROLMENT_MISSING -> Optional.of(Desk.on("/account/factors/new"));
    };
  }

  /** Sends somebody to prove a second factor once more, and then on. */
  static Answer proveFirst(String to) {
    return Desk.on("/sign-in/second-factor?fresh=1&to=" + Addresses.value(to));
  }

  // ---- what led to nothing

  /** Says what led to nothing. */
  static Faults faults(Outcome.No<?> no) {
    return switch (no) {
      case Outcome.Faulty<?> faulty -> Faults.of(faulty.faults());
      case Outcome.Refused<?> refused -> new Faults(refused.why(), List.of());
      case Outcome.Later<?> later ->
          new Faults(
              "Too many attempts have failed. Try again in " + words(later.after()) + ".",
              List.of());
      case Outcome.NotSignedIn<?> _ ->
          new Faults(
              "The sign-in has ended, or things have changed meanwhile. Sign in again.", List.of());
      case Outcome.NotFresh<?> _ ->
          new Faults("This takes a second factor that was proved a moment ago.", List.of());
    };
  }

  private static String words(Duration wait) {
    long seconds = Math.max(1, wait.toSeconds());
    return seconds == 1
        ? "1 second"
        : seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
  }

  /** Returns the status of an answer to what led to nothing. */
  static int status(Outcome.No<?> no) {
    return switch (no) {
      case Outcome.Faulty<?> _ -> 422;
      case Outcome.Later<?> _ -> 429;
      case Outcome.Refused<?> _, Outcome.NotSignedIn<?> _, Outcome.NotFresh<?> _ -> 403;
    };
  }

  /** Returns an answer that says when to come back. */
  static Answer delayed(Outcome.No<?> no, Answer answer) {
    return no instanceof Outcome.Later<?> later
        ? answer.with("Retry-After", String.valueOf(Math.max(1, later.after().toSeconds())))
        : answer;
  }
}
