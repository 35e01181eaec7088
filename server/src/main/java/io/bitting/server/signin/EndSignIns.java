package io.bitting.server.signin;

import io.bitting.id.SignInId;
import io.bitting.member.SignIn;
import io.bitting.seal.Sealed;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Signs out, and ends other sign-ins of the same person.
 *
 * <p><b>Security guarantees.</b> A sign-in that ended is refused from the answer on, on every node:
 * each request reads it from the store.
 *
 * <p>Thread-safe. Blocks.
 */
public final class EndSignIns {
  private final OwnAccount account;

  /**
   * Makes the flow.
   *
   * @param store keeps sign-ins
   * @param beginning tells the time
   */
  public EndSignIns(Store store, Beginning beginning) {
    this.account = new OwnAccount(store, beginning);
  }

  /**
   * Signs out, however far one was signed in.
   *
   * @param cookie the cookie of the sign-in
   * @param browser who asks
   */
  public Outcome<SignIn> signOut(String cookie, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.LIVE,
        (writer, present) -> {
          end(writer, present, present.signIn());
          tell(writer, present, browser, 1);
          return new Outcome.Done<>(present.signIn());
        });
  }

  /**
   * Ends another sign-in of the same person.
   *
   * @param cookie the cookie of the sign-in
   * @param id which, any text
   * @param browser who asks
   */
  public Outcome<SignIn> end(String cookie, String id, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.WHOLE,
        (writer, present) -> {
          Optional<SignIn> found =
              SignInId.parse(id)
                  .flatMap(writer.credentials()::signIn)
                  .map(Sealed::unchecked)
                  .filter(signIn -> signIn.person().equals(present.person().id()));
          if (found.isEmpty()) {
            return new Outcome.Refused<>("There is no such sign-in of yours.");
          }
          if (found.get().endedAt() == null) {
            end(writer, present, found.get());
            tell(writer, present, browser, 1);
          }
          return new Outcome.Done<>(found.get());
        });
  }

  /**
   * Ends all other sign-ins of the same person.
   *
   * @param cookie the cookie of the sign-in
   * @param browser who asks
   * @return how many
   */
  public Outcome<Integer> endOthers(String cookie, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.WHOLE,
        (writer, present) -> {
          int ended = endOthers(writer, present);
          if (ended > 0) {
            tell(writer, present, browser, ended);
          }
          return new Outcome.Done<>(ended);
        });
  }

  /** Ends all but this one; returns how many. */
  static int endOthers(Writer writer, Present present) {
    List<SignIn> others =
        writer.credentials().signIns(present.person().id()).stream()
            .map(Sealed::unchecked)
            .filter(signIn -> signIn.endedAt() == null)
            .filter(signIn -> !signIn.id().equals(present.signIn().id()))
            .toList();
    others.forEach(signIn -> end(writer, present, signIn));
    return others.size();
  }

  private static void end(Writer writer, Present present, SignIn signIn) {
    writer.credentials().updateSignIn(signIn.ended(present.now()));
  }

  private static void tell(Writer writer, Present present, Browser browser, int number) {
    PersonEvents.tell(
        writer,
        present.person().id(),
        browser,
        "signin.ended",
        List.of(PersonEvents.change("number", String.valueOf(number))));
  }
}
