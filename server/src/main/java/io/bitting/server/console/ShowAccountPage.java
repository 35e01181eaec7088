package io.bitting.server.console;

import io.bitting.id.SignInId;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Account;
import java.util.Optional;

/** What belongs to the person who looks. */
final class ShowAccountPage extends DoorScreen {
  ShowAccountPage(Doorstep step) {
    super(step, Route.page("showAccountPage", "/account"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return show(step, call, Faults.NONE, 200);
  }

  /** Shows it to whoever is signed in wholly, also to who is a member nowhere any more. */
  static Answer show(Doorstep step, Call call, Faults faults, int status) {
    Optional<Visits.Known> known = step.known(call);
    if (known.isEmpty()) {
      return Desk.on("/sign-in?to=/account");
    }
    Optional<Answer> incomplete = step.incomplete(known.get(), "/account");
    Optional<Account> account = step.account(known.get());
    if (incomplete.isPresent() || account.isEmpty()) {
      return incomplete.orElseGet(() -> Desk.on("/sign-in?to=/account"));
    }
    AccountPage page = page(account.get(), known.get().signIn().id(), faults);
    return switch (step.desk().visits().of(call)) {
      case Visitor visitor -> step.desk().page(call, visitor, page, status);
      case Visit.Turned _ ->
          step.turned(call).orElseGet(() -> step.desk().page(known.get().cookie(), page, status));
    };
  }

  private static AccountPage page(Account account, SignInId current, Faults faults) {
    return new AccountPage(
        account.app().orElse(null),
        account.passkeys().stream()
            .map(passkey ->
                new AccountPage.Key(
                    passkey.id().text(), passkey.name(), passkey.createdAt(), passkey.lastUsedAt()))
            .toList(),
        account.codesLeft(),
        account.signIns().stream()
            .map(signIn ->
                new AccountPage.SignedIn(
                    signIn.id().text(),
                    BrowserName.of(signIn.userAgent()),
                    signIn.source(),
                    signIn.createdAt(),
                    signIn.lastSeenAt(),
                    signIn.id().equals(current)))
            .toList(),
        faults);
  }
}
