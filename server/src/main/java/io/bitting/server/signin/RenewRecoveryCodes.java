package io.bitting.server.signin;

import io.bitting.store.Store;
import java.util.List;

/** Makes recovery codes in place of those before. Thread-safe. Blocks. */
public final class RenewRecoveryCodes {
  private final OwnAccount account;
  private final Enrolment enrolment;

  /**
   * Makes the flow.
   *
   * @param store keeps codes
   * @param enrolment makes codes
   * @param beginning tells the time
   */
  public RenewRecoveryCodes(Store store, Enrolment enrolment, Beginning beginning) {
    this.account = new OwnAccount(store, beginning);
    this.enrolment = enrolment;
  }

  /**
   * Makes them.
   *
   * @param cookie the cookie of the sign-in, with a fresh second factor
   * @param browser who asks
   * @return the codes, shown once
   */
  public Outcome<List<String>> renew(String cookie, Browser browser) {
    return account.change(
        cookie,
        OwnAccount.Demand.FRESH,
        (writer, present) -> {
          if (!present.person().hasMfa()) {
            return new Outcome.Refused<>(
                "Recovery codes stand in for a second factor, and you have none; enrol one first.");
          }
          List<String> codes = enrolment.renew(writer, present);
          PersonEvents.tell(
              writer, present.person().id(), browser, "person.recovery_renewed", List.of());
          return new Outcome.Done<>(codes);
        });
  }
}
